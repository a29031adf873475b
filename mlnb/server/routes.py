"""Every route, once: the pattern under `/mlnb/` and its handler."""

from __future__ import annotations

from mlnb.server import check, create, data, promote, run, search
from mlnb.server.base import Handler

_ID = r"([\w-]+)"

ROUTES: tuple[tuple[str, type[Handler]], ...] = (
    ("project", create.ProjectHandler),
    ("init", create.InitHandler),
    ("create/options", create.OptionsHandler),
    ("create/preview", create.PreviewHandler),
    ("create", create.CreateHandler),
    ("check", check.CheckHandler),
    ("data", data.DataHandler),
    ("run/form", run.FormHandler),
    ("run", run.RunHandler),
    ("runs", run.RunsHandler),
    (f"runs/{_ID}", run.OneRunHandler),
    (f"runs/{_ID}/cancel", run.CancelRunHandler),
    ("search", search.SearchHandler),
    ("promote", promote.PromoteHandler),
    (f"promote/{_ID}", promote.PromoteJobHandler),
    (f"promote/{_ID}/cancel", promote.CancelPromoteHandler),
)
