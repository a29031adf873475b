"""Routes of changes: what mlnb changed in several files at once, and undoing it."""

from __future__ import annotations

from tornado import web

from mlnb import api
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import Handler


class ChangesHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.listing, self.query("path", "")))

    def listing(self, contents_path: str) -> m.ChangeList:
        project = self.project(contents_path)
        return m.ChangeList(changes=[wire.change(made, self.contents_path, project) for made in api.changes(project)])


class UndoHandler(Handler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.undo, self.body(m.UndoRequest)))

    def undo(self, request: m.UndoRequest) -> m.Undone:
        project = self.project(request.path)
        undone = api.undo(project, request.id)
        return m.Undone(
            change=wire.change(undone.change, self.contents_path, project),
            restored=undone.restored,
            refused=[
                m.RefusedFile(path=self.contents_path(project.root / path), reason=reason)
                for path, reason in undone.refused
            ],
            moved=[
                m.MovedFile(old=self.contents_path(project.root / old), new=self.contents_path(project.root / new))
                for old, new in undone.moved
            ],
        )
