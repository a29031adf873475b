"""Old notebooks adopted in JupyterLab, and the lineage of a project: a server and a project of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from mlnb import api
from mlnb.lineage.graph import Edge, Node, around, graph
from mlnb.lineage.mermaid import mermaid
from mlnb.project import find
from tests import percent
from tests.browser.lab import REPOSITORY, LabPage, Server, copy_project, serve

OLD = {
    "Untitled3.ipynb": """
# %% [markdown]
# # A look at the prices
# %%
import pandas as pd
import matplotlib.pyplot as plt
prices = pd.read_csv("prices.csv")
prices.describe()
# %%
prices.hist()
plt.show()
# %%
prices.plot.scatter("size", "price")
""",
    "clean data FINAL.ipynb": """
# %% [markdown]
# # Clean the prices
# %%
import pandas as pd
prices = pd.read_csv("prices.csv").drop_duplicates().dropna()
prices = prices[prices["price"] > 0]
prices.to_csv("prices_clean.csv", index=False)
""",
    "model v2 (copy).ipynb": """
# %% [markdown]
# # Ridge regression on prices
# See [the data](clean%20data%20FINAL.ipynb).
# %%
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
prices = pd.read_csv("prices.csv")
train, test = train_test_split(prices, random_state=0)
# %%
model = Ridge(alpha=1.0).fit(train[["size"]], train["price"])
print(r2_score(test["price"], model.predict(test[["size"]])))
""",
    "notes.ipynb": "\n# %% [markdown]\n# Call Anna about the keys.\n",
}
RENAMED_WITHIN = 60_000


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project with its data registered."""
    folder = copy_project(REPOSITORY / "examples" / "seattle-weather", tmp_path_factory.mktemp("old") / "weather")
    for file in sorted((folder / "data").glob("*.csv")):
        api.add_data(find(folder), file)
    return folder


@pytest.fixture
def old(work: Path) -> Path:
    """Beside its notebooks, a folder of old ones."""
    folder = work / "old"
    for name, text in OLD.items():
        percent.write(folder / name, text)
    rows = "".join(f"2024-{month:02}-01,{40 + month},{150_000 + 2000 * month}\n" for month in range(1, 13))
    (folder / "prices.csv").write_text(f"date,size,price\n{rows}")
    (folder / "README.md").write_text("First [the cleaning](clean%20data%20FINAL.ipynb), then the model.\n")
    return folder


