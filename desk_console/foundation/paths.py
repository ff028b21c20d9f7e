"""Where things are kept on this computer, and that only their owner may read them.

The environment variable DESK_CONSOLE_HOME puts everything in one folder: for tests, and for a stick
that is carried about. Otherwise the user's own config and data folders are used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desk_console.foundation.options import Options

HOME_VARIABLE = "DESK_CONSOLE_HOME"
CONFIG_VARIABLE = "DESK_CONSOLE_CONFIG"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one desk on this computer."""

    config: Path
    database: Path
    secret: Path
    """The desk secret: mixed into every PIN, never inside the database."""
    backups: Path
    """The folder of the backups."""
    head: Path
    """The last known head of the journal, kept outside the database."""
    log: Path
    """What went wrong, for the one who mends it; no resident's words."""


def close_to_others() -> None:
    """From here on, what this program makes can be read by its owner only."""
    os.umask(0o077)


def base_folders(environ: Mapping[str, str] | None = None) -> tuple[Path, Path]:
    """The folder of the config and the folder of the files."""
    home = (os.environ if environ is None else environ).get(HOME_VARIABLE)
    if home:
        return Path(home), Path(home)
    import platformdirs

    dirs = platformdirs.PlatformDirs("desk-console", appauthor=False)
    return Path(dirs.user_config_dir), Path(dirs.user_data_dir)


def config_path(options: Options, environ: Mapping[str, str] | None = None) -> Path:
    """The config file: the option, else the environment, else the config folder's."""
    if options.config is not None:
        return options.config
    named = (os.environ if environ is None else environ).get(CONFIG_VARIABLE)
    return Path(named) if named else base_folders(environ)[0] / "config.toml"


def log_path(environ: Mapping[str, str] | None = None) -> Path:
    """Where a crash is written down."""
    return base_folders(environ)[1] / "desk-console.log"


def find_paths(
    options: Options,
    *,
    database: str = "",
    backups: str = "",
    environ: Mapping[str, str] | None = None,
) -> Paths:
    """All the files. `database` and `backups` are what the config says; empty is the data folder.

    A relative path in the config is taken from the folder in which the config stands.
    """
    import hashlib

    config = config_path(options, environ)
    folder, files = base_folders(environ)
    said = (config.parent / Path(database).expanduser()) if database else files / "desk.db"
    file = options.db if options.db is not None else said
    own = file.with_name(file.name + ".secret")
    name = hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:12]
    return Paths(
        config=config,
        database=file,
        secret=own if own.exists() else folder / "desk.secret",
        backups=(config.parent / Path(backups).expanduser())
        if backups
        else file.with_name("backups"),
        head=files / "heads" / f"{file.stem}-{name}.json",
        log=log_path(environ),
    )


def desk_secret(path: Path) -> bytes:
    """The desk secret, made at the first call and read ever after."""
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return _make_secret(path)


def _make_secret(path: Path) -> bytes:
    import secrets

    path.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_bytes(SECRET_BYTES)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(handle, secret.hex().encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(unfinished, path)  # never over one that another console made meanwhile
    except FileExistsError:
        return desk_secret(path)
    except OSError:  # a file system without links
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return secret
