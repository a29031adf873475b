"""Notebooks are followed by what they hold, whoever moved them; records stay as they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mlnb import api, atomic
from mlnb.notebook import document
from mlnb.project import Project
from mlnb.records import moves, runs
from mlnb.records.fingerprints import Fingerprint, fingerprint, matched
from mlnb.records.run import Code, RunRecord
from tests import percent

CODE = "# %%\nx = 1\n# %%\ny = 2\n# %%\nz = 3\n# %% [markdown]\n# text"


def notebook(project: Project, name: str, code: str = CODE, identity: str | None = None) -> Path:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    tree = percent.tree(code)
    if identity:
        tree["metadata"]["mlnb"] = {"id": identity}
    document.write(path, tree)
    return path


def ran(project: Project, path: Path) -> RunRecord:
    """A finished run of the notebook, as far as listings read one."""
    record = RunRecord(
        id=runs.new_id(),
        notebook=project.relative(path),
        kind=None,
        title=path.stem,
        state="succeeded",
        created=datetime.now(UTC).isoformat(),
        code=Code(sha256="0"),
    )
    folder = runs.create(project, record)
    tree = document.read_tree(path)
    tree["cells"].insert(
        0,
        {
            "cell_type": "code",
            "source": "x = 9",
            "metadata": {"tags": ["injected-parameters"]},
            "outputs": [],
            "execution_count": 1,
        },
    )
    atomic.write_text(folder / runs.NOTEBOOK, document.dumps(tree))
    return record


def git(project: Project, *words: str) -> None:
    subprocess.run(["git", *words], cwd=project.root, check=True, capture_output=True)


def listed(project: Project, path: Path) -> list[str]:
    return [record.id for record in api.runs(project, path).records]


def test_runs_follow_git_mv(project: Project) -> None:
    """After `git mv` the runs are listed under the new name, and the records are what they were."""
    path = notebook(project, "notebooks/a.ipynb")
    record = ran(project, path)
    git(project, "init", "-q")
    git(project, "add", "-A")
    assert [record.id] == listed(project, path)
    git(project, "mv", "notebooks/a.ipynb", "b.ipynb")
    assert [record.id] == listed(project, project.root / "b.ipynb")
    whole = api.runs(project)
    assert ({record.id: "b.ipynb"}, "notebooks/a.ipynb") == (dict(whole.notebooks), whole.records[0].notebook)
    second = ran(project, project.root / "b.ipynb")
    git(project, "mv", "b.ipynb", "c.ipynb")
    assert {second.id, record.id} == set(listed(project, project.root / "c.ipynb"))
    git(project, "mv", "c.ipynb", "notebooks/a.ipynb")
    assert {second.id, record.id} == set(listed(project, path))


def test_found_without_an_earlier_look(project: Project) -> None:
    """In a fresh clone a notebook that was moved is known by its last executed copy."""
    path = notebook(project, "notebooks/a.ipynb")
    record = ran(project, path)
    notebook(project, "notebooks/other.ipynb", "# %%\nother = 1")
    path.rename(project.root / "b.ipynb")
    shutil.rmtree(project.cache, ignore_errors=True)
    assert [record.id] == listed(project, project.root / "b.ipynb")
    assert [("notebooks/a.ipynb", "b.ipynb", "found")] == [
        (move.old, move.new, move.how) for move in moves.log(project)
    ]


def test_edited_on_the_way(project: Project) -> None:
    """An id says it is the same notebook whatever it holds now; without one half of the cells must be the same."""
    notebook(project, "a.ipynb", CODE, identity="one")
    notebook(project, "b.ipynb", CODE.replace("1", "7").replace("2", "8").replace("3", "9").replace("text", "b"))
    moves.catch_up(project)
    (project.root / "a.ipynb").unlink()
    (project.root / "b.ipynb").unlink()
    notebook(project, "c.ipynb", "# %%\nall = 'new'", identity="one")
    notebook(project, "d.ipynb", "# %%\nx = 7\n# %%\ny = 8\n# %%\nnew = 1\n# %%\nnewer = 1")
    assert {("a.ipynb", "c.ipynb"), ("b.ipynb", "d.ipynb")} == set(moves.catch_up(project))


def test_no_move(project: Project) -> None:
    """A copy beside its original, two copies without it, and a notebook that was deleted are no moves."""
    path = notebook(project, "a.ipynb")
    moves.catch_up(project)
    shutil.copy(path, project.root / "copy.ipynb")
    assert [] == moves.catch_up(project)
    moves.catch_up(project)
    shutil.copy(path, project.root / "x.ipynb")
    path.rename(project.root / "y.ipynb")
    assert [] == moves.catch_up(project)
    (project.root / "y.ipynb").unlink()
    assert [] == moves.catch_up(project)
    assert [] == moves.log(project)


def test_a_template_is_no_evidence(project: Project) -> None:
    """A notebook that was deleted is not taken for the next one of the same template: their ids differ."""
    path = notebook(project, "a.ipynb", CODE, identity="one")
    moves.catch_up(project)
    path.unlink()
    notebook(project, "b.ipynb", CODE, identity="two")
    assert [] == moves.catch_up(project)


def test_away_and_back(project: Project) -> None:
    """A notebook that was gone for a while is known when it comes back elsewhere, and under its old name it is itself."""
    path = notebook(project, "a.ipynb")
    moves.catch_up(project)
    content = path.read_bytes()
    path.unlink()
    assert [] == moves.catch_up(project)
    path.write_bytes(content)
    assert [] == moves.catch_up(project)
    path.unlink()
    moves.catch_up(project)
    (project.root / "b.ipynb").write_bytes(content)
    assert [("a.ipynb", "b.ipynb")] == moves.catch_up(project)


def test_swap_and_case(project: Project) -> None:
    """A change of case is a move; two notebooks that swap names are not gone, so each keeps the runs of its name."""
    a, b = notebook(project, "a.ipynb"), notebook(project, "b.ipynb", "# %%\nb = 1")
    moves.catch_up(project)
    a.rename(project.root / "A.ipynb")
    assert [("a.ipynb", "A.ipynb")] == moves.catch_up(project)
    b.rename(project.root / "t")
    (project.root / "A.ipynb").rename(b)
    (project.root / "t").rename(project.root / "A.ipynb")
    assert [] == moves.catch_up(project)


def test_one_name_in_two_folders(project: Project) -> None:
    """Two notebooks of one name share a folder of runs, and each lists its own, also after one has moved."""
    a, b = notebook(project, "a/x.ipynb"), notebook(project, "b/x.ipynb", "# %%\nb = 1")
    of_a, of_b = ran(project, a), ran(project, b)
    assert ([of_a.id], [of_b.id]) == (listed(project, a), listed(project, b))
    shutil.rmtree(project.cache)
    a.rename(project.root / "c.ipynb")
    assert ([of_a.id], [of_b.id]) == (listed(project, project.root / "c.ipynb"), listed(project, b))


def test_a_new_notebook_under_the_old_name(project: Project) -> None:
    """What ran before the move belongs to the notebook that moved, what runs now to the one that is there now."""
    path = notebook(project, "a.ipynb")
    old = ran(project, path)
    moves.catch_up(project)
    path.rename(project.root / "b.ipynb")
    moves.catch_up(project)
    notebook(project, "a.ipynb", "# %%\nnew = 1")
    new = ran(project, path)
    assert ([new.id], [old.id]) == (listed(project, path), listed(project, project.root / "b.ipynb"))


def test_a_folder(project: Project) -> None:
    """A folder that was moved is written down notebook by notebook."""
    notebook(project, "old/a.ipynb")
    notebook(project, "old/deep/b.ipynb", "# %%\nb = 1")
    moves.catch_up(project)
    (project.root / "old").rename(project.root / "new")
    moves.record(project, project.root / "old", project.root / "new")
    where = moves.followed(project)
    assert ["new/a.ipynb", "new/deep/b.ipynb"] == [where("old/a.ipynb"), where("old/deep/b.ipynb")]
    assert 2 == len(moves.log(project))
    assert {"old/a.ipynb", "new/a.ipynb"} == where.earlier("new/a.ipynb")


def test_a_chain_that_goes_round(project: Project) -> None:
    """Moves in a circle end where the notebook is; a chain to a notebook that is gone ends at the last one there."""
    for old, new in (("a", "b"), ("b", "c"), ("c", "a"), ("a", "b")):
        moves.record(project, project.root / f"{old}.ipynb", project.root / f"{new}.ipynb")
    notebook(project, "b.ipynb")
    where = moves.present(project)
    assert ["b.ipynb"] * 3 == [where(f"{name}.ipynb") for name in "abc"]
    assert "b.ipynb" == where("a.ipynb", "2020-01-01T00:00:00+00:00")
    assert "x.ipynb" == where("x.ipynb")
    assert "a.ipynb" == where("a.ipynb", "2999-01-01T00:00:00+00:00")


BAD_LINES = [
    "",
    "{",
    "[]",
    "null",
    '{"at": "2025-01-01T00:00:00+00:00", "from": "../../etc/passwd", "to": "a.ipynb"}',
    '{"at": "2025-01-01T00:00:00+00:00", "from": "a.ipynb", "to": "/etc/passwd"}',
    '{"at": "yesterday", "from": "a.ipynb", "to": "b.ipynb"}',
    '{"at": "2025-01-01T00:00:00", "from": "a.ipynb", "to": "b.ipynb"}',
    '{"at": 3, "from": ["a"], "to": {}}',
    "[" * 100_000,
    "9" * 5000,
]


def test_a_log_of_someone_elses(project: Project) -> None:
    """Lines that are damaged or lead out of the project are passed over; the others count."""
    odd = '{"at": "2025-01-01T00:00:00+00:00", "from": "a\\ud800.ipynb", "to": "a\\u0000.ipynb"}'
    good = '{"at": "2025-01-01T00:00:00+00:00", "from": "a.ipynb", "to": "b.ipynb", "more": 1}'
    project.runs.mkdir(exist_ok=True)
    (project.runs / moves.LOG).write_bytes("\n".join([*BAD_LINES, odd, good]).encode() + b"\n\xff\xfe\n{")
    notebook(project, "b.ipynb")
    assert ["a\0.ipynb", "b.ipynb"] == [move.new for move in moves.log(project)]
    assert "a\0.ipynb" == moves.followed(project)("a\ud800.ipynb")
    assert "b.ipynb" == moves.followed(project)("a.ipynb")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"notebooks": 3}', '{"notebooks": {"a": [1, 2]}}', '{"runs": {"a": 3}}', "[" * 100_000]
)
def test_a_look_that_is_damaged(project: Project, text: str) -> None:
    """The file of the last look may be anything: then it is as if there had been none."""
    path = notebook(project, "a.ipynb")
    record = ran(project, path)
    project.cache.mkdir(exist_ok=True)
    (project.cache / "notebooks.json").write_text(text)
    assert [record.id] == listed(project, path)
    path.rename(project.root / "b.ipynb")
    assert [("a.ipynb", "b.ipynb")] == moves.catch_up(project)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"cells": [1]}',
        b'{"cells": [{"source": [1, null], "metadata": 3}], "metadata": {"mlnb": []}}',
        b'{"worksheets": [{"cells": [{"input": "x"}]}]}',
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_files_that_are_no_notebooks(project: Project, content: bytes) -> None:
    """They are followed by their bytes; an empty file says nothing."""
    path = project.root / "a.ipynb"
    path.write_bytes(content)
    assert isinstance(fingerprint(path), Fingerprint)
    moves.catch_up(project)
    path.rename(project.root / "b.ipynb")
    assert ([("a.ipynb", "b.ipynb")] if content else []) == moves.catch_up(project)


def test_names_that_are_no_text(project: Project) -> None:
    """A file name of bytes that are no text is left alone."""
    with open(os.fsencode(project.root) + b"/\xff.ipynb", "wb") as file:
        file.write(b"{}")
    notebook(project, "a.ipynb")
    assert [] == moves.catch_up(project)
    (project.root / "a.ipynb").rename(project.root / "b.ipynb")
    assert [("a.ipynb", "b.ipynb")] == moves.catch_up(project)


def test_matching_is_one_to_one() -> None:
    """Where two could be one, or one could be two, nothing is matched; what is certain is taken out first."""
    same = Fingerprint(None, ("1", "2"))
    assert [] == matched({"a": same, "b": same}, {"c": same})
    assert [] == matched({"a": same}, {"c": same, "d": same})
    known = Fingerprint("id", ("1", "2"))
    assert {("a", "c"), ("b", "d")} == set(matched({"a": known, "b": same}, {"c": known, "d": same}))
    assert [] == matched({"a": Fingerprint(None, ())}, {"c": Fingerprint(None, ())})


def test_a_look_at_500_notebooks_is_quick(project: Project) -> None:
    """When nothing has changed, looking takes less than 50 ms: the best of five, as the machine may be busy."""
    for number in range(500):
        notebook(project, f"notebooks/{number}.ipynb", f"# %%\nx = {number}")
    moves.catch_up(project)
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        assert [] == moves.catch_up(project)
        taken.append(time.perf_counter() - started)
    assert min(taken) < 0.05


def test_the_log_says_when_and_how(project: Project) -> None:
    """A line has the time with its zone, both paths and who moved it."""
    moves.record(project, project.root / "订单.ipynb", project.root / "b.ipynb", "moved")
    (line,) = (project.runs / moves.LOG).read_text().splitlines()
    read = json.loads(line)
    assert {"at": read["at"], "from": "订单.ipynb", "to": "b.ipynb", "how": "moved"} == read
    assert datetime.fromisoformat(read["at"]).tzinfo is not None


def test_paths_that_no_file_can_have(project: Project) -> None:
    """Metadata and records may hold any text as a path; asking for it says that nothing is there."""
    where = moves.present(project)
    for name in ("a" * 900, "b\0c", "x/" * 400, "\ud800.ipynb"):
        assert name == where(name)


def test_the_log_is_never_another_file(project: Project) -> None:
    """A project that somebody else made may have a link in its place; what it leads to is left as it is."""
    other = project.root.parent / "profile"
    other.write_text("mine")
    project.runs.mkdir(exist_ok=True)
    (project.runs / moves.LOG).symlink_to(other)
    with pytest.raises(OSError, match="symbolic"):
        moves.record(project, project.notebooks / "a.ipynb", project.notebooks / "b.ipynb")
    assert "mine" == other.read_text()
