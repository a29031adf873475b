"""The command `mlnb`: the table of its commands, and the one place where errors become exit codes."""

from __future__ import annotations

import importlib
import sys
import tempfile
import traceback
from typing import NoReturn

import click

from mlnb.errors import MlnbError
from mlnb.quick import without_iri_checks

# 0 fine · 1 findings, a failed run, a pipeline that differs · 2 wrong input · 3 a bug in mlnb
WRONG_INPUT = 2
BUG = 3

COMMANDS: dict[str, str] = {
    "init": "mlnb.cli.init",
    "create": "mlnb.cli.create",
    "templates": "mlnb.cli.templates",
    "continue": "mlnb.cli.continue_",
    "rename": "mlnb.cli.rename",
    "split": "mlnb.cli.split",
    "adopt": "mlnb.cli.adopt",
    "undo": "mlnb.cli.undo",
    "check": "mlnb.cli.check",
    "data": "mlnb.cli.data",
    "run": "mlnb.cli.run",
    "runs": "mlnb.cli.runs",
    "search": "mlnb.cli.search",
    "promote": "mlnb.cli.promote",
    "lineage": "mlnb.cli.lineage",
    "config": "mlnb.cli.config",
    "doctor": "mlnb.cli.doctor",
}


class _Commands(click.Group):
    """Imports a command's module only when it is asked for: `mlnb --version` must not wait for papermill."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mlnb")
def cli() -> None:
    """Machine-learning notebooks: created from templates, rerun with new data, found again, promoted."""


def main() -> NoReturn:
    """Run the command line and exit."""
    without_iri_checks()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a terminal that knows no “…” must not stop the work
    try:
        code = cli.main(prog_name="mlnb", standalone_mode=False)
    except MlnbError as error:
        _fail(str(error), WRONG_INPUT)
    except click.UsageError as error:
        hint = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        _fail(f"{error.format_message()}{hint}", WRONG_INPUT)
    except click.ClickException as error:
        _fail(error.format_message(), WRONG_INPUT)
    except (click.Abort, KeyboardInterrupt):
        _fail("stopped", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a full disk, a name too long, a folder that may not be written: not ours to mend
        _fail(f"{error.filename or 'the file system'}: {error.strerror or error}", WRONG_INPUT)
    except Exception:  # noqa: BLE001  # the last line of defence: a report instead of a traceback
        with tempfile.NamedTemporaryFile(
            "w", prefix="mlnb-bug-", suffix=".txt", delete=False, encoding="utf-8"
        ) as report:
            report.write(traceback.format_exc())
        _fail(f"this is a bug in mlnb; please send {report.name}", BUG)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> NoReturn:
    from mlnb.cli.output import plain  # late: only a refusal needs it, and it imports every journey

    click.echo(f"mlnb: {plain(message)}", err=True)
    sys.exit(code)
