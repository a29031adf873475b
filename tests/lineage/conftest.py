"""`mlnb(…)` for the tests of the command."""

from __future__ import annotations

from tests.cli.conftest import mlnb as mlnb
