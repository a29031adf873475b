"""Route of search."""

from __future__ import annotations

from tornado import web

from mlnb import api
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import BadRequest, Handler

MOST = 200


class SearchHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        limit = self.query("limit", "20")
        if not (limit.isascii() and limit.isdigit() and len(limit) < 6) or not 1 <= int(limit) <= MOST:
            raise BadRequest(f"limit is a number from 1 to {MOST}")
        self.reply(await self.work(self.search, self.query("q"), self.query("path", ""), int(limit)))

    def search(self, text: str, contents_path: str, limit: int) -> m.SearchAnswer:
        project = self.project(contents_path)
        return wire.answer(api.search(project, text, limit), project, self.contents_path)
