"""Every refusal mlnb can give, as one small tree.

    MlnbError                      a refusal: exit code 2, HTTP 400
      NoProject                    no mlnb project here
      BadSettings                  mlnb.toml says something mlnb does not know
      BadName                      a notebook or dataset name that will not do
      AlreadyExists                the name is taken (HTTP 409)
      NotFound                     no such notebook, dataset or run (HTTP 404)
        DatasetNotFound
      BrokenNotebook               the file is not a readable notebook
      BadTemplate                  a template that makes no notebook
      BadArgument                  an argument of a run that the notebook does not declare so
      MissingKernel                the notebook's kernel is not installed
      FailedRun                    a notebook that had to run to its end did not
      BadQuery                     a search that cannot be understood
      NotSplittable                a notebook that cannot be cut there, with the cell or the name
      NotPromotable                a construct that promotion refuses, with its cell
      NotEquivalent                the pipeline does not compute what the notebook computes

Findings of a check are data (`mlnb.check.diagnostic.Diagnostic`), never exceptions.
`mlnb.cli.main` turns these into exit codes, `mlnb.server.base` into HTTP statuses; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class MlnbError(Exception):
    """A refusal. Its text is one sentence: what is wrong, where, and what to do."""


class NoProject(MlnbError):
    """The path is in no mlnb project."""


class BadSettings(MlnbError):
    """The configuration file cannot be used."""


class BadName(MlnbError):
    """A notebook or dataset name outside the grammar, or unsafe on some system."""


class AlreadyExists(MlnbError):
    """Something else stands under this name, and mlnb does not overwrite."""


class NotFound(MlnbError):
    """Nothing is known under this name."""


class DatasetNotFound(NotFound):
    """No version of a dataset fits what was asked for."""


class BrokenNotebook(MlnbError):
    """The file is not a notebook that can be read."""


class BadTemplate(MlnbError):
    """A template is broken, or asks for something that nothing is known of."""


class BadArgument(MlnbError):
    """An argument of a run is unknown or of the wrong type."""


class MissingKernel(MlnbError):
    """The kernel that a notebook names is not installed."""


class FailedRun(MlnbError):
    """A notebook that had to run to its end for something else did not."""


class BadQuery(MlnbError):
    """A search query that cannot be understood."""


class NotSplittable(MlnbError):
    """The notebook cannot be cut there so that both parts compute what the whole one did."""


class NotPromotable(MlnbError):
    """The notebook holds a construct that cannot be promoted faithfully."""


class NotEquivalent(MlnbError):
    """The promoted pipeline computes something else than the notebook."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean “x”?` for the closest of `known`, or nothing."""
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6) or get_close_matches(
        word.lower(), [name for name in names if name.islower()], n=1, cutoff=0.6
    )
    return f"; did you mean “{close[0]}”?" if close else ""
