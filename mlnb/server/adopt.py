"""Routes of adoption: the plan for a folder, and the plan as edited, checked again or applied."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from tornado import web

from mlnb import api
from mlnb.adopt.apply import Adopted
from mlnb.adopt.check import inside
from mlnb.adopt.rows import DatasetRow, NotebookRow, Plan
from mlnb.errors import NotFound
from mlnb.notebook.kinds import Kind
from mlnb.project import Project
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import Handler


class _AdoptHandler(Handler):
    def folder(self, contents_path: str) -> Path:
        folder = self.local(contents_path)
        if not folder.is_dir():
            raise NotFound(f"there is no folder “{contents_path}”")
        return folder

    def planned(self, plan: Plan) -> m.AdoptPlan:
        return m.AdoptPlan(
            path=self.contents_path(plan.folder),
            git=plan.git,
            rows=[self._row(row) for row in plan.rows],
            datasets=[self._dataset(row) for row in plan.datasets],
            skipped=[m.RefusedFile(path=self.contents_path(path), reason=reason) for path, reason in plan.skipped],
            took_s=plan.took_s,
        )

    def _row(self, row: NotebookRow) -> m.AdoptRow:
        return m.AdoptRow(
            path=self.contents_path(row.path),
            kind=_KINDS[row.kind] if row.kind else None,
            confidence=row.confidence,
            reasons=list(row.reasons),
            title=row.title,
            number=row.number,
            proposed=self.contents_path(row.proposed) if row.proposed else None,
            references=row.references,
            apply=row.apply,
            problem=row.problem,
            sha256=row.sha256,
        )

    def _dataset(self, row: DatasetRow) -> m.AdoptDatasetRow:
        return m.AdoptDatasetRow(
            path=self.contents_path(row.path),
            name=row.name,
            date=row.date,
            date_from=row.date_from,
            date_why=row.date_why,
            features=row.features,
            proposed=self.contents_path(row.proposed) if row.proposed else None,
            references=row.references,
            apply=row.apply,
            problem=row.problem,
            sha256=row.sha256,
        )


class AdoptPlanHandler(_AdoptHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.plan, self.body(m.AdoptRequest).path))

    def plan(self, contents_path: str) -> m.AdoptPlan:
        folder = self.folder(contents_path)
        return self.planned(api.adopt_plan(self.project(contents_path), folder))


class AdoptHandler(_AdoptHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.adopt, self.body(m.AdoptApply)))

    def adopt(self, request: m.AdoptApply) -> m.AdoptResult:
        folder, project = self.folder(request.path), self.project(request.path)
        plan = Plan(
            folder=folder,
            git=False,
            rows=tuple(self._edited(project, row) for row in request.rows),
            datasets=tuple(self._edited_dataset(project, row) for row in request.datasets),
            skipped=(),
            canonical=0,
            took_s=0.0,
        )
        return self._result(project, api.adopt(project, plan, dry_run=request.dry_run))

    def _edited(self, project: Project, row: m.AdoptRow) -> NotebookRow:
        """A row as it came back: the name is made anew from kind, title and number, in the folder of the notebook."""
        path = inside(project, self.local(row.path))
        return NotebookRow(
            path=path,
            kind=Kind(row.kind) if row.kind else None,
            confidence=row.confidence,
            reasons=tuple(row.reasons),
            title=row.title,
            number=row.number,
            folder=path.parent,
            proposed=None,
            references=row.references,
            apply=row.apply,
            problem=None,
            sha256=row.sha256,
        )

    def _edited_dataset(self, project: Project, row: m.AdoptDatasetRow) -> DatasetRow:
        return DatasetRow(
            path=inside(project, self.local(row.path)),
            name=row.name,
            date=row.date,
            date_from=row.date_from,
            date_why=row.date_why,
            features=row.features,
            proposed=None,
            references=row.references,
            apply=row.apply,
            problem=None,
            sha256=row.sha256,
        )

    def _result(self, project: Project, done: Adopted) -> m.AdoptResult:
        return m.AdoptResult(
            change=wire.change(done.change, self.contents_path, project) if done.change else None,
            plan=self.planned(done.plan),
            refused=[m.RefusedFile(path=self.contents_path(path), reason=reason) for path, reason in done.refused],
        )


_KINDS: dict[str, m.KindName] = {name: name for name in get_args(m.KindName)}
