"""Routes of rename: the name that a notebook's content suggests, the preview, the rename, a move made elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from tornado import web

from mlnb import api
from mlnb.create.rename import RenamePlan
from mlnb.errors import MlnbError, NotFound
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import SUFFIX
from mlnb.project import Project
from mlnb.records.changes import Change
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import Handler


class GuessHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.guess, self.query("path")))

    def guess(self, contents_path: str) -> m.NameGuess:
        project, path = self.project(contents_path), self.local(contents_path)
        found = api.guess_name(project, path)
        return m.NameGuess(
            path=contents_path,
            scratch=found.scratch,
            kind=wire.kind(found.kind),
            confidence=found.confidence,
            title=found.title,
            reasons=list(found.reasons),
            proposed=self.contents_path(found.proposed) if found.proposed else None,
        )


class _RenameHandler(Handler):
    def plan(self, request: m.RenameRequest, project: Project) -> RenamePlan:
        folder = self.local(request.folder) if request.folder is not None else None
        return api.plan_of_rename(
            project,
            self.local(request.path),
            Kind(request.kind),
            request.title,
            number=request.number,
            folder=folder,
        )


class PreviewHandler(_RenameHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.preview, self.body(m.RenameRequest)))

    def preview(self, request: m.RenameRequest) -> m.RenamePreview:
        project = self.project(request.path)
        try:
            plan = self.plan(request, project)
        except MlnbError as error:
            return m.RenamePreview(path=None, problem=self.without_root(str(error)), references=[], runs=0)
        return m.RenamePreview(
            path=self.contents_path(plan.target),
            problem=None,
            references=[
                m.ReferenceInfo(path=self.contents_path(path), count=count) for path, count in plan.references.items()
            ],
            runs=len(api.runs(project, plan.path).records),
        )


class RenameHandler(_RenameHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.rename, self.body(m.RenameRequest)))

    def rename(self, request: m.RenameRequest) -> m.Moved:
        project = self.project(request.path)
        plan = self.plan(request, project)
        made = api.rename(project, plan)
        return m.Moved(
            path=self.contents_path(plan.target),
            lost_kind=False,
            change=wire.change(made, self.contents_path, project),
            references=sum(plan.references.values()),
        )


class MovedHandler(Handler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.moved, self.body(m.MovedRequest)))

    def moved(self, request: m.MovedRequest) -> m.Moved:
        """A notebook that came from outside the project has left no names in it."""
        project, new, old = self.project(request.new), self.local(request.new), self._gone(request.old)
        had_kind = new.suffix == SUFFIX and project.names.read(old).kind is not None
        lost = had_kind and project.names.read(new).kind is None
        change: Change | None = None
        references = 0
        if old.is_relative_to(project.root):
            mended = api.moved(project, old, new)
            change, references = mended.change, mended.references
        return m.Moved(
            path=request.new,
            lost_kind=lost and not project.is_scratch(new),
            change=wire.change(change, self.contents_path, project) if change else None,
            references=references,
        )

    def _gone(self, contents_path: str) -> Path:
        """Where a file was; its folder may be gone as well."""
        path = Path(os.path.normpath(self.root / contents_path.strip("/").replace("\0", "")))
        if not path.is_relative_to(self.root) or len(contents_path) > 4096:
            raise NotFound(f"“{contents_path[:100]}” lies outside the folder that this server serves")
        return path
