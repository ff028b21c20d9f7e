"""The environment's part of the config: DESK_CONSOLE_SITE__NAME goes before `site.name`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from desk_console.foundation.config import PREFIX, Config


class _Stated(BaseSettings, Config):
    """The same keys, read from the environment too."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file (which comes in as the arguments)."""
        return env_settings, init_settings


def with_environment(document: Mapping[str, Any]) -> Config:
    """The document with what the environment states on top. Raises ValidationError."""
    return _Stated(**document)
