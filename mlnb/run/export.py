"""An executed notebook as one HTML page to send to someone."""

from __future__ import annotations

from pathlib import Path

from nbconvert import HTMLExporter

from mlnb import atomic
from mlnb.notebook import document
from mlnb.records import runs


def to_html(folder: Path, target: Path) -> None:
    """Write the executed notebook of a run as a page. HTML in its outputs is cleaned of scripts."""
    node = document.read_node(folder / runs.NOTEBOOK)
    exporter = HTMLExporter(sanitize_html=True)  # type: ignore[no-untyped-call]  # nbconvert is untyped
    body, _ = exporter.from_notebook_node(node)
    atomic.write_text(target, body)
