"""The files of a package around its steps: parameters, command line, prediction, tests and project file."""

from __future__ import annotations

import ast
import json
from importlib import resources

from mlnb.notebook.parameters import Parameter
from mlnb.promote.emit import annotation, pipeline_module, steps_module
from mlnb.promote.plan import PipelinePlan

_READERS = {"int": "int", "float": "float", "bool": "_bool", "str": "str", "dataset": "str", "json": "json.loads"}


def modules(plan: PipelinePlan) -> dict[str, str]:
    """The Python files of the package by their path in it."""
    inside = f"src/{plan.package}"
    return {
        f"{inside}/__init__.py": f'"""{plan.title}, promoted from {plan.notebook.path.name}."""\n',
        f"{inside}/__main__.py": _main(plan),
        f"{inside}/params.py": _params(plan),
        f"{inside}/steps.py": steps_module(plan),
        f"{inside}/pipeline.py": pipeline_module(plan),
        f"{inside}/io.py": (resources.files("mlnb.promote.package") / "io.py").read_text(encoding="utf-8"),
        f"{inside}/predict.py": _predict(plan),
        "tests/test_pipeline.py": _tests(plan),
    }


def project_file(plan: PipelinePlan, version: str, python: str, requirements: dict[str, str]) -> str:
    """`pyproject.toml`: what the package needs, by the names it imports."""
    lines = [f"    {json.dumps(f'{name}>={number}')}," for name, number in sorted(requirements.items())]
    dependencies = "\n".join(["[", *lines, "]"]) if lines else "[]"
    return f"""[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = {json.dumps(plan.name)}
version = "{version}"
description = {json.dumps(plan.title, ensure_ascii=False)}
readme = "README.md"
requires-python = ">={".".join(python.split(".")[:2])}"
dependencies = {dependencies}

[project.scripts]
{json.dumps(plan.name)} = "{plan.package}.__main__:main"

[tool.hatch.build.targets.wheel]
packages = ["src/{plan.package}"]

[tool.pytest.ini_options]
pythonpath = ["src"]
testpaths = ["tests"]

[tool.ruff.lint]
select = ["E4", "E7", "E9", "F"]

[tool.ruff.lint.per-file-ignores]
# The notebook's own statements are kept: names that nothing reads, lambdas with a name, short names.
"src/{plan.package}/steps.py" = ["E731", "E741", "F841"]
"""


def _params(plan: PipelinePlan) -> str:
    lines = [
        f'"""The parameters of {plan.name}; their defaults are those of {plan.notebook.path.name}."""',
        "",
        "from dataclasses import dataclass" + (", field" if any(map(_is_mutable, plan.values.values())) else ""),
        "",
        "",
        "@dataclass(frozen=True)",
        "class Params:",
        '    """What a run may be given."""',
        "",
    ]
    for parameter in plan.parameters:
        value = plan.values[parameter.name]
        default = f"field(default_factory=lambda: {value})" if _is_mutable(value) else value
        comment = f"  # {parameter.help}" if parameter.help else ""
        lines.append(f"    {parameter.name}: {annotation(parameter)} = {default}{comment}")
    return "\n".join(lines) + "\n"


def _is_mutable(value: str) -> bool:
    return isinstance(ast.literal_eval(value), list | dict | set)


