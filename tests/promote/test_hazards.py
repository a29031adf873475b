"""One small notebook per hazard: promoted and identical, or refused with cell and line; never silently different."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlnb import project
from mlnb.errors import NotEquivalent, NotPromotable
from mlnb.promote.promote import PromotedPipeline, promote
from tests.promote import percent


def promoted(folder: Path, sections: list[str], parameters: str = "") -> PromotedPipeline:
    """Promote a notebook of these sections; cell 1 is the title, and each section a heading and a cell."""
    parts = ["# %% [markdown]\n# # Hazard"]
    if parameters:
        parts.append(f'# %% tags=["parameters"]\n{parameters}')
    for number, code in enumerate(sections, 1):
        parts.append(f"# %% [markdown]\n# ## Part {number}\n# %%\n{code}")
    (folder / "mlnb.toml").write_text("", encoding="utf-8")
    notebook = percent.write(folder / "notebooks" / "040_deployment_hazard.ipynb", "\n".join(parts))
    return promote(project.find(folder), notebook, execute=percent.in_process, progress=lambda stage: None)


# what it is: the code of the sections
FAITHFUL: dict[str, list[str]] = {
    "in-place method": ["xs = [3, 1]", "xs.append(2)\nxs.sort()", "total = (sum(xs), xs[0])"],
    "item and attribute store": ["class Box: pass\nb = Box()\nd = {}", "d['k'] = 1\nb.k = 2", "out = (d, b.k)"],
    "inplace=True": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1.0, None, 3.0]})",
        "df.dropna(inplace=True)",
        "total = df['a'].sum()",
    ],
    "function that changes its argument": ["def add(d, k):\n    d[k] = 1\nd = {}", "add(d, 'z')", "n = len(d)"],
    "alias in another step": ["a = [1]", "b = a", "b.append(2)", "total = sum(a)"],
    "nested containers": ["cfg = {'m': {'lr': 1}}", "m = cfg['m']", "m['lr'] = 5", "lr = cfg['m']['lr']"],
    "default argument that is mutable": [
        "def f(x, seen=[]):\n    seen.append(x)\n    return list(seen)",
        "a = f(1)",
        "b = f(2)",
    ],
    "function reads a constant": ["k = 3\ndef f(x): return x * k", "y = f(2)"],
    "function reads a variable bound anew": ["k = 3\ndef f(x): return x * k", "a = f(2)", "k = 10\nb = f(2)"],
    "function through a function": [
        "k = [1]",
        "def f(x): return x + k[0]\ndef g(x): return f(x) * 2",
        "k = [5]",
        "y = g(1)",
    ],
    "recursion": ["def f(n): return n if n < limit else f(n - 1)\nlimit = [3][0]", "y = f(9)"],
    "function passed as a value": ["k = [2][0]\ndef f(x): return x * k", "ys = list(map(f, [1, 2]))"],
    "name of a function passed as a value": ["k = [2][0]\ndef f(x): return x * k", "fs = [f]", "y = fs[0].__name__"],
    "function in a lambda": ["k = [2][0]\ndef f(x): return x * k", "ys = sorted([3, 1], key=lambda x: -f(x))"],
    "name of its own inside": ["k = [2][0]\ndef f(x): return x * k\ndef g(f): return f + 1", "y = g(f(3))"],
    "generator argument": ["k = [2][0]\ndef f(xs): return sum(xs) * k", "y = f(x for x in range(3))"],
    "star arguments": ["k = [2][0]\ndef f(*xs, **more): return sum(xs) * k + more['m']", "y = f(*[1, 2], **{'m': 1})"],
    "default captured at definition": ["k = 3", "def f(x, m=k): return x * m", "k = 10", "y = f(1)"],
    "class of the notebook": [
        "from dataclasses import dataclass\n"
        "@dataclass\nclass P:\n    x: int\n    def double(self): return P(self.x * 2)",
        "p = P(2).double()",
        "ps = [p, P(1)]",
    ],
    "class that reads a variable": ["k = [2][0]", "class A:\n    def m(self): return k", "y = A().m()"],
    "lambda across steps": ["sq = lambda x: x * x", "y = sq(3)"],
    "closure across steps": ["k = [3][0]", "scale = lambda x: x * k", "y = scale(2)"],
    "seeded draws across steps": ["import random\nrandom.seed(0)", "a = random.random()", "b = random.random()"],
    "numpy draws across steps": [
        "import numpy as np\nnp.random.seed(1)",
        "a = np.random.rand(3)",
        "b = np.random.rand(3)",
    ],
    "generator object of numpy": [
        "import numpy as np\nrng = np.random.default_rng(0)",
        "a = rng.normal(size=3)",
        "b = rng.normal()",
    ],
    "unseeded draws": ["import random\na = random.random()", "b = random.random()"],
    "late import": ["a = 1", "import math\nb = math.sqrt(4)", "c = math.pi + a"],
    "import bound to two modules": ["from math import sqrt as f\na = f(4)", "from math import exp as f\nb = f(0)"],
    "import that may fail": [
        "try:\n    import no_such_module as m\nexcept ImportError:\n    m = None",
        "y = m is None",
    ],
    "loop variable used later": ["for i in range(4): last = i * 2", "y = (i, last)"],
    "with, walrus and match": [
        "from contextlib import nullcontext\nwith nullcontext(3) as w: pass\n"
        "if (n := 5) > 3: pass\nmatch [1, 2]:\n    case [a, b]: pass",
        "y = (w, n, a, b)",
    ],
    "definition on two branches": ["if 1 > 0:\n    def f(): return 1\nelse:\n    def f(): return 2", "y = f()"],
    "bound on one branch": ["import random\nif random.random() >= 0:\n    x = 1", "y = x"],
    "bound anew on one branch": ["x = 1", "if x > 5:\n    x = 2", "y = x"],
    "augmented assignment": ["n = 1", "n += 5", "y = n"],
    "augmented assignment of a list": ["xs = [1]", "ys = xs", "ys += [2]", "total = sum(xs)"],
    "del": ["big = [1]\nsmall = 2", "del big", "y = small", "big = 3"],
    "annotated": ["x: int = 3\ny: int", "z = x"],
    "annotation without a value": ["x = 3", "x: int\ny = x", "z = y"],
    "decorator with a cache": [
        "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f(n): return n * 2",
        "y = f(2)",
    ],
    "registry": ["R = {}\ndef reg(f):\n    R[f.__name__] = f\n    return f\n@reg\ndef a(): return 1", "y = R['a']()"],
    "ambient state": ["import os\nos.environ['HAZARD'] = '7'", "y = os.environ['HAZARD']"],
    "pandas option": ["import pandas as pd\npd.set_option('display.precision', 3)", "y = repr(pd.Series([1.23456]))"],
    "multi-line strings": [
        'sql = """\n  select *\n\tfrom t\n"""',
        "n = len(sql)\nif n:\n    t = '''a\n  b'''",
        "m = len(t)",
    ],
    "semicolons and tabs": ["a = 1; b = 2; a\nif a:\n\tc = 3", "d = a + b + c"],
    "comprehension scope": ["xs = [1, 2]\nx = 10", "ys = [x for x in xs]", "z = x"],
    "shown with an effect": ["g = iter([1, 2])", "next(g)", "print(next(g))\ny = list(g)"],
    "shown without": ["xs = [2, 1]\nxs\nlen(xs)\nprint(len(xs), f'{xs}')\n'text'", "sorted(xs)\ny = xs"],
    "builtin bound anew": ["max = 3", "y = max"],
    "same heading twice, and names of Python": ["a = 1", "print = 3\nb = print"],
    "exception name": ["try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    text = str(error)", "y = text"],
    "query with a local name": [
        "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 3]})\nlimit = [1][0]",
        "y = len(df.query('a > @limit'))",
    ],
    "names that the package uses": [
        "import io\nstore = io.StringIO('ab').read()\nparams = 1\nsteps = 2",
        "y = (store, params, steps, io)[:3]",
    ],
    "non-ASCII": ["größe = 3  # Größe\nk = [2][0]\ndef f(ä): return ä * k", "y = 'ü' * f(größe)"],
    "set order": ["s = {'a', 'b', 'c'}", "y = list(s)"],
    "assert stays": ["a = 1", "assert a == 1, 'a'\nb = a"],
    "comprehension with a function": ["k = [2][0]\ndef f(x): return x * k", "ys = [f(x) for x in range(3) if f(x)]"],
}


@pytest.mark.parametrize("hazard", FAITHFUL)
def test_promoted_and_identical(tmp_path: Path, hazard: str) -> None:
    """The pipeline computes what the notebook computes, to the last bit."""
    assert "identical" == promoted(tmp_path, FAITHFUL[hazard]).verdict


# what it is: the code of the sections, and how the refusal begins (cell 3 holds the first section's code)
REFUSED: dict[str, tuple[list[str], str]] = {
    "global": (["n = 0\ndef f():\n    global n\n    n += 1", "f()"], "cell 3, line 3: `global n`"),
    "exec": (["a = 1", "exec('b = 2')\nc = b"], "cell 5, line 1: `exec`"),
    "eval": (["a = 1\nb = eval('a')"], "cell 3, line 2: `eval`"),
    "globals": (["globals()['x'] = 1"], "cell 3, line 1: `globals()`"),
    "vars": (["x = list(vars())"], "cell 3, line 1: `vars()`"),
    "get_ipython": (["get_ipython().run_line_magic('cd', '/')"], "cell 3, line 1: there is no IPython"),
    "history": (["x = 1\nx", "y = Out"], "cell 5, line 1: `Out`"),
    "last value": (["1 + 1", "y = _"], "cell 5, line 1: `_` is read before"),
    "__name__": (["if __name__ == '__main__':\n    x = 1"], "cell 3, line 1: `__name__`"),
    "star import": (["from math import *\nx = floor(2.5)"], "cell 3, line 1: `from math import *`"),
    "await": (["import asyncio\nawait asyncio.sleep(0)"], "cell 3, line 2: `await`"),
    "sys.path": (["import sys\nsys.path.insert(0, '.')"], "cell 3, line 2: `sys.path`"),
    "chdir": (["import os\nos.chdir('..')"], "cell 3, line 2: the pipeline is started from any folder"),
    "input": (["x = input()"], "cell 3, line 1: a pipeline has nobody to ask"),
    "absolute path": (["p = '/home/me/x.csv'"], "cell 3, line 1: the absolute path"),
    "relative path": (["import pandas as pd\ndf = pd.read_csv('../data/x.csv')"], "cell 3, line 2: “../data/x.csv”"),
    "open by path": (["with open('x.txt') as f: t = f.read()"], "cell 3, line 1: “x.txt”"),
    "shell": (["files = !ls"], "cell 3, line 1: the shell command `!ls`"),
    "cell magic": (["%%bash\nls"], "cell 3, line 1: `%%bash`"),
    "%run": (["x = 1\n%run other.ipynb"], "cell 3, line 2: `%run`"),
    "%cd": (["%cd .."], "cell 3, line 1: `%cd`"),
    "%env": (["%env A=1"], "cell 3, line 1: `%env`"),
    "%%writefile": (["%%writefile a.py\nx = 1"], "cell 3, line 1: `%%writefile`"),
    "syntax error": (["x = = 1"], "cell 3, line 1: this is not valid Python"),
    "undefined": (["a = 1", "b = nothing"], "cell 5, line 1: `nothing` is read before it is bound"),
    "out of order": (["b = a", "a = 1"], "cell 3, line 1: `a` is read before it is bound; cell 5, line 1"),
    "function too early": (
        ["def f(): return m", "y = f()", "m = list((1,))"],
        "cell 5, line 1: `f` is used here and reads `m`, which is not bound yet; cell 7, line 1 binds it",
    ),
    "builtin then bound": (["a = max(1, 2)\nmax = a"], "cell 3, line 1: `max` is read before"),
    "lambda whose variable is bound anew": (
        ["k = [3][0]\nf = lambda x: x * k", "k = 10", "y = f(1)"],
        "cell 3, line 2: a function defined here reads `k`",
    ),
    "generator whose variable is bound anew": (
        ["k = [3][0]\ng = (x * k for x in [1])", "k = 10", "y = list(g)"],
        "cell 3, line 2: a function defined here reads `k`",
    ),
    "value whose variable is bound anew": (
        ["k = [3][0]\ndef f(x): return x * k", "fs = [f]", "k = 10", "y = fs[0](1)"],
        "cell 5, line 1: `f` is passed on as a value",
    ),
    "mlnb passed on": (["import mlnb\nm = mlnb"], "cell 3, line 2: mlnb itself"),
    "unknown of mlnb": (["import mlnb\nmlnb.profile(1)"], "cell 3, line 2: a pipeline has no counterpart of"),
    "mlnb inside a function": (["def f():\n    import mlnb"], "cell 3, line 1: mlnb is imported inside a statement"),
    "captured output": (["%%capture out\nprint(1)", "y = out.stdout"], "cell 5, line 1: `out` is read before"),
    "display of an effect": (["g = iter([1])\ndisplay(next(g))"], "cell 3, line 2: `display`"),
}  # fmt: skip


@pytest.mark.parametrize("hazard", REFUSED)
def test_refused_with_its_place(tmp_path: Path, hazard: str) -> None:
    """What cannot be translated faithfully is refused in words that say where, and nothing is published."""
    sections, beginning = REFUSED[hazard]
    with pytest.raises(NotPromotable) as refusal:
        promoted(tmp_path, sections)
    assert str(refusal.value).startswith(beginning)
    assert not (tmp_path / "pipelines").exists()


PARAMETERS: dict[str, tuple[str, list[str], str]] = {
    "read by a function": ("k = 3", ["def f(x): return x * k\ny = f(2)"], "identical"),
    "bound anew": ("k = 3", ["k = k + 1", "y = k"], "identical"),
    "changed in place": ("xs: list = [1]", ["xs.append(2)", "y = sum(xs)"], "identical"),
    "tuple, None and text": ("t = (1, 2)\nn: int | None = None\ns = 'a\"b'", ["y = (t, n, s)"], "identical"),
    "import beside": ("import math\nk = 2", ["y = math.sqrt(k)"], "identical"),
}


@pytest.mark.parametrize("case", PARAMETERS)
def test_parameters(tmp_path: Path, case: str) -> None:
    """Parameters reach the steps as the values that the notebook has."""
    parameters, sections, verdict = PARAMETERS[case]
    assert verdict == promoted(tmp_path, sections, parameters).verdict


def test_what_is_computed_from_a_parameter_in_its_cell_is_refused(tmp_path: Path) -> None:
    """A run that sets the parameter would not compute it anew, but a pipeline would."""
    with pytest.raises(NotPromotable, match="cell 2, line 2: `b = a \\* 2` is computed from the parameter a"):
        promoted(tmp_path, ["y = b"], "a = 1\nb = a * 2")


def test_entropy_is_never_taken_for_equal(tmp_path: Path) -> None:
    """A value that no seed fixes differs between the two runs, so nothing is published."""
    with pytest.raises(NotEquivalent, match="`part_1`"):
        promoted(tmp_path, ["import uuid\nx = uuid.uuid4().hex", "y = x"])
    assert not (tmp_path / "pipelines").exists()


NOT_CHECKED = {
    "lock": ["import threading\nlock = threading.Lock()", "with lock: y = 1"],
    "numbers": ["numbers = (x for x in range(5))\nfirst = next(numbers)", "rest = list(numbers)"],
}


@pytest.mark.parametrize("name", NOT_CHECKED)
def test_not_checked_is_no_pass(tmp_path: Path, name: str) -> None:
    """A value that cannot be looked into makes the whole “not checked”, and says which it was."""
    made = promoted(tmp_path, NOT_CHECKED[name])
    assert "not checked" == made.verdict
    assert {name} == {one.what for one in made.comparisons if one.verdict == "not checked"}
