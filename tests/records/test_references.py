"""Renamed files are renamed wherever they are named, and no other byte changes."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from mlnb.notebook import document
from mlnb.project import Project
from mlnb.records import references
from tests import percent

RAIN = "010_exploration_rain.ipynb"
SNOW = "010_exploration_snow.ipynb"


def rain(project: Project) -> Path:
    return percent.write(project.notebooks / RAIN, "# %% [markdown]\n# # Rain\n# %%\nx = 1")


def after(
    project: Project, file: str, text: str, old: str = f"notebooks/{RAIN}", new: str = f"notebooks/{SNOW}"
) -> str:
    """What a text file reads like once `old` is called `new`."""
    rain(project)
    path = project.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    made = references.rewritten(project, {project.root / old: project.root / new})
    return next((rewrite.text for rewrite in made if rewrite.path == path), text)


SAME = None
IN_TEXTS = [
    ("README.md", f"[rain](notebooks/{RAIN})", f"[rain](notebooks/{SNOW})"),
    (
        "README.md",
        f"[rain](./notebooks/{RAIN}#Findings 'x') and [b](<notebooks/{RAIN}>)",
        f"[rain](./notebooks/{SNOW}#Findings 'x') and [b](<notebooks/{SNOW}>)",
    ),
    (
        "docs/a.md",
        f"[rain](../notebooks/{RAIN}), [r]: ../notebooks/{RAIN}",
        f"[rain](../notebooks/{SNOW}), [r]: ../notebooks/{SNOW}",
    ),
    ("docs/a.md", f"[rain](notebooks/{RAIN})", SAME),  # leads nowhere from there
    (
        "README.md",
        "[010_exploration_rain](notebooks/010_exploration_rain.ipynb)",
        "[010_exploration_snow](notebooks/010_exploration_snow.ipynb)",
    ),
    ("README.md", f"[{RAIN}](notebooks/{RAIN})", f"[{SNOW}](notebooks/{SNOW})"),
    (
        "README.md",
        f'<img src="notebooks/{RAIN}"> **{RAIN}** `{RAIN}`',
        f'<img src="notebooks/{SNOW}"> **{SNOW}** `{SNOW}`',
    ),
    ("README.md", f"https://example.org/notebooks/{RAIN} [x](https://example.org/{RAIN})", SAME),
    ("README.md", f"old_{RAIN} {RAIN}.bak {RAIN}_2 x{RAIN} notebooks2/{RAIN}", SAME),
    ("README.md", f"line\r\n{RAIN}\r\n\tend  ", f"line\r\n{SNOW}\r\n\tend  "),
    (
        "run.sh",
        f'papermill notebooks/{RAIN} out.ipynb && cp "notebooks/{RAIN}" x',
        f'papermill notebooks/{SNOW} out.ipynb && cp "notebooks/{SNOW}" x',
    ),
    ("Makefile", f"all: notebooks/{RAIN}\n", f"all: notebooks/{SNOW}\n"),
    ("dvc.yaml", f"deps:\n- notebooks/{RAIN}\n", f"deps:\n- notebooks/{SNOW}\n"),
    ("x.toml", f"exclude = ['notebooks/{RAIN}']", f"exclude = ['notebooks/{SNOW}']"),
    ("src/a.py", f"run('notebooks/{RAIN}')  # see {RAIN}", f"run('notebooks/{SNOW}')  # see {SNOW}"),
    ("src/a.py", f"run(HERE / '{RAIN}')", f"run(HERE / '{SNOW}')"),
    ("src/a.py", f"run('../notebooks/{RAIN}')", f"run('../notebooks/{SNOW}')"),
    ("data/a.csv", f"notebooks/{RAIN}", SAME),
    (".git/a.md", f"notebooks/{RAIN}", SAME),
    ("runs/a.md", f"../notebooks/{RAIN}", SAME),
    ("pipelines/a.md", f"../notebooks/{RAIN}", SAME),
]


@pytest.mark.parametrize(("file", "before", "expected"), IN_TEXTS)
def test_texts(project: Project, file: str, before: str, expected: str | None) -> None:
    """Relative paths are understood from the file and from the root; what others publish stays as it is."""
    assert (expected or before) == after(project, file, before)


NAMES = [
    (
        "two words.ipynb",
        "one word.ipynb",
        "[x](notebooks/two%20words.ipynb) `notebooks/two words.ipynb`",
        "[x](notebooks/one%20word.ipynb) `notebooks/one word.ipynb`",
    ),
    (
        "订单.ipynb",
        "注文.ipynb",
        "[x](notebooks/订单.ipynb), [y](notebooks/%E8%AE%A2%E5%8D%95.ipynb)",
        "[x](notebooks/注文.ipynb), [y](notebooks/注文.ipynb)",
    ),
    ("a(1) [x].ipynb", "b.ipynb", "[x](notebooks/a%281%29%20%5Bx%5D.ipynb)", "[x](notebooks/b.ipynb)"),
    ("café.ipynb", "tea.ipynb", "[x](notebooks/cafe\u0301.ipynb)", "[x](notebooks/tea.ipynb)"),
    (
        "rain.ipynb",
        "snow.ipynb",
        "notebooks/EDA rain.ipynb and notebooks/rain.ipynb",
        "notebooks/EDA rain.ipynb and notebooks/snow.ipynb",
    ),
]


@pytest.mark.parametrize(("old", "new", "before", "expected"), NAMES)
def test_names_of_all_sorts(project: Project, old: str, new: str, before: str, expected: str) -> None:
    """Spaces, brackets, other scripts and accents in two parts, written raw or encoded."""
    percent.write(project.notebooks / "EDA rain.ipynb", "# %%\nx = 1")
    percent.write(project.notebooks / old, "# %%\nx = 1")
    assert expected == after(project, "README.md", before, f"notebooks/{old}", f"notebooks/{new}")


NOTEBOOK = f"""
# %% [markdown]
# # Ridge
# **From:** [010_exploration_rain]({RAIN})  **Next:** —
# %%
%run {RAIN}
path = "../notebooks/{RAIN}"
# %%
print("{RAIN[:-6]}")
"""


@pytest.mark.parametrize("indent", [1, 4, None])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_notebooks_keep_every_other_byte(project: Project, indent: int | None, ascii_only: bool) -> None:
    """However a tool has written the JSON, only the names in it change; the metadata names the parent as well."""
    rain(project)
    tree = percent.tree(NOTEBOOK)
    tree["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": f"é {RAIN}"}]
    tree["metadata"]["mlnb"] = {"parent": f"notebooks/{RAIN}", "children": ["notebooks/x.ipynb", f"notebooks/{RAIN}"]}
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only).replace("\n", "\r\n") + "  \n"
    path = project.notebooks / "030_experiment_ridge.ipynb"
    path.write_bytes(text.encode())
    (made,) = references.rewritten(project, {project.notebooks / RAIN: project.notebooks / SNOW})
    assert (path, text, 5) == (made.path, made.before, made.count)
    expected = text.replace(RAIN, SNOW).replace("[010_exploration_rain]", "[010_exploration_snow]")
    outputs = json.dumps(f"é {SNOW}", ensure_ascii=ascii_only), json.dumps(f"é {RAIN}", ensure_ascii=ascii_only)
    assert json.loads(expected.replace(*outputs)) == json.loads(made.text)
    assert len(text.replace(*outputs)) == len(made.text)
    assert "\r\n" in text or indent is None


def test_a_notebook_that_changes_its_folder_names_the_same_files(project: Project) -> None:
    """Links, pictures and paths in code of the moved notebook are written for its new place; web links are not."""
    path = percent.write(
        project.notebooks / RAIN,
        """
