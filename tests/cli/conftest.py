"""`mlnb(…)` in the tests of the command line."""

from __future__ import annotations

import functools

import pytest

from tests.cli.terminal import Type, typed


@pytest.fixture
def mlnb(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command and see its outcome."""
    return functools.partial(typed, monkeypatch, capsys)
