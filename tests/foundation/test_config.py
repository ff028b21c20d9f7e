"""The config: a complete example, environment over file over default, faults that name the line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from desk_console.foundation.catalogue import LANGUAGES, Catalogue
from desk_console.foundation.config import Config
from desk_console.foundation.config_file import load_config
from desk_console.foundation.config_lines import line_of
from desk_console.foundation.options import Options
from desk_console.foundation.peek import peek
from desk_console.foundation.refusal import Refusal
from desk_console.rulebook.records import DutyRules

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def keys_of(model: Any) -> dict[str, object]:
    """Every key of a model, sections as nested tables, free tables as empty ones."""
    keys: dict[str, object] = {}
    for name, field in model.model_fields.items():
        kind = field.annotation
        is_section = isinstance(kind, type) and issubclass(kind, BaseModel)
        keys[name] = keys_of(kind) if is_section else None
    return keys


def test_the_example_holds_every_key_at_its_default() -> None:
    document = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    given = {
        name: dict.fromkeys(value)
        if isinstance(value, dict) and name not in ("duty", "keys")
        else None
        for name, value in document.items()
    }
    assert given == keys_of(Config)
    stated = load_config(EXAMPLE).config
    assert stated.model_copy(update={"duty": {}}) == Config()
    assert DutyRules(**stated.duty) == DutyRules()


def test_each_key_of_the_example_is_explained_in_both_languages() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line and line[0] not in "#[" and not lines[number - 1].startswith("memory_mib"):
            above = lines[number - 1]
            is_second_of_pair = "=" in above and not above.startswith("#")
            assert is_second_of_pair or above.startswith("# "), line
            if above.startswith("# "):
                assert above.isascii() or "“" in above, above
                assert not lines[number - 2].isascii(), line


def test_environment_goes_before_file_and_file_before_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('language = "en"\n[site]\nname = "甲"\nzone = "Asia/Urumqi"\n', "utf-8")
    monkeypatch.setenv("DESK_CONSOLE_SITE__NAME", "乙")
    config = load_config(path).config
    assert (config.language, config.site.name, config.site.zone) == ("en", "乙", "Asia/Urumqi")
    assert config.pin.length == 8


def test_row_21_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbflanguage = "en"\r\n')
    assert load_config(path).config.language == "en"
    assert peek(Options(config=path), {}).language == "en"


@pytest.mark.parametrize(
    ("content", "key", "line", "name"),
    [
        (b'# x\nlangage = "zh"\n', "config_wrong", 2, "langage"),
        (b'language = "fr"\n', "config_wrong", 1, "language"),
        (b"[site]\nname = 5\n", "config_wrong", 2, "site.name"),
        (b'[pin]\n# least\nlength = "many"\n', "config_wrong", 3, "pin.length"),
        (b"[pin]\nlength = 3\n", "config_wrong", 2, "pin.length"),
        (b"[lock]\nidle = 3\n", "config_wrong", 2, "lock.idle"),
        (b'[site]\nzone = "Mars/Base"\n', "config_wrong", 2, "site.zone"),
        (b"\n\na = = 3\n", "config_not_toml", 3, None),
        ("# 甲\nconsole = '前台'\n".encode("gb18030"), "config_not_utf8", 1, None),
        (b"", "config_empty", None, None),
        (b"\xef\xbb\xbf \n", "config_empty", None, None),
    ],
)
def test_row_21_a_fault_names_file_key_and_line(
    tmp_path: Path, content: bytes, key: str, line: int | None, name: str | None
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        load_config(path)
    message = refused.value.message
    assert message.key == f"foundation.{key}"
    assert (message.values.get("line"), message.values.get("name")) == (line, name)
    for language in LANGUAGES:
        assert str(path) in Catalogue(language).text(message)


def test_row_21_a_fault_in_the_environment_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CONSOLE_LANGUAGE", "fr")
    with pytest.raises(Refusal) as refused:
        load_config(tmp_path / "none.toml")
    assert refused.value.message.values["variable"] == "DESK_CONSOLE_LANGUAGE"


def test_the_line_of_a_list_member_is_found() -> None:
    text = (
        '[duty]\nshifts = [\n  { code = "a" }, # {\n  { code = "b" },\n]\n\n'
        "[[x.y]]\nk = 1\n[[x.y]]\nk = 2\n"
    )
    assert line_of(text, ("duty", "shifts", 1, "start")) == 4
    assert line_of(text, ("x", "y", 1, "k")) == 10
    assert line_of(text, ("duty", "absent")) == 1


def test_a_glance_never_fails(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe language")
    assert peek(Options(config=path), {}).language == "zh"
    assert peek(Options(config=path, lang="en"), {}).language == "en"
    assert not peek(Options(config=tmp_path / "none"), {}).has_config


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        ('[mail]\nhost = "mail.example.com"\n', "mail.sender", "config_no_sender"),
        ('[mail]\nsender = "desk at example"\n', "mail.sender", "mail_address"),
        ('[mail]\nshift_report_to = ["boss"]\n', "mail.shift_report_to", "mail_address"),
        ('[mail]\nsecurity = "ssl"\n', "mail.security", "config_choice"),
    ],
)
def test_row_21_a_faulty_mail_section_is_named(
    tmp_path: Path, content: str, name: str, key: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(Refusal) as refused:
        load_config(path)
    values = refused.value.message.values
    assert values["name"] == name
    assert getattr(values["problem"], "key", None) == f"foundation.{key}"
