"""Creating, naming, continuing and splitting notebooks in JupyterLab, by keyboard where people use the keyboard.

The tests share one page and one project, which they change; each begins with what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from mlnb import api
from mlnb.notebook import document
from mlnb.project import find
from tests.browser.conftest import WINDOW
from tests.browser.lab import REPOSITORY, LabPage, Server, copy_project, serve
from tests.percent import write

SPLIT_ENDS_WITHIN = 240_000

LONG = """
# %% [markdown]
# # Rain by month
# *exploration · 012 · 2014-12-31*  **From:** —  **Next:** —
#
# ## Question
# Which months are wet?

# %%
# parameters
DATA: str = "weather_2014-12-31_daily"

# %%
import pandas as pd

import mlnb

days = mlnb.load(DATA)
days["date"] = pd.to_datetime(days["date"], format="%Y/%m/%d")

# %%
days["wet"] = days["precipitation"] > 0
days["month"] = days["date"].dt.month
wet_days = days[["date", "month", "wet"]]

# %% [markdown]
# ## Months

# %%
by_month = wet_days.groupby("month")["wet"].mean()
by_month.round(2)

# %%
by_month.max() - by_month.min()

# %% [markdown]
# ## Findings
# - July is dry.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example of its own, with its data registered."""
    root = copy_project(REPOSITORY / "examples" / "seattle-weather", tmp_path_factory.mktemp("create") / "weather")
    for file in sorted((root / "data").glob("*.csv")):
        api.add_data(find(root), file)
    return root


