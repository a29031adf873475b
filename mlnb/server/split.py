"""Routes of split: where a notebook may be cut, and the cut itself, which is work of its own process."""

from __future__ import annotations

from pathlib import Path

from tornado import web

from mlnb import api
from mlnb.errors import NotFound
from mlnb.records.changes import Change
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import Handler
from mlnb.server.jobs import Job, Jobs


class _SplitHandler(Handler):
    @property
    def jobs(self) -> Jobs:
        jobs: Jobs = self.settings["mlnb_split_jobs"]
        return jobs

    def notebook(self, contents_path: str) -> Path:
        path = self.local(contents_path)
        if not path.is_file() or path.suffix != ".ipynb":
            raise NotFound(f"there is no notebook “{contents_path}”")
        return path

    def message(self, job: Job) -> m.SplitJob:
        contents = self.contents_path(job.notebook)
        done = job.result
        return m.SplitJob(
            id=job.id,
            notebook=contents,
            state=job.state,
            stage=job.stage,
            change=wire.change(Change(**done["change"]), self.contents_path, self.project(contents)) if done else None,
            path=self.contents_path(Path(done["path"])) if done else None,
            problem=self.without_root(job.problem) if job.problem else None,
            notes=done["notes"] if done else [],
        )


class SplitHandler(_SplitHandler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.offers, self.query("path")))

    def offers(self, contents_path: str) -> m.SplitOffers:
        path = self.notebook(contents_path)
        found = api.split_offers(self.project(contents_path), path)
        return m.SplitOffers(
            path=contents_path,
            sha256=found.sha256,
            is_long=found.is_long,
            why=found.why,
            problem=found.problem,
            offers=[
                m.SplitOffer(
                    cell=offer.cell,
                    cell_id=offer.cell_id,
                    heading=offer.heading,
                    kind=offer.kind.value,
                    title=offer.title,
                    path=self.contents_path(offer.path),
                    crossing=[m.Crossing(name=one.name, how=one.how, detail=one.detail) for one in offer.crossing],
                    cells_before=offer.before,
                    cells_after=offer.after,
                )
                for offer in found.offers
            ],
        )

    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.start, self.body(m.SplitRequest)), 202)

    def start(self, request: m.SplitRequest) -> m.SplitJob:
        path = self.notebook(request.path)
        self.project(request.path)
        wish = {"cell": request.cell, "kind": request.kind, "title": request.title, "sha256": request.sha256}
        return self.message(self.jobs.start(path, **wish))


class SplitJobHandler(_SplitHandler):
    @web.authenticated
    async def get(self, job_id: str) -> None:
        self.reply(await self.work(lambda: self.message(self.jobs.get(job_id))))


class CancelSplitHandler(_SplitHandler):
    @web.authenticated
    async def post(self, job_id: str) -> None:
        self.reply(await self.work(lambda: self.message(self.jobs.cancel(job_id))))
