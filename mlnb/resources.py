"""Where the files that mlnb ships beside its code are found."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def templates_dir() -> Path:
    """The folder of the four templates: inside the installed package, beside it in a checkout.

    An editable install has no `mlnb/templates`, because the wheel gets it by force-include.
    """
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"