# %% [markdown]
# [next](020_cleaning_x.ipynb#a) ![](../figs/a%20b.png) [me](010_exploration_rain.ipynb) [web](https://a.b/c.ipynb) [top](#top)
# %%
df = read("../data/raw.csv"), read("no/such.csv"), read("raw.csv"), "plain text", "/etc/hosts"
%run -i 020_cleaning_x.ipynb
""",
    )
    percent.write(project.notebooks / "020_cleaning_x.ipynb", f"# %% [markdown]\n# [back]({RAIN})")
    for file in ("figs/a b.png", "data/raw.csv"):
        (project.root / file).parent.mkdir(exist_ok=True)
        (project.root / file).write_text("x")
    moved = project.notebooks / "old" / RAIN
    made = {rewrite.path.name: rewrite for rewrite in references.rewritten(project, {path: moved})}
    moved.parent.mkdir()
    moved.write_text(made[RAIN].text)
    cells = document.read(moved).cells
    links = "[next](../020_cleaning_x.ipynb#a) ![](../../figs/a%20b.png) [me](010_exploration_rain.ipynb) [web](https://a.b/c.ipynb) [top](#top)"
    assert links == cells[0].source
    code = 'df = read("../../data/raw.csv"), read("no/such.csv"), read("raw.csv"), "plain text", "/etc/hosts"\n%run -i ../020_cleaning_x.ipynb'
    assert code == cells[1].source
    assert f"[back](old/{RAIN})" in made["020_cleaning_x.ipynb"].text
    assert 4 == made[RAIN].count


def test_after_the_move(project: Project) -> None:
    """A move that was made already is followed: others' links, and the moved notebook's own; twice is once."""
    path = rain(project)
    (project.root / "README.md").write_text(f"[rain](notebooks/{RAIN})")
    other = percent.write(project.notebooks / "020_cleaning_x.ipynb", f"# %% [markdown]\n# [back]({RAIN})")
    path.write_text(path.read_text().replace("# Rain", "# Rain [next](020_cleaning_x.ipynb)"))
    new = project.root / "old" / SNOW
    new.parent.mkdir()
    path.rename(new)
    for _ in range(2):
        for rewrite in references.rewritten(project, {path: new}, done=True):
            rewrite.path.write_text(rewrite.text)
        assert f"[rain](old/{SNOW})" == (project.root / "README.md").read_text()
        assert f"[back](../old/{SNOW})" in other.read_text()
        assert "[next](../notebooks/020_cleaning_x.ipynb)" in new.read_text()


def test_one_name_in_two_folders(project: Project) -> None:
    """A bare name that two files have is left alone; with its folder it means one."""
    percent.write(project.root / "b" / RAIN, "# %%\nx = 1")
    text = f"{RAIN} b/{RAIN} notebooks/{RAIN}"
    assert f"{RAIN} b/{RAIN} notebooks/{SNOW}" == after(project, "README.md", text)


def test_data_files(project: Project) -> None:
    """Data is found in strings and comments of code; `bookings.csv` as code is an attribute."""
    (project.data / "bookings.csv").write_text("a\n1\n")
    path = percent.write(
        project.notebooks / RAIN,
        '# %%\ndf = read("../data/bookings.csv"), DATA / "bookings.csv"\nbookings.csv\n# %% [markdown]\n# from `bookings.csv`',
    )
    new = project.data / "bookings_2025-03-14_price.csv"
    (made,) = references.rewritten(project, {project.data / "bookings.csv": new})
    path.write_text(made.text)
    cells = document.read(path).cells
    assert f'df = read("../data/{new.name}"), DATA / "{new.name}"\nbookings.csv' == cells[0].source
    assert f"from `{new.name}`" == cells[1].source


def test_swapped_names(project: Project) -> None:
    """Two files that take each other's names do not end up as one."""
    a, b = rain(project), project.notebooks / SNOW
    percent.write(b, "# %%\nx = 2")
    (project.root / "README.md").write_text(f"[a](notebooks/{RAIN}) [b](notebooks/{SNOW})")
    (made,) = references.rewritten(project, {a: b, b: a})
    assert f"[a](notebooks/{SNOW}) [b](notebooks/{RAIN})" == made.text


