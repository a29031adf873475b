"""Splitting as a whole: what is offered, what is made, what is refused, and that the second part computes the same."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from mlnb import api
from mlnb.create.split import Split, split
from mlnb.create.split_offers import Offers, Wish, offers
from mlnb.errors import MissingKernel, MlnbError, NotSplittable
from mlnb.notebook import document, links
from mlnb.notebook.kinds import Kind
from mlnb.project import Project
from mlnb.records import changes
from mlnb.run.execute import rehearse as in_kernel
from tests import percent
from tests.create import plain_kernel

RAIN = """
# %% [markdown]
# # Rain
# *exploration · 010 · 2014-12-31*  **From:** —  **Next:** —
# %% parameters
# parameters
DATA: str = "weather_2014-12-31_daily"
LIMIT: float = 2.0  # colder days are left out
# %%
import pandas as pd
import mlnb

days = mlnb.load(DATA)
# %%
FACTOR = 2


# What is warm is a question of taste.
def warm(frame):
    return frame[frame["temp"] * FACTOR > LIMIT * FACTOR]


kept = warm(days).assign(day=pd.to_datetime(days["date"])).set_index("day")
names = [name for name in kept.columns]
mean = kept["temp"].mean()
# %% [markdown]
# ## How warm it is
# %%
print(mean, names, type(mean).__name__)
kept.describe()
# %%
again = warm(kept)
print(again.index, again.dtypes.to_dict())
# %%
mean = mean + len(again)
mean
"""


def write(project: Project, text: str = RAIN, name: str = "010_exploration_rain.ipynb") -> Path:
    return percent.write(project.notebooks / name, text)


def apply(project: Project, path: Path, rehearse: Any = plain_kernel.rehearse, **wish: Any) -> Split:
    """Make the first cut that is offered."""
    found = offers(project, path)
    offer = found.offers[0]
    wanted = Wish(offer.cell, offer.kind, offer.title, found.sha256)
    return split(project, path, Wish(**{**vars(wanted), **wish}), rehearse=rehearse, progress=lambda stage: None)


def code(path: Path) -> list[str]:
    return [cell.source for cell in document.read(path).code_cells]


def how(found: Offers) -> dict[str, str]:
    return {one.name: one.how for one in found.offers[0].crossing}


def everything(project: Project) -> dict[str, bytes]:
    """Every file of the project but mlnb's own notes."""
    files = (path for path in project.root.rglob("*") if path.is_file() and project.cache not in path.parents)
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in files}


def test_an_offer(weather: Project) -> None:
    """The code tells what crosses and how; nothing is run for it, and nothing is written."""
    path = write(weather)
    before = everything(weather)
    found = offers(weather, path)
    assert ["How warm it is"] == [offer.heading for offer in found.offers]
    assert (3, 3, Kind.EXPLORATION) == (found.offers[0].before, found.offers[0].after, found.offers[0].kind)
    assert weather.notebooks / "011_exploration_how-warm-it-is.ipynb" == found.offers[0].path
    assert {
        "kept": "dataset",
        "mean": "value",
        "names": "value",
        "FACTOR": "parameter",
        "LIMIT": "parameter",
        "warm": "code",
    } == how(found)
    assert before == everything(weather)
    assert not weather.cache.exists()


