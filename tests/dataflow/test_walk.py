"""One statement in; defs, reads and mutations out."""

from __future__ import annotations

import ast

import pytest

from mlnb.dataflow.bindings import in_sequence
from mlnb.dataflow.walk import flow_of


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# source; certain defs; defs on some path only; reads; deferred reads
TABLE = [
    ("x = 1", "x", "", "", ""),
    ("x = y", "x", "", "y", ""),
    ("x = x + 1", "x", "", "x", ""),
    ("x += 1", "x", "", "x", ""),
    ("x: int = y", "x", "", "int y", ""),
    ("x: int", "", "", "int", ""),
    ("a, (b, *c) = d", "a b c", "", "d", ""),
    ("a = b = c", "a b", "", "c", ""),
    ("x.y = z", "", "", "x z", ""),
    ("x[i] = z", "", "", "x i z", ""),
    ("del x", "", "", "x", ""),
    ("import a.b", "a", "", "", ""),
    ("import a.b as c, d", "c d", "", "", ""),
    ("from a import b as c", "c", "", "", ""),
    ("print(y := 3, y)", "y", "", "print", ""),
    # branches
    ("if c:\n a = 1\nelse:\n a = 2", "a", "", "c", ""),
    ("if c:\n a = 1", "", "a", "c", ""),
    ("if c:\n a = 1\nelse:\n print(a)", "", "a", "c print a", ""),
    ("if c:\n a = 1\nelse:\n raise E", "a", "", "c E", ""),
    ("a = 1 if c else (b := 2)", "a", "b", "c", ""),
    ("c and (b := 2)", "", "b", "c", ""),
    ("match v:\n case [a, *b]:\n  c = a\n case {'k': d, **e}: pass\n case f: pass", "", "a b c d e f", "v", ""),
    # loops
    ("for i in range(3):\n last = i", "", "i last", "range", ""),
    ("for i in s:\n n = n + i", "", "i n", "s n", ""),
    ("while c:\n a = 1\nelse:\n b = 1", "", "a b", "c", ""),
    # with and try
    ("with open(p) as f:\n t = f.read()", "f t", "", "open p", ""),
    ("with suppress(E):\n t = 1", "", "t", "suppress E", ""),
    ("try:\n import a\nexcept E:\n a = None", "a", "", "E", ""),
    ("try:\n a = f()\nexcept E as e:\n b = e", "", "a b", "f E", ""),
    ("try:\n a = 1\nfinally:\n b = a", "a b", "", "", ""),
    # comprehensions
    ("y = [x * k for x in xs]", "y", "", "xs k", ""),
    ("y = [a for b in bs for a in b if a]", "y", "", "bs", ""),
    ("y = {a: b for a, b in p.items()}", "y", "", "p", ""),
    ("y = [z := x for x in xs]", "y", "z", "xs", ""),
    ("g = (x * k for x in xs)", "g", "", "xs k", "k"),
    ("t = sum(x * k for x in xs)", "t", "", "sum xs k", ""),
    # functions and classes
    ("def f(a): return a * k", "f", "", "k", "k"),
    ("def f(a=m): return f(a - 1)", "f", "", "m", ""),
    ("@d(e)\ndef f(a: A) -> B: return a", "f", "", "d e A B", ""),
    ("def f():\n k = 1\n def g(): return k + m\n return g", "f", "", "m", "m"),
    ("def f():\n import os\n return [x for x in os.environ]", "f", "", "", ""),
    ("sq = lambda x: x * k", "sq", "", "k", "k"),
    ("y = df.apply(lambda r: r * k)", "y", "", "df k", ""),
    ("ys = [lambda: x * k for x in xs]", "ys", "", "xs k", "k"),
    ("class A(B):\n c = d\n e = c\n def m(self): return c + k + super().m()", "A", "", "B d c k super", "c k super"),
    ("async def f(): await g()", "f", "", "g", "g"),
    # pandas looks names up in strings
    ("y = df.query('a > @k and b < @m')", "y", "", "df k m", ""),
]


@pytest.mark.parametrize(("source", "certain", "perhaps", "reads", "deferred"), TABLE)
def test_flow(source: str, certain: str, perhaps: str, reads: str, deferred: str) -> None:
    """Bindings by certainty, and reads by when they happen."""
    flow = flow_of(ast.parse(source).body[0])
    assert names(certain) == flow.certain_defs
    assert names(perhaps) == flow.defs - flow.certain_defs
    assert names(reads) == flow.read_names
    assert names(deferred) == frozenset(read.name for read in flow.reads if read.deferred)


MUTATIONS = [
    ("df.dropna(inplace=True)", "df"),
    ("df.a.fillna(0, inplace=True)", "df"),
    ("df.dropna(inplace=False)", ""),
    ("xs.append(1)", "xs"),
    ("d['k'].append(1)", "d"),
    ("d[k] = v", "d"),
    ("df.loc[0, 'a'] = 1", "df"),
    ("x.a.b += 1", "x"),
    ("n += 5", "n"),
    ("del d['k']", "d"),
    ("model.fit(X, y)", "model"),
    ("first = next(it)", "it"),
    ("np.random.shuffle(xs)", "np xs"),
    ("np.add(a, b, out=c)", "np c"),
    ("[x.append(1) for x in xs]", ""),
    ("ys = xs.copy()", ""),
]


@pytest.mark.parametrize(("source", "mutated"), MUTATIONS)
def test_mutations(source: str, mutated: str) -> None:
    """Names whose objects a statement changes in place."""
    assert names(mutated) == flow_of(ast.parse(source).body[0]).mutates


def test_global_declarations() -> None:
    """A function that binds a module-level name says so."""
    assert names("n") == flow_of(ast.parse("def f():\n global n\n n += 1").body[0]).writes_global


SEQUENCES = [
    ("a = 1\nb = a", "a b", ""),
    ("b = a\na = 1", "a b", "a"),
    ("if c:\n a = 1\nb = a", "a b", "c a"),
    ("a = 1\ndel a", "", ""),
    ("a = 1\ndel a\nb = a", "b", "a"),
    ("def f(): return k\nk = 1\nf()", "f k", "k"),
    ("k = 1\ndef f(): return k", "f k", ""),
]


@pytest.mark.parametrize(("source", "defs", "reads"), SEQUENCES)
def test_sequence(source: str, defs: str, reads: str) -> None:
    """Statements in a row: what one surely binds, a later one does not read from outside."""
    flow = in_sequence(flow_of(statement) for statement in ast.parse(source).body)
    assert names(defs) == flow.defs
    assert names(reads) == flow.read_names


def test_certain_reads() -> None:
    """A read is certain when nothing before it can have bound the name."""
    flow = in_sequence(flow_of(one) for one in ast.parse("if c:\n a = 1\nprint(a, b)").body)
    assert {"c": True, "a": False, "b": True, "print": True} == {read.name: read.certain for read in flow.reads}
