"""Route of check: the findings in a notebook."""

from __future__ import annotations

from pathlib import Path

from tornado import web

from mlnb import api
from mlnb.errors import NoProject, NotFound
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import Handler


class CheckHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.check, self.query("path")))

    def check(self, contents_path: str) -> m.CheckReport:
        path = self.local(contents_path)
        if not path.is_file():
            raise NotFound(f"there is no notebook “{contents_path}”")
        return wire.report(api.check([path])[0], self.contents_path, scratch=self.is_scratch(path, contents_path))

    def is_scratch(self, path: Path, contents_path: str) -> bool:
        try:
            return self.project(contents_path).is_scratch(path)
        except NoProject:
            return False