@pytest.fixture(scope="module")
def server(lab_python: str, work: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(lab_python, "lab", work, tmp_path_factory.mktemp("adopt-lab")) as running:
        yield running


@pytest.fixture(scope="module")
def lab(browser: Browser, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabPage]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = LabPage(page=context.new_page(), server=server, pictures=tmp_path_factory.mktemp("pictures"))
    page.open()
    yield page
    context.close()


OPEN = "model v2 (copy).ipynb"  # JupyterLab notes the kernel in what it opens, so this one is saved on the way


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    return {path.name: b"" if path.name == OPEN else path.read_bytes() for path in files}


def row(lab: LabPage, name: str) -> Locator:
    return lab.page.locator(f'.mlnb-Adopt-row[data-path="old/{name}"]')


def front(lab: LabPage) -> Locator:
    return lab.page.locator(".lm-DockPanel-widget:not(.lm-mod-hidden)")


def test_the_panel_shows_what_led_to_the_notebook(lab: LabPage) -> None:
    """The open notebook stands between its parents and its children; a click opens one of them."""
    lab.execute("docmanager:open", {"path": "notebooks/030_experiment_logistic-regression-rain-tomorrow.ipynb"})
    lab.execute("mlnb:show-notebook")
    rows = lab.page.locator(".mlnb-Family-row")
    expect(rows).to_have_count(6)
    expect(lab.page.locator(".mlnb-Family-row[data-here=true]")).to_contain_text("030 Logistic regression")
    rows.last.scroll_into_view_if_needed()
    lab.screenshot("lineage-panel", lab.page.locator("#mlnb-notebook"))
    rows.filter(has_text="020 Weather days").locator("button").click()
    expect(front(lab).locator("h1").first).to_contain_text("Weather days and lags")
    expect(lab.page.locator(".mlnb-Family-row[data-here=true]")).to_contain_text("020 Weather days")


def test_the_lineage_of_the_project(lab: LabPage) -> None:
    """The tab draws the whole project; pressing a node shows its family, and Open opens it."""
    lab.execute("application:toggle-left-area")
    lab.execute("mlnb:show-lineage")
    tab = lab.page.locator(".mlnb-LineageTab")
    nodes = tab.locator(".mlnb-Lineage-node")
    expect(nodes).to_have_count(9)
    boosting = nodes.filter(has_text="031 Gradient boosting")
    boosting.click()
    expect(nodes.filter(has_text="040 Rain tomorrow")).to_have_attribute("data-family", "false")
    lab.screenshot("lineage")
    boosting.press("ArrowLeft")
    expect(tab.locator(".mlnb-Lineage-selected")).not_to_contain_text("031")
    tab.locator("input[name=filter]").fill("weather")
    expect(nodes).to_have_count(5)
    tab.locator("input[name=filter]").fill("")
    tab.get_by_role("button", name="Show as a list").click()
    expect(tab.locator("tbody tr")).to_have_count(9)
    tab.get_by_role("button", name="Show as a list").click()
    nodes.filter(has_text="010 How often it rains").click()
    tab.locator(".mlnb-Lineage-open").click()
    expect(front(lab).locator("h1").first).to_contain_text("How often it rains")


def test_adopt_and_undo(lab: LabPage, work: Path, old: Path) -> None:
    """The plan is edited and applied, links follow, what is open follows; undone, every byte is as before."""
    before = bytes_of(old)
    lab.execute("docmanager:open", {"path": f"old/{OPEN}"})
    lab.execute("application:toggle-left-area")
    lab.execute("filebrowser:refresh")
    lab.page.locator('.jp-DirListing-item[data-isdir="true"]', has_text="old").click(button="right")
    lab.page.locator(".lm-Menu-item", has_text="Adopt Notebooks Here…").click()
    tab = lab.page.locator(".mlnb-AdoptTab")
    expect(row(lab, OPEN)).to_be_visible(timeout=RENAMED_WITHIN)
    expect(row(lab, OPEN).locator("select")).to_have_value("experiment")
    expect(row(lab, "notes.ipynb").locator("input[name=apply]")).not_to_be_checked()
    title = row(lab, "clean data FINAL.ipynb").locator("input[name=title]")
    title.fill("Prices without gaps")
    expect(row(lab, "clean data FINAL.ipynb")).to_contain_text("cleaning_prices-without-gaps.ipynb")
    row(lab, "clean data FINAL.ipynb").locator("button[name=reasons]").click()
    prices = row(lab, "prices.csv")
    prices.locator("input[name=features]").fill("monthly")
    prices.locator("input[name=apply]").check()
    apply = tab.locator(".mlnb-Adopt-apply")
    expect(apply).to_be_enabled()
    lab.screenshot("adopt")
    apply.click()
    expect(tab.locator(".mlnb-Adopt-moves li")).not_to_have_count(0, timeout=RENAMED_WITHIN)
    after = bytes_of(old)
    assert "clean data FINAL.ipynb" not in after
    (cleaning,) = [name for name in after if name.endswith("cleaning_prices-without-gaps.ipynb")]
    assert cleaning in after["README.md"].decode()
    assert (work / "data" / "prices_2024-12-01_monthly.csv").is_file()
    expect(lab.page.locator(".lm-TabBar-tabLabel", has_text="032_experiment_ridge-regression-on-prices")).to_have_count(
        1
    )
    tab.locator(".mlnb-Adopt-undo").click()
    expect(tab).to_contain_text("Undone", timeout=RENAMED_WITHIN)
    assert before == bytes_of(old)
    expect(lab.page.locator(".lm-TabBar-tabLabel", has_text=OPEN)).to_have_count(1)


def test_the_chart_is_drawn(lab: LabPage, work: Path) -> None:
    """Mermaid draws what `mlnb lineage --mermaid` writes, whatever names files have."""
    labels = [label for label, _ in json.loads((REPOSITORY / "tests" / "lineage" / "mermaid.json").read_text("utf-8"))]
    nodes = [Node(str(place), "notebook", label, missing=place % 2 == 0) for place, label in enumerate(labels)]
    edges = [Edge(str(place), str(place + 1), "next") for place in range(len(labels) - 1)]
    chart = mermaid(around(graph(nodes, edges), "1"))
    (work / "chart.md").write_text(f"```mermaid\n{chart}```\n")
    lab.execute("docmanager:open", {"path": "chart.md", "factory": "Markdown Preview"})
    drawn = front(lab).locator(".jp-RenderedMermaid img")
    expect(drawn).to_be_visible(timeout=RENAMED_WITHIN)
    expect(front(lab).locator(".jp-mod-warning")).to_have_count(0)
    text = lab.page.evaluate(
        "uri => new DOMParser().parseFromString(decodeURIComponent(uri.split(',')[1]), 'image/svg+xml').documentElement.textContent",
        drawn.get_attribute("src"),
    )
    shown = "".join(text.split())
    assert [] == [
        label for label in labels if "".join(label.replace("\0", "").replace("\u202e", "").split()) not in shown
    ]


def test_nothing_complained(lab: LabPage) -> None:
    """The whole story left no error in the browser's console."""
    assert [] == lab.errors