def test_in_real_kernels(weather: Project) -> None:
    """The second part shows what it showed before, both notebooks are linked, and undoing brings every byte back."""
    path = write(weather)
    before, moved = everything(weather), code(path)[3:]
    made = apply(weather, path, in_kernel)
    assert () == made.notes
    assert [
        "# parameters\n"
        'KEPT_DATA: str = "rain-kept_2014-12-31_date-temp-weather"\n'
        'VALUES_DATA: str = "rain-values_2014-12-31_mean-names"\n'
        "LIMIT: float = 2.0  # colder days are left out\n"
        "FACTOR = 2",
        "import json\n\n"
        "import mlnb\n\n"
        "kept = mlnb.load(KEPT_DATA)\n"
        "values = mlnb.load(VALUES_DATA)\n"
        'mean = values.at[0, "mean"]\n'
        'names = json.loads(values.at[0, "names"])',
        '# What is warm is a question of taste.\ndef warm(frame):\n    return frame[frame["temp"] * FACTOR > LIMIT * FACTOR]',
        *moved,
    ] == code(made.path)
    assert (
        "# What 011_exploration_how-warm-it-is goes on with.\n"
        "import json\n\n"
        'mlnb.save(kept, "rain-kept", features="date-temp-weather")\n'
        'mlnb.save(pd.DataFrame({"mean": [mean], "names": [json.dumps(names)]}), "rain-values", features="mean-names")'
    ) == code(path)[-1]
    assert ["010_exploration_rain.ipynb"] == [link.target for link in links.from_links(document.read(made.path))]
    assert ["011_exploration_how-warm-it-is.ipynb"] == [link.target for link in links.next_links(document.read(path))]
    runs = [api.run(weather, one, {}) for one in (path, made.path)]
    assert ["succeeded", "succeeded"] == [run.state for run in runs]
    executed = document.read(api.find_run(weather, runs[1].id)[1] / "notebook.ipynb")
    assert "4.0 ['date', 'temp', 'weather'] float64" == executed.code_cells[3].outputs[0]["text"].strip()
    undone = changes.undo(weather)
    assert [True] * 4 == [reason.endswith("reads it") for _, reason in undone.refused]
    assert before.items() < everything(weather).items()


def test_undo_removes_what_nothing_uses(weather: Project) -> None:
    """The datasets of a split go with it, unless another notebook names one of them."""
    path = write(weather)
    before = everything(weather)
    apply(weather, path)
    assert [] == changes.undo(weather).refused
    assert before == everything(weather)
    apply(weather, path)
    other = write(weather, '# %%\nDATA = "rain-kept_2014-12-31_date-temp-weather"', "030_experiment_warm.ipynb")
    refused = changes.undo(weather).refused
    assert ["notebooks/030_experiment_warm.ipynb names it"] * 2 == [reason for _, reason in refused]
    assert other.is_file()
    assert {"rain-kept_2014-12-31_date-temp-weather.parquet"} <= {file.name for file in weather.data.iterdir()}


def test_undo_loses_no_cells(weather: Project) -> None:
    """When the first part was changed since, it cannot come back, and so the second part has to stay."""
    path = write(weather)
    made = apply(weather, path)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = everything(weather)
    undone = changes.undo(weather)
    assert (0, [("notebooks/010_exploration_rain.ipynb", "it was changed since, so nothing was undone")]) == (
        undone.restored,
        undone.refused,
    )
    assert before == everything(weather)
    assert made.path.is_file()


def test_the_original_keeps_its_bytes(weather: Project) -> None:
    """Up to the cut only the Next link changes; outputs, spelling and indent of the file stay."""
    path = write(weather)
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["é\n"]}]
    tree["metadata"]["z"] = {"a": [1, 2]}
    path.write_text(json.dumps(tree, indent=4), encoding="utf-8")
    before = path.read_text(encoding="utf-8").splitlines()
    apply(weather, path)
    after = path.read_text(encoding="utf-8").splitlines()
    cut = before.index('                "## How warm it is"')
    differing = [(old, new) for old, new in zip(before[: cut - 7], after, strict=False) if old != new]
    assert ["**Next:**" in new for _, new in differing] == [True]
    json.loads("\n".join(after))


def cells(*parts: str) -> str:
    """A notebook of code cells, a heading before the last ones from the part that begins with `##`."""
    return "\n".join(f"# %% [markdown]\n# {part}" if part.startswith("##") else f"# %%\n{part}" for part in parts)


