"""`import mlnb` costs next to nothing and offers exactly the in-notebook API."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import mlnb

REPOSITORY = Path(__file__).resolve().parents[1]
HEAVY = ("pandas", "numpy", "nbformat", "papermill", "pydantic", "jupyter_server", "tornado", "git", "click", "rich")


def test_nothing_heavy_is_imported() -> None:
    """A notebook that imports mlnb pays for what it uses, when it uses it."""
    program = f"import sys, mlnb; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "[]" == loaded.strip()


def test_import_is_quick() -> None:
    """Under 50 ms, the interpreter's own start not counted; the best of three, for the machine may be busy."""
    program = "import time; start = time.perf_counter(); import mlnb; print(time.perf_counter() - start)"
    times = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(times) < 0.05


def test_the_names_offered() -> None:
    """Completion shows the API and nothing else; each name is there."""
    assert ["__version__", "decide", "load", "log_metric", "save", "save_model"] == sorted(dir(mlnb))
    assert all(getattr(mlnb, name) is not None for name in mlnb.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as on any module."""
    assert not hasattr(mlnb, "laod")


def test_the_version_is_said_once() -> None:
    """`mlnb.__version__` is the version of the package and of the front end."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == mlnb.__version__


def test_dev_py_can_say_that_python_is_too_old() -> None:
    """dev.py parses on Python 3.8, or its sentence would never be read."""
    source = (REPOSITORY / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    before_imports = source.split("\nimport argparse")[0]
    assert "sys.version_info < (3, 11)" in before_imports
