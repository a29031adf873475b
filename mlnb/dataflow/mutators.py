"""Which calls change an object in place, as tables."""

from __future__ import annotations

import ast


def words(text: str) -> frozenset[str]:
    """A table of names, written as text."""
    return frozenset(text.split())


# Methods that change the object they are called on.
METHODS = words(
    """
    append extend insert remove pop popitem clear sort reverse add discard update setdefault
    appendleft extendleft popleft rotate write writelines
    intersection_update difference_update symmetric_difference_update
    fit fit_transform fit_predict fit_resample partial_fit set_params
    load_state_dict train compile step zero_grad backward
    put itemset fill resize setflags setfield
    random integers normal uniform choice permutation shuffle standard_normal poisson binomial exponential gamma beta
    """
)

# Functions that change one of their arguments, and which.
FUNCTIONS = {
    "next": 0,
    "setattr": 0,
    "delattr": 0,
    "shuffle": 0,
    "heappush": 0,
    "heappop": 0,
    "heapify": 0,
    "heapreplace": 0,
    "insort": 0,
    "insort_left": 0,
    "insort_right": 0,
    "copyto": 0,
    "put": 0,
    "place": 0,
    "putmask": 0,
    "fill_diagonal": 0,
}


def root(node: ast.expr) -> str | None:
    """The name at the start of `name.attribute[key].attribute`, if it is one."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def mutated_by(call: ast.Call) -> set[str]:
    """The names whose objects this call is known to change."""
    names: set[str | None] = set()
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    inplace = keywords.get("inplace")
    if isinstance(call.func, ast.Attribute) and (
        call.func.attr in METHODS or (isinstance(inplace, ast.Constant) and inplace.value is True)
    ):
        names.add(root(call.func.value))
    function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if function in FUNCTIONS and len(call.args) > FUNCTIONS[function]:
        names.add(root(call.args[FUNCTIONS[function]]))
    if "out" in keywords:
        names.add(root(keywords["out"]))
    return {name for name in names if name is not None}
