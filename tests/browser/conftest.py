"""Servers and pages for the browser tests.

`MLNB_LAB_PYTHON` names the interpreter whose JupyterLab is driven, so that the same stories run against an installed
wheel; without it the tests drive the JupyterLab they are run with.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.lab import REPOSITORY, LabPage, Server, copy_project, is_root, serve

WINDOW = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test, and those run after the quick ones."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the Chromium that was found; without one skip, or fail where a browser is required."""
    try:
        executable = chromium.find()
    except chromium.NoBrowser as error:
        if chromium.required():
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    sandbox = ["--no-sandbox"] if is_root() else []  # Chromium refuses to start its sandbox as root
    return {**browser_type_launch_args, "executable_path": str(executable), "args": sandbox}


@pytest.fixture(scope="session")
def lab_python() -> str:
    """The interpreter whose Jupyter is driven."""
    return os.environ.get("MLNB_LAB_PYTHON", sys.executable)


@pytest.fixture(scope="session")
def example_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example project that the servers serve and the stories may change."""
    return copy_project(REPOSITORY / "examples" / "seattle-weather", tmp_path_factory.mktemp("project") / "weather")


@pytest.fixture(scope="session")
def lab_server(lab_python: str, example_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab on the example project."""
    with serve(lab_python, "lab", example_project, tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture(scope="session")
def notebook_server(
    lab_python: str, example_project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Notebook 7 on the same project."""
    with serve(lab_python, "notebook", example_project, tmp_path_factory.mktemp("notebook")) as server:
        yield server


@pytest.fixture(scope="module")
def lab(browser: Browser, lab_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabPage]:
    """One page of JupyterLab per test module, opened and at rest."""
    yield from _page(browser, lab_server, tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def notebook7(browser: Browser, notebook_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabPage]:
    """One page of Notebook 7 per test module, opened on its file list."""
    yield from _page(browser, notebook_server, tmp_path_factory.mktemp("pictures"))


def _page(browser: Browser, server: Server, pictures: Path) -> Iterator[LabPage]:
    context = browser.new_context(
        viewport={"width": WINDOW["width"], "height": WINDOW["height"]}, reduced_motion="reduce"
    )
    page = LabPage(page=context.new_page(), server=server, pictures=pictures)
    page.open()
    yield page
    context.close()
