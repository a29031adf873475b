"""Routes of data: list datasets, register a file."""

from __future__ import annotations

from tornado import web

from mlnb import api
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import Handler


class DataHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.list, self.query("path", "")))

    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.add, self.body(m.AddDatasetRequest)), 201)

    def list(self, contents_path: str) -> m.DatasetList:
        versions = api.data(self.project(contents_path))
        return m.DatasetList(datasets=wire.datasets(versions, self.contents_path))

    def add(self, request: m.AddDatasetRequest) -> m.DatasetInfo:
        project = self.project(request.path)
        file = self.local(request.path)
        version = api.add_data(project, file, name=request.name, date=request.date, features=request.features)
        newest = api.data(project, version.name.name)[-1].path == version.path
        return wire.dataset(version, self.contents_path, newest=newest)
