"""Which statements only show something, and so are left out of a pipeline.

A statement is left out only when the tables below know everything in it: one unknown call, and it stays.
What they call harmless is still checked: a left-out statement that mattered makes the comparison differ.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping

from mlnb.dataflow.mutators import root, words
from mlnb.promote.reading import Unit

_SHOWS = words("print display pprint")
_FUNCTIONS = words("abs bool float format getattr hasattr int isinstance len range repr round str type")
# Methods of frames, arrays and texts that give a new value and draw no random numbers.
_METHODS = words(
    """
    abs agg all any asfreq astype copy corr count cov crosstab cumsum describe diff dropna duplicated eq equals
    fillna first format ge groupby gt head idxmax idxmin info isin isna isnull items join keys kurt last le lower
    lt max mean median melt memory_usage merge min mode ndim ne nlargest notna notnull nsmallest nunique
    pct_change pivot_table quantile query reindex rename resample reset_index rolling round select_dtypes
    set_index skew sort_index sort_values split stack std strip sum tail title to_dict to_frame to_list to_numpy
    to_string tolist total_seconds transpose unique unstack upper value_counts values var
    """
)
_PLOT_MODULES = ("matplotlib", "seaborn", "plotly", "altair", "bokeh", "plotnine", "hvplot", "missingno")
_PLOTS = words("plot hist boxplot scatter show")
_SAVES = words("savefig write_html write_image")


def shows_only(node: ast.stmt) -> bool:
    """Whether a statement is an expression whose value nobody keeps and which does nothing else."""
    if not isinstance(node, ast.Expr):
        return False
    value = node.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _SHOWS:
        return all(_harmless(one) for one in [*value.args, *(keyword.value for keyword in value.keywords)])
    return _harmless(value)


def _harmless(node: ast.AST) -> bool:
    """Whether evaluating an expression changes nothing, as far as the tables know."""
    match node:
        case ast.Lambda() | ast.Await() | ast.Yield() | ast.YieldFrom() | ast.NamedExpr() | ast.GeneratorExp():
            return False
        case ast.Call(func=ast.Name(id=name)):
            known = name in _FUNCTIONS
        case ast.Call(func=ast.Attribute(attr=name), keywords=keywords):
            known = name in _METHODS and not any(keyword.arg == "inplace" for keyword in keywords)
        case ast.Call():
            return False
        case _:
            known = True
    return known and all(_harmless(child) for child in ast.iter_child_nodes(node))


def unsaved_plots(units: Collection[Unit], imports: Mapping[str, str]) -> set[int]:
    """The ids of statements that draw plots which nobody saves; empty when the notebook saves any plot.

    `imports` maps each imported name to its module. A statement counts when all it calls draws,
    and all it binds is read by such statements only.
    """
    if any(_saves_plot(unit.node) for unit in units):
        return set()
    makers = {name for name, module in imports.items() if module.split(".")[0] in _PLOT_MODULES}
    plots: dict[int, Unit] = {}
    names = set(makers)
    for unit in units:
        if unit.magic is None and _draws(unit.node, names):
            plots[id(unit)] = unit
            names |= unit.flow.defs
    while True:
        read_elsewhere = {read.name for unit in units if id(unit) not in plots for read in unit.flow.reads}
        bound_elsewhere = {name for unit in units if id(unit) not in plots for name in unit.flow.defs}
        wanted = read_elsewhere | bound_elsewhere
        spoiled = [key for key, unit in plots.items() if unit.flow.defs & (wanted - makers)]
        if not spoiled:
            return set(plots)
        for key in spoiled:
            del plots[key]


def _saves_plot(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in _SAVES
        for one in ast.walk(node)
    )


def _draws(node: ast.stmt, names: Collection[str]) -> bool:
    match node:
        case ast.Expr(value=value):
            return _draws_value(value, names)
        case ast.Assign(targets=targets, value=value):
            return all(isinstance(one, ast.Name | ast.Tuple) for one in targets) and _draws_value(value, names)
        case ast.For(target=target, iter=iterated, body=body, orelse=[]):
            inside = {*names, *(one.id for one in ast.walk(target) if isinstance(one, ast.Name))}
            return _harmless_for_plots(iterated, names) and all(_draws(one, inside) for one in body)
    return False


def _draws_value(value: ast.expr, names: Collection[str]) -> bool:
    """A call that draws: of a plotting module, of what one returned, or `frame.plot…()`."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    chain = _chain(value.func)
    drawing = root(value.func) in names or "plot" in chain or value.func.attr in _PLOTS
    if not drawing:
        return False
    owner = value.func.value
    inner = _draws_value(owner, names) if isinstance(owner, ast.Call) else True
    arguments = [*value.args, *(keyword.value for keyword in value.keywords)]
    return (inner or _harmless(owner)) and all(_harmless_for_plots(one, names) for one in arguments)


def _harmless_for_plots(node: ast.expr, names: Collection[str]) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("zip", "enumerate", "range"):
        return all(_harmless(one) for one in node.args)
    return _harmless(node) or _draws_value(node, names)


def _chain(node: ast.expr) -> list[str]:
    """The attributes along `a.b.c`."""
    found: list[str] = []
    while isinstance(node, ast.Attribute):
        found.append(node.attr)
        node = node.value
    return found