def test_counted(project: Project) -> None:
    """Each file that names a target, and how often; a link whose label is the name counts once."""
    path = rain(project)
    other = percent.write(project.notebooks / "b.ipynb", NOTEBOOK)
    (project.root / "README.md").write_text(f"[{RAIN}](notebooks/{RAIN}) notebooks/{RAIN}")
    assert {path: {project.root / "README.md": 2, other: 3}, other: {}} == references.counted(project, [path, other])


def test_hostile_files(project: Project) -> None:
    """What cannot be read is passed over: bytes, broken notebooks, links to elsewhere, pipes, deep nesting."""
    rain(project)
    (project.root / "a.md").write_bytes(b"\xff" + RAIN.encode())
    (project.root / "b.ipynb").write_text(f'{{"cells": "{RAIN}"')
    (project.root / "c.ipynb").write_text(
        f'{{"cells": [1, {{"source": [3, "{RAIN}"]}}, {{"source": "{RAIN}"}}], "metadata": 3}}'
    )
    (project.root / "d.ipynb").write_text("[" * 100_000 + f'"{RAIN}"')
    (project.root / "e.md").symlink_to(project.root / "nowhere.md")
    os.mkfifo(project.root / "f.md")
    (project.root / "g.md").write_text(RAIN + "x" * references.TEXT_LIMIT)
    found = references.rewritten(project, {project.notebooks / RAIN: project.notebooks / SNOW})
    assert [] == [rewrite.path.name for rewrite in found if rewrite.path.name != "c.ipynb"]
    gone = project.root / "no.ipynb"
    assert {gone: {}} == references.counted(project, [gone])


@pytest.mark.parametrize(
    "text", [f"{RAIN} " * 60_000, f'"{RAIN}' * 60_000, f"]({RAIN}" * 60_000, ".ipynb" * 300_000, "](" * 900_000]
)
def test_hostile_texts_take_no_longer(project: Project, text: str) -> None:
    """Time grows with the text and not with its square."""
    started = time.perf_counter()
    after(project, "README.md", text[: references.TEXT_LIMIT])
    assert time.perf_counter() - started < 10
