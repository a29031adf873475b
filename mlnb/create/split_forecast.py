"""What an expression makes, as far as it can be told without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Mapping
from typing import Literal

from mlnb.dataflow.mutators import words

Forecast = Literal["dataset", "value", "refused"]

UNKNOWN = "a table or a value, known when it runs"

_TABLES = words(
    """
    DataFrame Series read_csv read_parquet read_excel read_json read_feather read_table read_sql read_sql_query
    read_html read_pickle read_hdf json_normalize load concat merge crosstab get_dummies pivot_table melt date_range
    to_datetime to_numeric dropna fillna drop_duplicates sort_values sort_index reset_index set_index assign query
    rename cut drop copy head tail sample pivot stack unstack explode resample astype clip diff shift cumsum rolling
    agg aggregate transform value_counts describe corr nlargest nsmallest isna notna isin between map replace array
    zeros ones arange linspace full eye to_numpy reshape concatenate vstack hstack train_test_split predict
    predict_proba toarray
    """
)
_VALUES = words(
    """
    len sum min max mean median std var quantile nunique any all int float str bool round abs sorted list dict tuple set
    tolist to_dict item strftime join format lower upper strip split timestamp now today time perf_counter
    accuracy_score roc_auc_score f1_score mean_squared_error mean_absolute_error r2_score
    """
)
_RESOURCES = words("open connect create_engine Session Client urlopen socket Pool cursor Connection SparkSession")
_STREAMS = words("iter zip enumerate filter map reversed default_rng RandomState DataLoader")
_STREAM_METHODS = words("groupby default_rng RandomState DataLoader iterrows itertuples")
_MODEL_ENDINGS = (
    "Classifier",
    "Regressor",
    "Regression",
    "Pipeline",
    "SearchCV",
    "Scaler",
    "Encoder",
    "Vectorizer",
    "Transformer",
    "Sequential",
    "Booster",
    "Model",
    "SVC",
    "SVR",
    "KMeans",
    "PCA",
    "Imputer",
    "make_pipeline",
    "make_column_transformer",
)
_FITS = words("fit fit_transform partial_fit")
# Functions, beside classes, that make the same of the same.
_RECIPES = words("Path PurePath compile date datetime timedelta Timestamp Timedelta range frozenset default_rng getenv")
_BUILDERS = words("make_pipeline make_column_transformer make_union partial namedtuple get_cmap color_palette")


def is_literal(node: ast.expr) -> tuple[bool, object]:
    """Whether an expression is written out and survives as a parameter does, and its value."""
    try:
        value = ast.literal_eval(node)
        same = json.loads(json.dumps(value, allow_nan=False))
    except (ValueError, TypeError, RecursionError, MemoryError, SyntaxError):
        return False, None
    return repr(same) == repr(value), value


def is_recipe(node: ast.expr, imported: Mapping[str, str], *, untouched: bool) -> bool:
    """Whether evaluating an expression again gives the same: literals, other names, plain constructors of these.

    Objects that can change are made again only where nothing has used them since (`untouched`).
    """
    match node:
        case ast.Constant() | ast.Name():
            return True
        case ast.Lambda():
            return True
        case ast.Attribute(value=value):
            return _root(value) in imported or is_recipe(value, imported, untouched=untouched)
        case ast.Call(func=function, args=args, keywords=keywords):
            name = last_name(function)
            known = name in _RECIPES or (untouched and (name in _BUILDERS or name[:1].isupper()))
            own = isinstance(function, ast.Name) or _root(function) in imported
            inside = [*args, *(keyword.value for keyword in keywords)]
            return known and own and all(is_recipe(one, imported, untouched=untouched) for one in inside)
        case ast.BinOp() | ast.UnaryOp() | ast.JoinedStr() | ast.FormattedValue() | ast.Compare() | ast.BoolOp():
            pass
        case ast.Tuple() | ast.List() | ast.Set() | ast.Dict() | ast.Starred() | ast.Subscript() | ast.Slice():
            pass
        case ast.IfExp():
            pass
        case _:
            return False
    parts = (child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))
    return all(is_recipe(child, imported, untouched=untouched) for child in parts)


def loads_again(node: ast.expr, imported: Mapping[str, str]) -> bool:
    """Whether an expression is `mlnb.load(…)` of what is written in the code: a version never changes."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=root), attr="load")):
            origin = f"{imported.get(root)}.load"
        case ast.Call(func=ast.Name(id=name)):
            origin = imported.get(name, "")
        case _:
            return False
    inside = [*node.args, *(keyword.value for keyword in node.keywords)]
    known = origin in ("mlnb.load", "mlnb.nb.load")
    return known and all(is_recipe(one, imported, untouched=False) for one in inside)


def forecast(value: ast.expr | None, calls: Collection[str], imported: Mapping[str, str]) -> tuple[Forecast, str]:
    """What the value of a name will be, from the expression assigned last and the methods called on it since."""
    if _FITS & set(calls):
        method = next(call for call in calls if call in _FITS)
        return "refused", f"a model, for `.{method}(…)` is called on it; a file does not keep it as it is"
    match value:
        case None:
            return "dataset", UNKNOWN
        case ast.GeneratorExp():
            return "refused", "a generator, which can be read only once"
        case ast.Lambda():
            return "refused", "a lambda that reads what changes later"
        case ast.Compare() | ast.BinOp() | ast.Subscript() | ast.Attribute() | ast.Name():
            return "dataset", UNKNOWN
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.List() | ast.Dict() | ast.Set() | ast.Tuple():
            return "value", "a list or the like, known when it runs"
        case ast.JoinedStr() | ast.Constant():
            return "value", "a value that is computed"
        case ast.Await(value=inner):
            return forecast(inner, calls, imported)
        case ast.Call(func=function):
            return _call(function)
    return "dataset", UNKNOWN


def _call(function: ast.expr) -> tuple[Forecast, str]:
    name = last_name(function)
    shown = f"`{_shortened(function)}(…)`"
    if name in _FITS and isinstance(function, ast.Attribute) and name != "fit_transform":
        return "refused", f"a model, made by {shown}; a file does not keep it as it is"
    if name.endswith(_MODEL_ENDINGS):
        return "refused", f"a model, made by {shown}; a file does not keep it as it is"
    if name in _RESOURCES:
        return "refused", f"a connection or an open file, made by {shown}"
    if name in (_STREAM_METHODS if isinstance(function, ast.Attribute) else _STREAMS):
        return "refused", f"made by {shown}, which gives its values out one after the other"
    if name in _TABLES:
        return "dataset", f"a table, made by {shown}"
    if name in _VALUES:
        return "value", f"a value, made by {shown}"
    return "dataset", UNKNOWN


def last_name(function: ast.expr) -> str:
    """`read_csv` of `pd.read_csv`."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _shortened(function: ast.expr) -> str:
    """The function as written, where that is short; its last name where it hangs on a long chain."""
    text = ast.unparse(function)
    return text if len(text) <= 40 and "\n" not in text else f"….{last_name(function)}"


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
