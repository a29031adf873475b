"""Every route, once: the pattern under `/mlnb/` and its handler."""

from __future__ import annotations

from mlnb.server import adopt, changes, check, create, data, lineage, promote, rename, run, search, split
from mlnb.server.base import Handler

_ID = r"([\w-]+)"

ROUTES: tuple[tuple[str, type[Handler]], ...] = (
    ("project", create.ProjectHandler),
    ("init", create.InitHandler),
    ("create/options", create.OptionsHandler),
    ("create/preview", create.PreviewHandler),
    ("create/scratch", create.ScratchHandler),
    ("create", create.CreateHandler),
    ("handover", create.HandoverHandler),
    ("rename/guess", rename.GuessHandler),
    ("rename/preview", rename.PreviewHandler),
    ("rename/moved", rename.MovedHandler),
    ("rename", rename.RenameHandler),
    ("changes", changes.ChangesHandler),
    ("changes/undo", changes.UndoHandler),
    ("adopt/plan", adopt.AdoptPlanHandler),
    ("adopt", adopt.AdoptHandler),
    ("check", check.CheckHandler),
    ("data", data.DataHandler),
    ("run/form", run.FormHandler),
    ("run", run.RunHandler),
    ("runs", run.RunsHandler),
    (f"runs/{_ID}", run.OneRunHandler),
    (f"runs/{_ID}/cancel", run.CancelRunHandler),
    ("search", search.SearchHandler),
    ("split", split.SplitHandler),
    (f"split/{_ID}", split.SplitJobHandler),
    (f"split/{_ID}/cancel", split.CancelSplitHandler),
    ("lineage", lineage.LineageHandler),
    ("promote", promote.PromoteHandler),
    (f"promote/{_ID}", promote.PromoteJobHandler),
    (f"promote/{_ID}/cancel", promote.CancelPromoteHandler),
)
