"""Routes of run: the form, start, list, one run, cancel."""

from __future__ import annotations

from tornado import web

from mlnb import api
from mlnb.errors import MlnbError
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import Handler


class FormHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.form, self.query("path")))

    def form(self, contents_path: str) -> m.RunForm:
        path = self.local(contents_path)
        project = self.project(contents_path)
        if project.is_record(path):
            problem = "this is the record of a run: run the notebook it was made from"
            return m.RunForm(path=contents_path, parameters=[], problem=problem)
        try:
            declared = api.parameters(path)
        except MlnbError as error:
            return m.RunForm(path=contents_path, parameters=[], problem=str(error))
        references = [version.name.stem for version in reversed(api.data(project))]
        parameters = [
            m.ParameterInfo(
                name=parameter.name,
                type=parameter.type,
                default=parameter.default,
                help=parameter.help,
                choices=references if parameter.type == "dataset" else [],
            )
            for parameter in declared
        ]
        return m.RunForm(path=contents_path, parameters=parameters, problem=None)


class RunHandler(Handler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.start, self.body(m.StartRun)), 202)

    def start(self, request: m.StartRun) -> m.RunInfo:
        project = self.project(request.path)
        record = api.start_run(project, self.local(request.path), request.arguments)
        return wire.run(record, project, self.contents_path)


class RunsHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.list, self.query("path", "")))

    def list(self, contents_path: str) -> m.RunList:
        project = self.project(contents_path)
        path = self.local(contents_path)
        found = api.runs(project, None if path.is_dir() else path)
        return m.RunList(
            runs=[wire.run(each, project, self.contents_path, found.notebooks[each.id]) for each in found.records]
        )


class OneRunHandler(Handler):
    @web.authenticated
    async def get(self, run_id: str) -> None:
        self.reply(await self.work(self.show, run_id, self.query("path", "")))

    def show(self, run_id: str, contents_path: str) -> m.RunInfo:
        project = self.project(contents_path)
        record, _ = api.find_run(project, run_id)
        return wire.run(record, project, self.contents_path, api.notebook_of(project, record))


class CancelRunHandler(Handler):
    @web.authenticated
    async def post(self, run_id: str) -> None:
        self.reply(await self.work(self.cancel, run_id, self.query("path", "")), 202)

    def cancel(self, run_id: str, contents_path: str) -> m.RunInfo:
        project = self.project(contents_path)
        return wire.run(api.cancel_run(project, run_id), project, self.contents_path)
