"""The story of the README in JupyterLab: create, mend a problem, run with other arguments, find the run, promote.

The tests stand in the order of the story and share one page; the pictures of docs/jupyterlab.md are taken on the way.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from mlnb import api
from mlnb.project import find
from tests.browser.lab import LabPage

EXPERIMENT = "notebooks/030_experiment_logistic-regression-rain-tomorrow.ipynb"
DEPLOYMENT = "notebooks/040_deployment_rain-tomorrow.ipynb"
RUN_ENDS_WITHIN = 120_000
PROMOTION_ENDS_WITHIN = 240_000


@pytest.fixture(scope="module", autouse=True)
def _registered(example_project: Path) -> None:
    """The example's data are registered, as after `mlnb data add`."""
    project = find(example_project)
    for file in sorted((example_project / "data").glob("*.csv")):
        api.add_data(project, file)


def open_notebook(lab: LabPage, path: str) -> None:
    """Open a notebook and its panel, and wait until the panel is about it."""
    lab.execute("docmanager:open", {"path": path})
    lab.execute("mlnb:check-notebook")
    number = Path(path).name[:3]
    expect(lab.page.locator(".mlnb-NotebookHeader")).to_contain_text(number)
    lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first.wait_for()


def visible_cell(lab: LabPage, text: str) -> Locator:
    return lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell", has_text=text)


def test_create_from_the_launcher(lab: LabPage, example_project: Path) -> None:
    """A card opens the dialog, the name appears as the title is typed, Enter creates and opens the notebook."""
    lab.page.locator(".jp-LauncherCard", has_text="Experiment").click()
    title = lab.page.locator(".mlnb-CreateDialog input[name=title]")
    expect(title).to_be_focused()
    preview = lab.page.locator(".mlnb-CreateDialog-preview")
    title.press_sequentially("logistic regression rain tomorrow")
    expect(preview).to_contain_text("already")
    expect(lab.page.locator(".mlnb-CreateDialog-create, .jp-Dialog .jp-mod-accept").first).to_be_disabled()
    title.fill("Wind and rain together")
    expect(preview).to_contain_text("notebooks/032_experiment_wind-and-rain-together.ipynb")
    lab.screenshot("create")
    title.press("Enter")
    expect(lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) h1")).to_contain_text("Wind and rain together")
    assert (example_project / "notebooks" / "032_experiment_wind-and-rain-together.ipynb").is_file()


def test_a_problem_leads_to_its_cell(lab: LabPage, example_project: Path) -> None:
    """A mistake is reported after saving, with its cell; a click goes there; mended and saved, it is gone."""
    lab.execute("mlnb:check-notebook")
    expect(lab.page.locator(".mlnb-Problems-none")).to_be_visible()
    lab.execute("notebook:insert-cell-below")
    lab.execute("notebook:enter-edit-mode")
    lab.page.keyboard.type("broken = (")
    lab.execute("docmanager:save")
    problem = lab.page.locator(".mlnb-Problem")
    expect(problem).to_have_count(1)
    expect(problem).to_contain_text("Not valid Python")
    lab.execute("notebook:move-cursor-down")
    problem.locator(".mlnb-Problem-place, button").first.click()
    expect(lab.page.locator(".jp-Cell.jp-mod-active")).to_contain_text("broken")
    lab.screenshot("problem")
    lab.execute("notebook:enter-command-mode")
    lab.execute("notebook:delete-cell")
    lab.execute("docmanager:save")
    expect(lab.page.locator(".mlnb-Problems-none")).to_be_visible()


def test_run_with_another_parameter(lab: LabPage, example_project: Path) -> None:
    """The form knows the types and datasets; the run is recorded with what was changed, and nothing else."""
    open_notebook(lab, EXPERIMENT)
    lab.execute("mlnb:run-notebook")
    form = lab.page.locator(".mlnb-RunForm")
    form.locator("[name=C]").fill("0.1")
    form.locator("[name=DATA]").select_option("weather_2015-12-31_daily")
    form.locator(".mlnb-RunForm-run").click()
    run = lab.page.locator(".mlnb-RunItem").first
    expect(run).to_have_attribute("data-state", "succeeded", timeout=RUN_ENDS_WITHIN)
    expect(run).to_contain_text("auc")
    lab.screenshot("run")
    (record,) = api.runs(find(example_project)).records
    assert {"C": 0.1, "DATA": "weather_2015-12-31_daily"} == record.arguments
    assert ["weather@2015-12-31"] == [use.reference for use in record.datasets]


def test_a_failing_run_says_so(lab: LabPage) -> None:
    """A run whose cell fails is told with the error, and never looks like a success."""
    form = lab.page.locator(".mlnb-RunForm")
    form.locator("[name=TEST_DAYS]").fill("100000")
    form.locator(".mlnb-RunForm-run").click()
    run = lab.page.locator(".mlnb-RunItem").first
    expect(run).to_have_attribute("data-state", "failed", timeout=RUN_ENDS_WITHIN)
    expect(run.locator(".mlnb-RunItem-message")).to_contain_text("Error")


def test_find_the_run(lab: LabPage) -> None:
    """Words and a metric find the run while typing; Enter opens its executed notebook."""
    lab.execute("mlnb:search", {})
    box = lab.page.locator(".mlnb-Search-input input, input.mlnb-Search-input").first
    box.fill("")
    box.press_sequentially("logistic rain metric.auc>0.7 ")
    hit = lab.page.locator(".mlnb-Hit")
    expect(hit).to_have_count(1)
    expect(hit).to_contain_text("weather@2015-12-31")
    expect(hit.locator("mark").first).to_be_visible()
    lab.screenshot("search")
    box.press("ArrowDown")
    box.press("Enter")
    expect(visible_cell(lab, "injected").or_(visible_cell(lab, "# Parameters")).first).to_be_visible()


def test_a_failed_run_is_found_as_such(lab: LabPage) -> None:
    """A hit says when its run failed."""
    box = lab.page.locator(".mlnb-Search-input input, input.mlnb-Search-input").first
    box.fill("status:failed")
    box.press("Enter")
    expect(lab.page.locator(".mlnb-Hit")).to_have_count(1)
    expect(lab.page.locator(".mlnb-Hit [data-chip=run]")).to_have_text("run: failed")


def test_a_bad_query_is_pointed_at(lab: LabPage) -> None:
    """A mistake in the query is a sentence, not an empty list."""
    box = lab.page.locator(".mlnb-Search-input input, input.mlnb-Search-input").first
    box.fill("kind:poem")
    box.press("Enter")
    expect(lab.page.locator(".mlnb-Search")).to_contain_text("There is no “poem” here")


def test_promote(lab: LabPage, example_project: Path) -> None:
    """The deployment notebook becomes a package; the verdict and every comparison are shown."""
    open_notebook(lab, DEPLOYMENT)
    lab.execute("mlnb:search", {"query": "rain tomorrow"})
    lab.start("mlnb:promote-notebook")
    verdict = lab.page.locator(".mlnb-Promote-verdict")
    expect(verdict).to_have_attribute("data-verdict", "identical", timeout=PROMOTION_ENDS_WITHIN)
    verdict.evaluate("each => each.scrollIntoView({ block: 'start' })")
    lab.screenshot("promoted")
    assert (example_project / "pipelines" / "rain-tomorrow" / "promotion.json").is_file()


def test_nothing_complained(lab: LabPage) -> None:
    """The whole story left no error in the browser's console."""
    assert [] == [error for error in lab.errors if "400 (Bad Request)" not in error]
