"""What promotion does with IPython syntax: keep the statement, leave the magic out, or refuse."""

from __future__ import annotations

from mlnb.dataflow.mutators import words
from mlnb.errors import NotPromotable
from mlnb.notebook.document import Cell
from mlnb.notebook.source import RUNS_BODY, RUNS_STATEMENT, Magic

# Line magics that only change how the notebook looks or is worked with.
LEFT_OUT = words(
    """
    alias autoawait autocall autoindent autoreload autosave colors conda config doctest_mode edit history
    lsmagic load_ext magic matplotlib mamba notebook page pdb pdef pdoc pfile pinfo pinfo2 pip pprint precision
    psearch psource
    quickref recall reload_ext timeit uv who who_ls whos xmode
    """
)
# Cell magics whose body is shown, not run.
SHOWN = words("html HTML javascript js latex markdown svg SVG timeit")
INSTALLS = ("pip ", "pip3 ", "conda ", "mamba ", "uv ", "python -m pip ", "python3 -m pip ")

_REMEDY = {
    "run": "copy what it defines into this notebook",
    "cd": "read data with mlnb.load, which needs no working directory",
    "env": "set the environment where the pipeline is started",
    "writefile": "define the functions in this notebook instead",
    "bash": "write it in Python, with pathlib, shutil or subprocess.run",
    "sh": "write it in Python, with pathlib, shutil or subprocess.run",
    "pylab": "import numpy and matplotlib.pyplot by name",
    "sql": "run the query from Python, or save its result as a dataset first",
}
_SHELL_REMEDY = "write it in Python, with pathlib, shutil or subprocess.run"


def note(cell: Cell, magic: Magic) -> str | None:
    """What is said of a magic in PROMOTION.md; None where its statement is simply kept.

    Raises `NotPromotable` for one that does something no table knows how to keep.
    """
    place = f"{cell.place}, line {magic.line}"
    match magic.kind:
        case "help":
            return f"{place}: help on `{magic.text}` is left out"
        case "line" if magic.name in RUNS_STATEMENT:
            return f"{place}: the statement after `%{magic.name}` is kept, its timing is not"
        case "cell" if magic.name in RUNS_BODY:
            return f"{place}: the code under `%%{magic.name}` is kept, the magic is not"
        case "line" if magic.name in LEFT_OUT and magic.target is None:
            return f"{place}: `%{magic.name} {magic.text}`".rstrip("` ") + "` is left out"
        case "cell" if magic.name in SHOWN:
            return f"{place}: the cell `%%{magic.name}` only shows something and is left out"
        case "shell" if magic.text.startswith(INSTALLS) and magic.target is None:
            return f"{place}: `!{magic.text}` is left out; requirements.lock names what is needed"
    raise NotPromotable(_refusal(place, magic))


def _refusal(place: str, magic: Magic) -> str:
    if magic.kind == "shell":
        return f"{place}: the shell command `!{magic.text}` cannot be promoted; {_SHELL_REMEDY}"
    sign = {"cell": "%%", "line": "%"}.get(magic.kind, "")
    remedy = _REMEDY.get(magic.name, "write it in Python, or take it out")
    return f"{place}: `{sign}{magic.name}` cannot be promoted; {remedy}"