HOWS = [
    ("import numpy as np", "np.zeros(1)", {"np": "code"}),
    ("try:\n    import numpy as np\nexcept ImportError:\n    np = None", "np", {"np": "code"}),
    ("def f(x):\n    return x", "f(1)", {"f": "code"}),
    ("K = 3\ndef f(x, k=K):\n    return x * k", "f(1)", {"f": "code", "K": "parameter"}),
    ("K = 3\ndef f(x, k=K):\n    return x * k\nK = K + 1", "f(1)", {"f": "refused"}),
    ("def f():\n    return g()\ndef g():\n    return 1", "f()", {"f": "code", "g": "code"}),
    ("class A:\n    pass", "A()", {"A": "code"}),
    ("f = lambda x: x", "f(1)", {"f": "code"}),
    ("a = 1", "a", {"a": "parameter"}),
    ("a = (1, 2)", "a", {"a": "code"}),
    ("a = []\na.append(1)", "a", {"a": "value"}),
    ("a = 0\nfor i in range(3): a += i", "a", {"a": "dataset"}),
    ("a = 2\nb = a * 3", "b", {"a": "parameter", "b": "code"}),
    ("from pathlib import Path\np = Path('x') / 'y'", "p", {"p": "code", "Path": "code"}),
    ("a = 1\na = 2", "a", {"a": "parameter"}),
    ("a = 1", "a = 5\na", {}),
    ("a = 1", "if input: a = 5\na", {"a": "parameter"}),
    ("x = (i for i in range(3))", "list(x)", {"x": "refused"}),
    ("import sqlite3\nc = sqlite3.connect('x')", "c", {"c": "refused"}),
    ("m = object()\nm.fit(1)", "m", {"m": "refused"}),
    ("from numpy import *", "zeros(1)", {"*": "code"}),
    ("import pandas as pd\nd = pd.read_csv('x.csv')\nd['y'] = 1", "d", {"d": "dataset"}),
    ("import mlnb\nd = mlnb.load('weather')", "d", {"d": "code", "mlnb": "code"}),
    ("a = 1\ndel a", "print(1)", {}),
    ("files = !ls\n", "files", {"files": "dataset"}),
    ("a = 1", "%timeit a", {"a": "parameter"}),
    ("a = 1", "!echo {a}", {"a": "parameter"}),
]


@pytest.mark.parametrize(("first", "second", "expected"), HOWS)
def test_how(project: Project, first: str, second: str, expected: dict[str, str]) -> None:
    """What the code says of a name decides how it is handed over."""
    found = offers(project, write(project, cells(first, "## Then", second)))
    assert expected == how(found)


