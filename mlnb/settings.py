"""What `mlnb.toml` (or `[tool.mlnb]` in pyproject.toml) may say, with its defaults."""

from __future__ import annotations

import tomllib
from pathlib import Path, PurePosixPath
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from mlnb.errors import BadSettings, did_you_mean

SeverityName = Literal["off", "info", "warn", "error"]
KindName = Literal["exploration", "cleaning", "experiment", "deployment"]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"))


class Paths(_Table):
    """Where things are, relative to the project root."""

    notebooks: str = Field("notebooks", description="Folder in which new notebooks are created.")
    data: str = Field("data", description="Folder of the dated datasets.")
    runs: str = Field("runs", description="Folder of the run records.")
    pipelines: str = Field("pipelines", description="Folder of the promoted pipelines.")

    @field_validator("*")
    @classmethod
    def _inside(cls, value: str) -> str:
        """A project that someone else wrote must not make mlnb write elsewhere."""
        path = PurePosixPath(value.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in value or not path.parts:
            raise ValueError("it must be a folder inside the project")
        return value


class Settings(_Table):
    """All settings of a project."""

    fail_on: Literal["error", "warn", "never"] = Field(
        "error", description="The lowest severity that makes `mlnb check` exit with 1."
    )
    exclude: tuple[str, ...] = Field((), description="Patterns of paths that check and search leave out.")
    scratch: tuple[str, ...] = Field(
        ("scratch/*", "Untitled*.ipynb"),
        description="Patterns of temporary notebooks, whose names are only remarked on.",
    )
    paths: Paths = Field(default_factory=Paths, description="Where things are, relative to the project root.")
    rules: dict[str, SeverityName | dict[KindName, SeverityName]] = Field(
        default_factory=dict, description="Severity of a rule by its code, for all kinds or per kind."
    )


def load(file: Path) -> Settings:
    """Read the settings in `file`. Raises `BadSettings` naming the key, with the closest known one."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{file} is not valid TOML: {error}") from None
    except (ValueError, RecursionError):
        raise BadSettings(f"{file} is nested too deeply, or holds a number of thousands of digits") from None
    except OSError as error:
        raise BadSettings(f"{file} cannot be read: {error.strerror}") from None
    if file.name == "pyproject.toml":
        tools = table.get("tool")
        table = tools.get("mlnb", {}) if isinstance(tools, dict) else {}
        if not isinstance(table, dict):
            raise BadSettings(f"{file}: “tool.mlnb” must be a table of settings")
    return parse(table, str(file))


def parse(table: dict[str, Any], where: str) -> Settings:
    """Validate a table of settings. Raises `BadSettings`."""
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            section: type[BaseModel] = Paths if first["loc"][0] == "paths" and len(first["loc"]) > 1 else Settings
            known = [field.alias or name for name, field in section.model_fields.items()]
            hint = did_you_mean(str(first["loc"][-1]), known) or f"; known are {', '.join(known)}"
            raise BadSettings(f"{where}: there is no setting “{key}”{hint}") from None
        if first["loc"][0] == "rules" and len(first["loc"]) > 1:
            raise BadSettings(
                f"{where}: setting “rules.{first['loc'][1]}” will not do:"
                f" use {', '.join(get_args(SeverityName)[:-1])} or error, for all kinds or per kind"
            ) from None
        raise BadSettings(f"{where}: setting “{key}” will not do: {first['msg'].lower()}") from None