@pytest.fixture(scope="module")
def server(lab_python: str, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(lab_python, "lab", project, tmp_path_factory.mktemp("lab-create")) as running:
        yield running


@pytest.fixture(scope="module")
def lab(browser: Browser, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabPage]:
    context = browser.new_context(
        viewport={"width": WINDOW["width"], "height": WINDOW["height"]}, reduced_motion="reduce"
    )
    page = LabPage(page=context.new_page(), server=server, pictures=tmp_path_factory.mktemp("pictures"))
    page.open()
    yield page
    context.close()


@pytest.fixture(autouse=True)
def _at_rest(lab: LabPage) -> Iterator[None]:
    """No test leaves a dialog or a notification to the next one."""
    yield
    while lab.page.locator(".jp-Dialog").count():
        lab.page.keyboard.press("Escape")
        lab.page.wait_for_timeout(100)
    hide = "() => document.querySelectorAll('.jp-Notification-Toast-Close').forEach(each => each.click())"
    lab.page.evaluate(hide)
    expect(lab.page.locator(".Toastify__toast")).to_have_count(0)


def title(lab: LabPage) -> Locator:
    return lab.page.locator(".mlnb-FormDialog input[name=title]")


def preview(lab: LabPage) -> Locator:
    return lab.page.locator(".mlnb-Form-preview")


def options(lab: LabPage) -> Locator:
    """What the open list offers."""
    return lab.page.locator(".mlnb-Combobox-list [role=option]")


def in_front(lab: LabPage) -> str:
    """The path of the document in front."""
    return str(
        lab.page.evaluate(
            "() => { const w = window.jupyterapp.shell.currentWidget; return w && w.context ? w.context.path : ''; }"
        )
    )


def expect_in_front(lab: LabPage, path: str) -> None:
    lab.page.wait_for_function(
        "path => window.jupyterapp.shell.currentWidget?.context?.path === path", arg=path, timeout=30_000
    )


def open_notebook(lab: LabPage, path: str) -> None:
    lab.execute("docmanager:open", {"path": path})
    expect_in_front(lab, path)
    lab.execute("mlnb:check-notebook")
    lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first.wait_for()


def close_all(lab: LabPage) -> None:
    """Save and close every document, as before a new piece of work."""
    documents = "[...window.jupyterapp.shell.widgets('main')].filter(each => each.context)"
    # A kernel that becomes ready changes its notebook once more.
    lab.page.wait_for_function(
        f"() => {documents}.every(each => each.context.isReady && each.sessionContext?.isReady !== false)"
    )
    lab.page.wait_for_function(
        f"async () => {{ const dirty = {documents}.filter(each => each.context.model.dirty);"
        " await Promise.all(dirty.map(each => each.context.save())); return dirty.length === 0; }"
    )
    lab.execute("application:close-all")
    lab.page.wait_for_function(f"() => {documents}.length === 0")


def toast(lab: LabPage, text: str) -> Locator:
    return lab.page.locator(".Toastify__toast", has_text=text)


@pytest.mark.parametrize(
    ("key", "words", "path"),
    [
        ("E", "Wind by season", "notebooks/011_exploration_wind-by-season.ipynb"),
        ("C", "Days without gaps", "notebooks/021_cleaning_days-without-gaps.ipynb"),
        ("X", "Wind and rain together", "notebooks/032_experiment_wind-and-rain-together.ipynb"),
        ("D", "Wind tomorrow", "notebooks/041_deployment_wind-tomorrow.ipynb"),
    ],
)
def test_each_kind_by_keyboard(lab: LabPage, project: Path, key: str, words: str, path: str) -> None:
    """Alt+N, the letter of the kind, the description, Enter: three keystrokes and the words."""
    lab.page.keyboard.press("Alt+n")
    lab.page.keyboard.press(key.lower())
    expect(title(lab)).to_be_focused()
    lab.page.keyboard.type(words)
    expect(preview(lab)).to_contain_text(path)
    lab.page.keyboard.press("Enter")
    expect_in_front(lab, path)
    assert (project / path).is_file()


def test_a_list_is_searched_by_keyboard(lab: LabPage) -> None:
    """Typing narrows a list down, arrows go through it, Enter takes a choice, and Escape leaves only the list."""
    kernels = "[...window.jupyterapp.shell.widgets('main')].filter(each => each.sessionContext)"
    # A notebook takes the focus when it is ready, behind a dialog as well.
    lab.page.wait_for_function(f"() => {kernels}.every(each => each.context.isReady)")
    lab.page.keyboard.press("Alt+n")
    lab.page.keyboard.press("x")
    expect(title(lab)).to_be_focused()
    lab.page.keyboard.type("Fewer days")
    expect(preview(lab)).to_contain_text(
        "fewer-days"
    )  # the dialog gives the title the focus once more when it is ready
    dataset = lab.page.locator(".mlnb-FormDialog input[name=dataset]")
    dataset.focus()
    expect(dataset).to_have_value("weather · 2015-12-31")
    lab.page.keyboard.type("2013")
    expect(options(lab)).to_have_count(1)
    lab.page.keyboard.press("Enter")
    expect(dataset).to_have_value("weather · 2013-12-31")
    lab.page.keyboard.press("ArrowDown")
    expect(options(lab)).to_have_count(4)
    lab.page.keyboard.press("Escape")
    expect(options(lab)).to_have_count(0)
    expect(title(lab)).to_have_value("Fewer days")
    lab.page.keyboard.press("Escape")
    expect(lab.page.locator(".mlnb-FormDialog")).to_have_count(0)


def test_the_number_and_the_folder_can_be_chosen(lab: LabPage) -> None:
    """The file name is live in all its parts, and says why a title will not do."""
    lab.start("mlnb:create-experiment", {"cwd": "", "title": "Hail"})
    lab.page.locator(".mlnb-Form-more > summary").click()
    lab.page.locator(".mlnb-FormDialog input[name=number]").fill("77")
    expect(preview(lab)).to_contain_text("notebooks/077_experiment_hail.ipynb")
    title(lab).fill("Logistic regression rain tomorrow")
    expect(preview(lab)).to_have_attribute("data-problem", "true")
    expect(lab.page.locator(".mlnb-CreateDialog-create")).to_be_disabled()


def test_continue_from_a_finding(lab: LabPage, project: Path) -> None:
    """A finding, the data and a link go into the new notebook; the open parent shows the link to it."""
    close_all(lab)
    parent = "notebooks/010_exploration_how-often-it-rains.ipynb"
    open_notebook(lab, parent)
    lab.page.locator(".mlnb-NotebookHeader-continue").click()
    lab.page.locator(".lm-Menu-item", has_text="Experiment").last.click()
    expect(title(lab)).to_be_focused()
    item = lab.page.locator(".mlnb-FormDialog input[name=item]")
    expect(item).not_to_have_value("")
    expect(title(lab)).not_to_have_value("")
    item.click()
    options(lab).filter(has_text="July has rain").click()
    expect(title(lab)).to_have_value("The season belongs into the features")
    expect(lab.page.locator(".mlnb-FormDialog input[name=dataset]")).to_have_value("weather · 2014-12-31")
    expect(preview(lab)).to_contain_text("the-season-belongs-into-the-features.ipynb")
    item.click()
    lab.screenshot("continue")
    lab.page.keyboard.press("Escape")
    title(lab).press("Enter")
    path = "notebooks/033_experiment_the-season-belongs-into-the-features.ipynb"
    expect_in_front(lab, path)
    made = document.read(project / path)
    assert "July has rain on 10 % of its days" in "".join(cell.source for cell in made.cells)
    assert "010_exploration_how-often-it-rains.ipynb" in made.cells[0].source
    lab.execute("docmanager:open", {"path": parent})
    expect(lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first).to_contain_text(
        "033_experiment_the-season"
    )


def test_a_rename_in_the_file_browser_keeps_links(lab: LabPage, project: Path) -> None:
    """The link in the open parent follows, a name that lost its kind is noticed, and both can be undone."""
    old = "notebooks/033_experiment_the-season-belongs-into-the-features.ipynb"
    parent = project / "notebooks" / "010_exploration_how-often-it-rains.ipynb"
    rename = "async ([a, b]) => { await window.jupyterapp.serviceManager.contents.rename(a, b); }"
    lab.page.evaluate(rename, [old, "notebooks/034_experiment_season.ipynb"])
    told = toast(lab, "was renamed")
    expect(told).to_contain_text("2 places that name it were rewritten")
    assert "034_experiment_season.ipynb" in parent.read_text(encoding="utf-8")
    expect(lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first).to_contain_text(
        "034_experiment_season"
    )
    lab.page.evaluate(rename, ["notebooks/034_experiment_season.ipynb", "notebooks/season.ipynb"])
    lost = toast(lab, "no longer says of which kind it is")
    expect(lost).to_be_visible()
    lost.get_by_role("button", name="Undo").click()
    lab.page.wait_for_function(
        "async () => (await window.jupyterapp.serviceManager.contents.get('notebooks')).content"
        ".some(each => each.name === '034_experiment_season.ipynb')"
    )
    expect(toast(lab, "no longer says")).to_have_count(0)
    lab.page.wait_for_timeout(500)
    assert "034_experiment_season.ipynb" in parent.read_text(encoding="utf-8")


def test_rename_by_kind_and_undo(lab: LabPage, project: Path) -> None:
    """The dialog says what goes with the notebook; the open notebook and its links follow, there and back."""
    old = "notebooks/034_experiment_season.ipynb"
    new = "notebooks/034_experiment_months-as-features.ipynb"
    close_all(lab)
    open_notebook(lab, old)
    lab.page.locator(".mlnb-NotebookHeader-rename").click()
    expect(title(lab)).to_be_focused()
    expect(lab.page.locator(".mlnb-FormDialog input[name=kind]")).to_have_value("Experiment")
    title(lab).fill("Months as features")
    expect(preview(lab)).to_contain_text(new)
    expect(preview(lab)).to_contain_text("2 links in 1 file go with it")
    lab.screenshot("rename")
    title(lab).press("Enter")
    expect_in_front(lab, new)
    toast(lab, "Renamed to").get_by_role("button", name="Undo").click()
    expect_in_front(lab, old)
    expect(toast(lab, "Undone")).to_be_visible()
    assert (project / old).is_file()
    assert not (project / new).exists()


def test_scratch(lab: LabPage, project: Path) -> None:
    """A scratch notebook needs no name, says what it is, and asks at ten cells whether it is kept."""
    lab.page.keyboard.press("Alt+n")
    lab.page.keyboard.press("s")
    lab.page.wait_for_function("() => window.jupyterapp.shell.currentWidget?.context?.path.startsWith('scratch/')")
    lab.execute("mlnb:check-notebook")
    expect(lab.page.locator(".mlnb-NotebookHeader")).to_contain_text("Scratch")
    expect(lab.page.locator(".mlnb-Status")).to_have_text("scratch")
    lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first.wait_for()
    for _ in range(10):
        lab.execute("notebook:insert-cell-below")
    lab.execute("docmanager:save")
    toast(lab, "Keep it?").get_by_role("button", name="Name it").click()
    expect(lab.page.locator(".mlnb-FormDialog")).to_contain_text("Keep this notebook")
    expect(preview(lab)).to_contain_text(".ipynb")  # a proposal from the content
    title(lab).fill("Clouds")
    expect(preview(lab)).to_contain_text("_clouds.ipynb")
    kind = lab.page.locator(".mlnb-FormDialog input[name=kind]")
    kind.fill("explo")
    kind.press("Enter")
    expect(preview(lab)).to_contain_text("exploration_clouds.ipynb")
    title(lab).press("Enter")
    expect(toast(lab, "Renamed to")).to_be_visible()
    assert "exploration_clouds.ipynb" in in_front(lab)


def test_the_first_save_proposes_a_name(lab: LabPage, project: Path) -> None:
    """JupyterLab's own question for a name starts from the kind and title that the content suggests."""
    lab.execute("notebook:create-new", {"cwd": "notebooks", "kernelName": "python3"})
    lab.page.wait_for_function(
        "() => { const w = window.jupyterapp.shell.currentWidget;"
        " return w?.context?.path.includes('Untitled') && w.context.isReady && w.sessionContext.isReady; }"
    )
    lab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells[0].setSource("
        "'import pandas as pd\\nimport matplotlib.pyplot as plt\\n"
        'df = pd.read_csv("../data/weather_2015-12-31_daily.csv")\\ndf.describe()\\ndf.plot()\')'
    )
    lab.start("docmanager:save")
    box = lab.page.locator(".jp-Input-Dialog input[type=text]")
    expect(box).to_have_value(re.compile("^[0-9]+_exploration_.+[.]ipynb$"))
    value = box.input_value()
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_function("name => window.jupyterapp.shell.currentWidget?.context?.path.endsWith(name)", arg=value)
    lab.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")


def test_split_and_undo(lab: LabPage, project: Path) -> None:
    """A long notebook becomes two that run; undone, it is one again, to the byte."""
    close_all(lab)
    path = "notebooks/012_exploration_rain-by-month.ipynb"
    write(project / path, LONG)
    open_notebook(lab, path)
    lab.execute("docmanager:save")
    before = (project / path).read_bytes()
    lab.start("mlnb:split-notebook")
    offer = lab.page.locator(".mlnb-SplitOffer", has_text="Months")
    expect(offer).to_contain_text("wet_days")
    expect(offer.locator("input")).to_be_checked()
    lab.page.locator(".mlnb-SplitDialog input[name=title]").fill("Months and rain")
    expect(preview(lab)).to_contain_text("months-and-rain.ipynb")
    lab.screenshot("split")
    lab.page.locator(".mlnb-SplitDialog-split").click()
    expect(lab.page.locator(".mlnb-SplitDialog progress")).to_be_visible()
    expect(lab.page.locator(".mlnb-SplitDialog")).to_have_count(0, timeout=SPLIT_ENDS_WITHIN)
    lab.page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget?.context?.path.endsWith('months-and-rain.ipynb')"
    )
    second = in_front(lab)
    assert (project / second).is_file()
    assert "by_month" not in (project / path).read_text(encoding="utf-8")
    toast(lab, "goes on in").get_by_role("button", name="Undo").click()
    expect(toast(lab, "Undone")).to_be_visible()
    assert before == (project / path).read_bytes()
    assert not (project / second).exists()


def test_nothing_complained(lab: LabPage) -> None:
    """All of this left no error in the browser's console."""
    # Refused names; a notebook just renamed; JupyterLab itself, when a notebook is closed at once.
    known = (
        "400 (Bad Request)",
        "?path=notebooks%2FUntitled",
        "restore the debugger state",
        "Canceled future",
        "reading 'promise'",
        "_handleNewSession",
    )
    assert [] == [error for error in lab.errors if not any(each in error for each in known)]
