"""Everything an operator may set, from the environment or `.env`. `.env.example` lists it all."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import StartupError
from bot.messages import say

MEGABYTE = 1024 * 1024


class Settings(BaseSettings):
    """The settings; names in the environment are the field names in capitals after `SHENBAO_`, or the alias."""

    model_config = SettingsConfigDict(
        env_prefix="SHENBAO_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = Field(None, validation_alias=AliasChoices("TELEGRAM_BOT_TOKEN", "TELEGRAM_TOKEN"))
    api_url: str = Field("https://api.telegram.org", validation_alias="TELEGRAM_API_URL", pattern=r"^https?://.+")
    send_rate: int = Field(30, ge=1, le=1000)

    data: Path = Path("data")
    database_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    pack: str | None = None
    packs: Path | None = None
    today: date | None = None

    meaning: bool = False

    model_url: str | None = Field(None, pattern=r"^https?://.+")
    model: str | None = None
    model_key: SecretStr | None = None
    model_seconds: float = Field(4.0, gt=0, le=8)

    pages: bool = True

    staff_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    notice_url: SecretStr | None = None
    upload_mb: int = Field(20, ge=1, le=20)
    retention_days: int = Field(365, ge=1)
    daily_messages: int = Field(2000, ge=1)
    daily_files: int = Field(200, ge=1)
    daily_mb: int = Field(500, ge=1)
    daily_drafts: int = Field(30, ge=1)

    webhook_url: str | None = Field(None, pattern=r"^https?://.+")
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(8080, ge=0, le=65535)
    webhook_workers: int = Field(2, ge=1, le=64)

    public_url: str | None = Field(None, pattern=r"^https?://.+")
    web_host: str = "127.0.0.1"
    web_port: int | None = Field(None, ge=0, le=65535)
    web_secret: SecretStr | None = Field(None, min_length=32)

    wechat_corp_id: str | None = Field(None, pattern=r"^[0-9A-Za-z_-]{1,64}$")
    wechat_secret: SecretStr | None = None
    wechat_account: str | None = Field(None, pattern=r"^[0-9A-Za-z_-]{1,64}$")
    wechat_servicer: str | None = None
    wechat_host: str = "127.0.0.1"
    wechat_port: int | None = Field(None, ge=0, le=65535)
    wechat_callback_token: SecretStr | None = None
    wechat_callback_key: SecretStr | None = None
    wechat_api_url: str = Field("https://qyapi.weixin.qq.com", pattern=r"^https?://.+")

    operator_host: str = "127.0.0.1"
    operator_port: int | None = Field(None, ge=0, le=65535)

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "text"] = "json"

    @field_validator("staff_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        return value.replace("，", ",").split(",") if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("api_url", "webhook_url", "public_url", "model_url", "wechat_api_url")
    @classmethod
    def _bare(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value

    @field_validator("webhook_secret")
    @classmethod
    def _allowed_characters(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("1-256 characters of A-Z, a-z, 0-9, _ and -")
        return value

    @property
    def upload_limit(self) -> int:
        """The largest file taken from an applicant, in bytes (the Bot API gives out 20 MB at most)."""
        return self.upload_mb * MEGABYTE

    @property
    def database(self) -> str:
        """Where sessions live: the database URL, or the embedded database under `data`."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return str(self.data / "shenbao.db")

    @property
    def filled_database(self) -> str:
        """Where sessions live, for commands that only read: they make no database.

        Raises:
            StartupError: there is no database, which a mistyped `--data` is the usual cause of.
        """
        if self.database_url is None and not Path(self.database).is_file():
            raise StartupError(say("store.nothing_there", folder=self.data.absolute()))
        return self.database

    @classmethod
    def load(cls, env_file: Path | str | None = ".env") -> Self:
        """Read the settings.

        Raises:
            StartupError: a setting is faulty; names it without showing its value.
        """
        source: dict[str, Any] = {"_env_file": env_file}
        try:
            return cls(**source)
        except ValidationError as error:
            names = "、".join(dict.fromkeys(_shown_name(part["loc"]) for part in error.errors()))
            raise StartupError(say("settings.faulty", names=names)) from None


def names(settings: type[BaseSettings] = Settings) -> list[str]:
    """List the environment names of all settings, in order; of several aliases the first."""
    return [_env_name(name) for name in settings.model_fields]


def _env_name(field: str) -> str:
    alias = Settings.model_fields[field].validation_alias
    if isinstance(alias, AliasChoices):
        return str(alias.choices[0])
    return str(alias) if alias else f"SHENBAO_{field.upper()}"


def _shown_name(location: tuple[int | str, ...]) -> str:
    name = str(location[0])
    return _env_name(name) if name in Settings.model_fields else name.upper()
