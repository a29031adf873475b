"""Routes of promote: start, look, cancel."""

from __future__ import annotations

from pathlib import Path

from tornado import web

from mlnb.errors import NotFound
from mlnb.server import messages as m
from mlnb.server.base import Handler
from mlnb.server.jobs import Job, Jobs


class _JobHandler(Handler):
    @property
    def jobs(self) -> Jobs:
        jobs: Jobs = self.settings["mlnb_promote_jobs"]
        return jobs

    def message(self, job: Job) -> m.PromoteJob:
        result = None
        if job.result is not None:
            package = self.contents_path(Path(job.result["folder"]))
            result = m.Promotion.model_validate(
                {
                    **{key: value for key, value in job.result.items() if key in m.Promotion.model_fields},
                    "package": package,
                }
            )
        return m.PromoteJob(
            id=job.id,
            notebook=self.contents_path(job.notebook),
            state=job.state,
            stage=job.stage,
            result=result,
            problem=job.problem,
        )


class PromoteHandler(_JobHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.start, self.body(m.PromoteRequest)), 202)

    def start(self, request: m.PromoteRequest) -> m.PromoteJob:
        path = self.local(request.path)
        if not path.is_file() or path.suffix != ".ipynb":
            raise NotFound(f"there is no notebook “{request.path}”")
        self.project(request.path)
        return self.message(self.jobs.start(path))


class PromoteJobHandler(_JobHandler):
    @web.authenticated
    async def get(self, job_id: str) -> None:
        self.reply(self.message(self.jobs.get(job_id)))


class CancelPromoteHandler(_JobHandler):
    @web.authenticated
    async def post(self, job_id: str) -> None:
        self.reply(self.message(await self.work(self.jobs.cancel, job_id)))
