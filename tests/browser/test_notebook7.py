"""In Notebook 7 the notebook page has the right panel, and it works there as in JupyterLab."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import LabPage

EXPERIMENT = "notebooks/notebooks/030_experiment_logistic-regression-rain-tomorrow.ipynb"


def test_the_right_panel_is_there(notebook7: LabPage) -> None:
    """The panel opens beside the notebook, with its kind, its problems and the run form."""
    notebook7.open(EXPERIMENT)
    notebook7.page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    notebook7.execute("mlnb:check-notebook")
    expect(notebook7.page.locator(".mlnb-NotebookHeader")).to_contain_text("030")
    expect(notebook7.page.locator(".mlnb-Problems-none")).to_be_visible()
    expect(notebook7.page.locator(".mlnb-RunForm [name=C]")).to_have_value("1.0")
    notebook7.screenshot("notebook7")


def test_nothing_complains(notebook7: LabPage) -> None:
    """No error in the browser's console."""
    assert [] == notebook7.errors
