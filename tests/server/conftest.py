"""A real Jupyter server with the extension, in this process."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_jupyter.jupyter_server import *  # noqa: F403  # only here: its autouse fixtures disturb the browser tests
from tornado.httpclient import HTTPClientError

from mlnb.create.start import start
from mlnb.project import Project

Fetch = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture  # type: ignore[no-redef]  # this is how pytest overrides a fixture
def jp_server_config() -> dict[str, Any]:
    """The extension is enabled, and nothing answers without a login."""
    return {
        "ServerApp": {
            "jpserver_extensions": {"mlnb": True, "jupyter_server_terminals": False},
            "allow_unauthenticated_access": False,
        }
    }


@pytest.fixture
def served(jp_root_dir: Path) -> Project:
    """A project in the folder `work` of what the server serves, with two versions of a dataset."""
    made = start(jp_root_dir / "work")
    for year in (2013, 2014):
        (made.data / f"weather_{year}-12-31_daily.csv").write_text(f"date,temp\n{year}-01-01,3.5\n{year}-01-02,4\n")
    return made


@pytest.fixture
def fetch(jp_fetch: Callable[..., Awaitable[Any]]) -> Fetch:
    """Ask a route and get status and JSON, also of a refusal."""

    async def ask(route: str, body: object = None, **params: str) -> tuple[int, Any]:
        method = "GET" if body is None else "POST"
        payload = None if body is None else json.dumps(body)
        try:
            response = await jp_fetch("mlnb", *route.split("/"), method=method, body=payload, params=params)
        except HTTPClientError as error:
            return error.code, json.loads(error.response.body if error.response else "null")
        return response.code, json.loads(response.body)

    return ask