TABLES = """
import numpy as np
import pandas as pd

X = np.arange(6.0).reshape(2, 3)
y = X[:, 0].copy()
marks = pd.Series([True, False], name=3).copy()
dates = pd.DataFrame({"a": [1]}, index=pd.date_range("2020", periods=1)).copy()
same = dates
words = pd.DataFrame({"a": ["x", None]}, dtype=object).copy()
share = words["a"].notna().mean()
columns = words.columns
"""
SEEN = """
same["b"] = 1
print(X @ X.T, y.dtype, marks, dates, dates.index, words, words.dtypes, columns, repr(share))
"""
SAME = [
    (TABLES, SEEN),
    ("import datetime\na = {1: (2, 3)}\na[2] = 'x'\nb = datetime.date(2020, 1, len(a))", "print(a, b)"),
    ("import random\nrandom.seed(3)", "print(random.random())"),
    ("count = 0\ndef more():\n    global count\n    count += 1\nmore()", "more()\nprint(count)"),
    ("limits = [1]\ndef grow(): limits.append(2)\ngrow()", "print(limits)"),
    ("def f(x): return x * k\nk = len('abc')", "print(f(2))\nk = 5\nprint(f(2))"),
    ("from math import *\nx = floor(2.5)", "print(ceil(x + 0.5), pi)"),
    ("a = 1; b = 2\nc = f'{a}{b}'", "print(c)"),
    ("x = 1", "1 / 0"),
    ("print(1)", "print(2)"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_second_part_computes_the_same(project: Project, first: str, second: str) -> None:
    """Split, then run both parts in the project itself: the moved cells show what they showed before."""
    path = write(project, cells(first, "## Then", second))
    tree = document.as_node(document.read_tree(path))
    whole, *_ = plain_kernel.rehearse(tree, path.parent, {})
    made = apply(project, path)
    plain_kernel.rehearse(document.as_node(document.read_tree(path)), path.parent, {})
    executed, *_ = plain_kernel.rehearse(document.as_node(document.read_tree(made.path)), path.parent, {})
    assert whole["cells"][-1]["outputs"] == executed["cells"][-1]["outputs"]
    failed = ["cell 3 fails as it did before: ZeroDivisionError: division by zero"] if "/ 0" in second else []
    assert failed == [note for note in made.notes if "nothing dated" not in note]


REFUSED = [
    ("x = iter([1, 2])", "print(next(x))", "`x`, a list_iterator: only tables"),
    (
        "import random\nrandom.seed(3)\nrandom.random()",
        "print(random.random())",
        "the second part would not compute the same: cell 3 showed",
    ),
    (
        "import random, uuid\nrandom.seed(3)\nrandom.random()",
        "print(uuid.uuid4())\n# %%\nprint(random.random())",
        "the second part would not compute the same: cell 4 showed",
    ),
    ("import numpy as np\nX = np.arange(4)\ny = X[:2]", "X[0] = 9\nprint(y)", "`y`, it shares its memory with `X`"),
    (
        "import pandas as pd\nt = {'a': pd.DataFrame().copy()}",
        "print(t)",
        "`t`, a dict that holds more than plain values",
    ),
    (
        "import pandas as pd\nt = pd.DataFrame({'a': [1, 'x']}).copy()",
        "print(t)",
        "`t`, a pandas.DataFrame, but it cannot be kept",
    ),
    ("1 / 0", "print(1)", "the notebook as it is fails in cell 1: ZeroDivisionError"),
    ("if len('x') > 3: y = 1", "print('y' in globals(), globals().get('y', y))", "`y`, it is not bound"),
    ("exec('hidden = 3')", "print(hidden)", "the second part fails in cell 3 of the original: NameError"),
    ("class A: n = 0\nA.n = 5", "print(A.n)", "`A`, a type: only tables"),
]


@pytest.mark.parametrize(("first", "second", "reason"), REFUSED)
def test_refused(project: Project, first: str, second: str, reason: str) -> None:
    """A refusal names the cell or the name, and not one byte of the project has changed."""
    path = write(project, cells(first, "## Then", second))
    before = everything(project)
    with pytest.raises(NotSplittable) as refusal:
        apply(project, path)
    assert reason in str(refusal.value)
    assert before == everything(project)
    assert [] == changes.listing(project)
    assert [] == list((project.cache / "split").iterdir())


NOTHING = [
    ("# %%\na = 1\n# %%\na", "there is no heading in the middle half of the notebook"),
    ("# %%\na = 1", "it has too few code cells"),
    ("# %% [markdown]\n# ## x", "it has too few code cells"),
    (cells("a = 1", "## Then", "a ="), "cell 3, line 1 is not valid Python"),
    (cells("## All", "a = 1", "a"), "there is no heading in the middle half of the notebook"),
    (cells("a = 1", "text\n#\n# ## Later", "a"), "there is no heading in the middle half of the notebook"),
]


@pytest.mark.parametrize(("text", "problem"), NOTHING)
def test_nothing_to_offer(project: Project, text: str, problem: str) -> None:
    """Where there is no cut, a sentence says why; and none is made."""
    path = write(project, text)
    found = offers(project, path)
    assert () == found.offers
    assert found.problem is not None
    assert problem in found.problem
    with pytest.raises(NotSplittable):
        split(
            project, path, Wish(1, Kind.EXPLORATION, "x"), rehearse=plain_kernel.rehearse, progress=lambda stage: None
        )


def test_another_language(project: Project) -> None:
    """Only Python is read."""
    path = write(project, cells("x <- 1", "## Then", "x"))
    tree = document.read_tree(path)
    tree["metadata"] = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
    document.write(path, tree)
    assert "its code is not Python" == offers(project, path).problem


def test_the_thinnest_first(project: Project) -> None:
    """What can be handed over before what cannot, few before many, the middle before the ends, a chapter before a section."""
    text = cells(
        "a = len('x')",
        "b = len('y')",
        "## Two cross",
        "print(a, b)",
        "## One crosses",
        "print(a)",
        "## Model",
        "m = iter([a])",
        "## Refused",
        "print(a, m)",
        "print(1)",
    )
    headings = [offer.heading for offer in offers(project, write(project, text)).offers]
    assert ["One crosses", "Model", "Two cross", "Refused"] == headings


def test_long(project: Project) -> None:
    """More than 40 code cells, or 400 lines; an exploration may have 60 and 500."""
    text = "\n".join("# %%\nx = 1" for _ in range(41))
    assert (True, False) == tuple(
        offers(project, write(project, text, name)).is_long
        for name in ("030_experiment_a.ipynb", "010_exploration_a.ipynb")
    )
    lines = "# %%\n" + "x = 1\n" * 401
    assert (
        "it has 401 lines of code; more than 400 are hard to follow"
        == offers(project, write(project, lines, "030_experiment_a.ipynb")).why
    )


def test_changed_since(weather: Project) -> None:
    """A notebook that was changed between the offer and the consent is not touched."""
    path = write(weather)
    with pytest.raises(NotSplittable, match="was changed since the cut was offered"):
        apply(weather, path, sha256="0" * 64)

    def meddling(node: Any, cwd: Path, environment: Any) -> Any:
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return plain_kernel.rehearse(node, cwd, environment)

    with pytest.raises(NotSplittable, match="was changed while it was being split"):
        apply(weather, path, meddling)
    assert ["010_exploration_rain.ipynb"] == [file.name for file in weather.notebooks.iterdir()]
    assert 2 == len(list(weather.data.iterdir()))


def test_a_kernel_that_is_missing(weather: Project) -> None:
    """The sentence says what is installed."""
    path = write(weather)
    tree = document.read_tree(path)
    tree["metadata"]["kernelspec"]["name"] = "conda-env-gone"
    document.write(path, tree)
    with pytest.raises(MissingKernel, match="conda-env-gone"):
        apply(weather, path, in_kernel)


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(weather: Project) -> None:
    """Said before anything runs."""
    path = write(weather)
    weather.notebooks.chmod(0o500)
    try:
        with pytest.raises(MlnbError, match="may not be written"):
            apply(weather, path)
    finally:
        weather.notebooks.chmod(0o700)


def test_what_differs_with_every_run(project: Project) -> None:
    """An output that no two runs share cannot be compared, and that is said."""
    made = apply(project, write(project, cells("import uuid", "## Then", "print(uuid.uuid4())")))
    assert ("cell 3 could not be compared: in the original it differs with every run as well",) == made.notes


def test_without_a_header(project: Project) -> None:
    """Where no cell could hold the link, one is added; data that nothing dates gets today's date, and that is said."""
    text = cells("import pandas as pd\nt = pd.DataFrame({'a': [len('x')]})", "## Then", "print(t)")
    path = write(project, text)
    made = apply(project, path)
    assert ["markdown", "code"] == [cell.type for cell in document.read(path).cells[-2:]]
    assert re.search(r'mlnb\.save\(t, "rain-t", features="a", as_of="\d{4}-\d\d-\d\d"\)', code(path)[-1])
    assert "nothing dated is loaded" in made.notes[0]
    assert [file.suffix for file in made.datasets] == [".parquet"]


def test_files_beside_the_notebook(project: Project) -> None:
    """Modules and files of the project are there when the parts are run, and are not written to."""
    (project.notebooks / "own.py").write_text("def one():\n    return 1\n", encoding="utf-8")
    (project.notebooks / "out.txt").write_text("mine", encoding="utf-8")
    text = cells(
        "import own\nfrom pathlib import Path\nPath('out.txt').write_text('theirs')", "## Then", "print(own.one())"
    )
    made = apply(project, write(project, text))
    assert "import own" in code(made.path)[1]
    assert "mine" == (project.notebooks / "out.txt").read_text(encoding="utf-8")


def test_thousands_of_headings(project: Project) -> None:
    """Only the likeliest cuts of a notebook of thousands of headings are looked at, so that it takes seconds."""
    path = write(
        project, "\n".join(f"# %% [markdown]\n# ## Part {turn}\n# %%\nx{turn} = {turn}" for turn in range(1000))
    )
    started = time.perf_counter()
    found = offers(project, path).offers
    assert 0 < len(found) <= 60
    assert time.perf_counter() - started < 20