def _main(plan: PipelinePlan) -> str:
    options = [_option(parameter, flag) for parameter, flag in _flags(plan.parameters)]
    given = ", ".join(f"{one.name}=given.{one.name}" for one in plan.parameters)
    types = {parameter.type for parameter in plan.parameters}
    imports = "import argparse\n" + ("import json\n" if "json" in types else "")
    boolean = _BOOL if "bool" in types else ""
    optional = _OPTIONAL if any(parameter.optional for parameter in plan.parameters) else ""
    defaults = "    defaults = Params()\n" if plan.parameters else ""
    return f'''"""`python -m {plan.package} run --data-dir DATA --out OUT`: run the pipeline."""

{imports}from pathlib import Path

from {plan.package}.io import Store
from {plan.package}.params import Params
from {plan.package}.pipeline import run


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog={json.dumps(plan.name)}, allow_abbrev=False)
    run_parser = parser.add_subparsers(required=True).add_parser("run", help="run all steps", allow_abbrev=False)
    run_parser.add_argument("--data-dir", type=Path, required=True, help="the folder of the datasets")
    run_parser.add_argument("--out", type=Path, required=True, help="the folder for what the run makes")
{defaults}{"".join(options)}    given = parser.parse_args(arguments)
    store = Store(data=given.data_dir, out=given.out)
    run(Params({given}), store)
    store.write_metrics()
{boolean}{optional}

if __name__ == "__main__":
    main()
'''


_BOOL = """

def _bool(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise argparse.ArgumentTypeError("write true or false")
    return text.lower() == "true"
"""

_OPTIONAL = """

def _optional(read):
    return lambda text: None if text == "None" else read(text)
"""


def _flags(parameters: tuple[Parameter, ...]) -> list[tuple[Parameter, str]]:
    """Each parameter with its option: lower case, unless two would be the same."""
    taken = {"data-dir", "out", "help"}
    found: list[tuple[Parameter, str]] = []
    for parameter in parameters:
        plain = parameter.name.replace("_", "-")
        flag = next(one for one in (plain.lower(), plain, f"param-{plain}") if one not in taken)
        taken.add(flag)
        found.append((parameter, flag))
    return found


def _option(parameter: Parameter, flag: str) -> str:
    reader = _READERS[parameter.type]
    if parameter.optional:
        reader = f"_optional({reader})"
    text = (parameter.help or parameter.name).replace("%", "%%")
    return (
        f'    run_parser.add_argument("--{flag}", dest="{parameter.name}", type={reader}, '
        f"default=defaults.{parameter.name}, help={json.dumps(text, ensure_ascii=False)})\n"
    )


def _predict(plan: PipelinePlan) -> str:
    imported = f"\nfrom {plan.package}.steps import predict\n" if plan.predicts else ""
    names = '["load_model", "predict"]' if plan.predicts else '["load_model"]'
    needs = plan.roles.needs.get("predict", ()) if plan.predicts else ()
    extra = "".join(f", {name}=…" for name in needs if name != "model")
    if not plan.predicts:
        what = "Load what the pipeline saved."
    elif needs:
        what = f"Predict with what the pipeline saved: `predict(records, model=load_model(path){extra})`."
    else:
        what = "Predict with what the pipeline saved: the notebook's own function `predict`."
    return f'''"""{what}"""

import pickle
from pathlib import Path
from typing import Any
{imported}
__all__ = {names}


def load_model(path: str | Path) -> Any:
    """Read a model that `Store.save_model` wrote. Unpickling runs code: read only files you trust."""
    return pickle.loads(Path(path).read_bytes())
'''


def _tests(plan: PipelinePlan) -> str:
    return f'''"""The pipeline still gives the metrics it had when it was promoted."""

import json
import math
import os
from pathlib import Path

from {plan.package}.io import Store
from {plan.package}.params import Params
from {plan.package}.pipeline import run

HERE = Path(__file__).resolve().parent
PROMOTION = json.loads((HERE.parent / "promotion.json").read_text(encoding="utf-8"))
DATA = Path(os.environ.get("PIPELINE_DATA", HERE.parents[2] / PROMOTION["data"]))


def test_metrics(tmp_path):
    """The defaults on the data of the promotion; set PIPELINE_DATA where that lies elsewhere."""
    store = Store(data=DATA, out=tmp_path)
    run(Params(), store)
    assert store.metrics.keys() == PROMOTION["metrics"].keys()
    for name, value in PROMOTION["metrics"].items():
        assert math.isclose(store.metrics[name], float(value), rel_tol=1e-9) or math.isnan(float(value))
'''
