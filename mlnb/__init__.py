"""mlnb keeps machine-learning notebooks: created, rerun, found again, promoted.

In a notebook, `import mlnb` gives a handful of names, each loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlnb.nb import decide, load, log_metric, save, save_model

__version__ = "0.1.0"
__all__ = ["__version__", "decide", "load", "log_metric", "save", "save_model"]

_LAZY = frozenset(__all__) - {"__version__"}


def __getattr__(name: str) -> Any:
    """Load a name of the in-notebook API with its module, on first use."""
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module("mlnb.nb"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """What completion offers: the in-notebook API and nothing else."""
    return list(__all__)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the built front end lies."""
    return [{"src": "labextension", "dest": "mlnb-lab"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which app to load."""
    return [{"module": "mlnb.server.app", "app": import_module("mlnb.server.app").MlnbExtension}]
