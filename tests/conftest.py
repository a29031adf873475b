"""What every test stands on: none of the user's own Jupyter, git or mlnb, and the same outcome every time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from mlnb.create.start import start
from mlnb.project import Project

hypothesis.settings.register_profile(
    "mlnb",
    deadline=None,  # a busy machine is no reason to fail
    derandomize=bool(os.environ.get("CI")),  # the same examples for the same commit
    print_blob=True,
)
hypothesis.settings.load_profile("mlnb")

GIT = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
OWN = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")


@pytest.fixture(scope="session", autouse=True)
def _isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's settings out of the tests, and the tests out of the user's folders."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in OWN:
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        for name, value in GIT.items():
            patch.setenv(name, value)
        patch.setenv("MPLBACKEND", "agg")
        # so that a project of the developer's above the temporary folder is not found
        patch.setenv("GIT_CEILING_DIRECTORIES", str(Path(home).parent))
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick tests first: the browser and the wheel come after all others, in that order."""
    items.sort(key=lambda item: (item.get_closest_marker("wheel") is not None, _in_browser(item)))


def _in_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A fresh project, which is also the working directory."""
    made = start(tmp_path / "work")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def weather(project: Project) -> Project:
    """A project with two versions of a small dataset."""
    for year, days in ((2013, 3), (2014, 5)):
        rows = "".join(f"{year}-01-0{day},{day}.5,{'rain' if day % 2 else 'sun'}\n" for day in range(1, days + 1))
        (project.data / f"weather_{year}-12-31_daily.csv").write_text(f"date,temp,weather\n{rows}")
    return project
