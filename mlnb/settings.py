"""What `mlnb.toml` (or `[tool.mlnb]` in pyproject.toml) may say, with its defaults."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from mlnb.errors import BadSettings, did_you_mean
from mlnb.notebook.grammar import PRESETS, Grammar
from mlnb.notebook.kinds import KINDS, Kind

SeverityName = Literal["off", "info", "warn", "error"]
KindName = Literal["exploration", "cleaning", "experiment", "deployment"]
DatasetForm = Literal["name_date_features", "date_name_features", "name_features_date"]  # as records.dataset_name


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"))


def _inside_project(value: str) -> str:
    """A project that someone else wrote must not make mlnb write elsewhere."""
    path = PurePosixPath(value.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in value or not path.parts:
        raise ValueError("it must be a folder inside the project")
    if not value.isprintable() or ".git" in {part.casefold() for part in path.parts}:
        raise ValueError("it must be a folder of ordinary characters, and none of git’s own")
    return value


class Paths(_Table):
    """Where things are, relative to the project root."""

    notebooks: str = Field("notebooks", description="Folder in which new notebooks are created.")
    data: str = Field("data", description="Folder of the dated datasets.")
    runs: str = Field("runs", description="Folder of the run records.")
    pipelines: str = Field("pipelines", description="Folder of the promoted pipelines.")

    _inside = field_validator("*")(_inside_project)


class Notebooks(_Table):
    """How notebooks are named."""

    pattern: str = Field(
        "seq",
        description="Names of new notebooks: seq, plain, date, ccds or folder, or an own pattern such as"
        " `{seq:03}_{kind}_{slug}` of the fields seq, kind, phase, slug, date and author.",
    )
    accept: Literal["lenient", "canonical"] = Field(
        "lenient", description="Whether names in other forms count, as long as they say one kind and what it is about."
    )
    ascii_only: bool = Field(False, description="Whether names may hold only the letters a–z.")

    @field_validator("pattern")
    @classmethod
    def _readable(cls, value: str) -> str:
        Grammar(PRESETS.get(value, value))
        return value


class KindSettings(_Table):
    """What a project says of one kind of notebook."""

    aliases: tuple[str, ...] = Field((), description="Further words for this kind in file names, in any language.")
    template: str = Field("", description="The template that new notebooks of this kind are made from.")

    @field_validator("aliases")
    @classmethod
    def _words(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            if not re.fullmatch(r"[^\W_]+", word):
                raise ValueError(f"“{word}” is not one word of letters and digits")
        return value


class Templates(_Table):
    """Where templates come from, besides the four of mlnb."""

    folder: str = Field("templates", description="Folder with templates of this project.")
    packages: tuple[str, ...] = Field((), description="Installed Python packages that hold templates.")

    _inside = field_validator("folder")(_inside_project)

    @field_validator("packages")
    @classmethod
    def _packages(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Anything else, such as a path, could name any folder of the machine."""
        for package in value:
            if not all(part.isidentifier() for part in package.split(".")):
                raise ValueError(f"“{package}” is not the name of a Python package")
        return value


class Datasets(_Table):
    """How datasets are named."""

    pattern: DatasetForm = Field(
        "name_date_features", description="The order of the parts in the names of new datasets; all orders are read."
    )
    exempt: tuple[str, ...] = Field(("data/external/*",), description="Patterns of data files that need no date.")


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
    notebooks: Notebooks = Field(default_factory=Notebooks, description="How notebooks are named.")
    kinds: dict[KindName, KindSettings] = Field(default_factory=dict, description="What is said of single kinds.")
    templates: Templates = Field(default_factory=Templates, description="Where templates come from.")
    datasets: Datasets = Field(default_factory=Datasets, description="How datasets are named.")
    rules: dict[str, SeverityName | dict[KindName, SeverityName]] = Field(
        default_factory=dict, description="Severity of a rule by its code, for all kinds or per kind."
    )

    @model_validator(mode="after")
    def _one_kind_per_word(self) -> Self:
        known: dict[str, str] = {word: spec.kind for spec in KINDS.values() for word in (spec.kind, *spec.aliases)}
        for kind, own in self.kinds.items():
            for word in own.aliases:
                if known.setdefault(word.casefold(), kind) != kind:
                    raise ValueError(f"“{word}” cannot mean {kind}: it means {known[word.casefold()]} already")
        return self


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
            section = _SECTIONS.get(str(first["loc"][0]), Settings) if len(first["loc"]) > 1 else Settings
            known = [field.alias or name for name, field in section.model_fields.items()]
            hint = did_you_mean(str(first["loc"][-1]), known) or f"; known are {', '.join(known)}"
            raise BadSettings(f"{where}: there is no setting “{key}”{hint}") from None
        if first["loc"][:1] == ("rules",) and len(first["loc"]) > 1:
            raise BadSettings(
                f"{where}: setting “rules.{first['loc'][1]}” will not do:"
                f" use {', '.join(get_args(SeverityName)[:-1])} or error, for all kinds or per kind"
            ) from None
        what = f"setting “{key}”" if key else "it"
        reason = first["msg"].removeprefix("Value error, ")
        raise BadSettings(f"{where}: {what} will not do: {reason[:1].lower()}{reason[1:]}") from None


_SECTIONS: dict[str, type[BaseModel]] = {
    "paths": Paths,
    "notebooks": Notebooks,
    "kinds": KindSettings,
    "templates": Templates,
    "datasets": Datasets,
}


@functools.lru_cache(maxsize=32)
def _grammar(
    pattern: str, aliases: tuple[tuple[str, Kind], ...], accept: Literal["lenient", "canonical"], ascii_only: bool
) -> Grammar:
    return Grammar(PRESETS.get(pattern, pattern), dict(aliases), accept, ascii_only)


def grammar(settings: Settings) -> Grammar:
    """How these settings write and read the names of notebooks."""
    aliases = tuple((word, Kind(kind)) for kind, own in settings.kinds.items() for word in own.aliases)
    own = settings.notebooks
    return _grammar(own.pattern, aliases, own.accept, own.ascii_only)
