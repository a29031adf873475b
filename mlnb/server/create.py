"""Routes of create: the project, what the dialog offers, the name as it is typed, the notebook."""

from __future__ import annotations

from pathlib import Path

from tornado import web

from mlnb import api
from mlnb.errors import MlnbError, NoProject, NotFound
from mlnb.notebook.kinds import Kind
from mlnb.notebook.names import read_name
from mlnb.project import Project
from mlnb.server import messages as m
from mlnb.server import wire
from mlnb.server.base import BadRequest, Handler

# Which kind of notebook one of a kind usually builds on.
_PARENTS = {
    Kind.CLEANING: (Kind.EXPLORATION,),
    Kind.EXPERIMENT: (Kind.EXPERIMENT, Kind.CLEANING, Kind.EXPLORATION),
    Kind.DEPLOYMENT: (Kind.EXPERIMENT,),
}


class _ProjectHandler(Handler):
    def info(self, contents_path: str) -> m.ProjectInfo:
        place = self.local(contents_path)
        folder = place if place.is_dir() else place.parent
        try:
            found: Project | None = self.project(contents_path)
        except NoProject:
            found = None
        in_git = any((parent / ".git").exists() for parent in (folder, *folder.parents))
        return wire.project_info(found, folder, self.contents_path, in_git)

    def folder(self, contents_path: str, found: Project) -> Path | None:
        """The folder a notebook is asked for in; the project's own notebooks folder where that is the root."""
        folder = self.local(contents_path)
        if not folder.is_dir():
            raise NotFound(f"there is no folder “{contents_path}”")
        return None if folder in (found.root, found.data) else folder


class ProjectHandler(_ProjectHandler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.info, self.query("path", "")))


class InitHandler(_ProjectHandler):
    @web.authenticated
    async def post(self) -> None:
        request = self.body(m.InitRequest)
        await self.work(api.init, self.local(request.path))
        self.reply(await self.work(self.info, request.path), 201)


class OptionsHandler(_ProjectHandler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.offers, self.query("cwd", ""), self.query("kind"), self.query("from", "")))

    def offers(self, cwd: str, kind_name: str, origin: str) -> m.CreateOptions:
        if kind_name not in set(Kind):
            raise BadRequest(f"“{kind_name}” is not a kind of notebook")
        info = self.info(cwd)
        if not info.initialised:
            return m.CreateOptions(project=info, parents=[], datasets=[], parent=None, dataset=None)
        project = self.project(cwd)
        entries = [entry for entry in api.notebooks(project) if entry.reading.kind]
        versions = api.data(project)
        datasets = wire.datasets(versions, self.contents_path)
        newest = max(versions, key=lambda version: version.name.order).name.stem if versions else None
        parents = [wire.notebook_info(entry.path, self.contents_path) for entry in entries]
        guess = origin or self._guess(Kind(kind_name), entries)
        return m.CreateOptions(project=info, parents=parents, datasets=datasets, parent=guess, dataset=newest)

    def _guess(self, kind: Kind, entries: list[api.NotebookEntry]) -> str | None:
        """The newest notebook of the kind that this one usually builds on."""
        for parent_kind in _PARENTS.get(kind, ()):
            fitting = [entry for entry in entries if entry.reading.kind is parent_kind]
            if fitting:
                return self.contents_path(fitting[-1].path)
        return None


class PreviewHandler(_ProjectHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.preview, self.body(m.CreateRequest)))

    def preview(self, request: m.CreateRequest) -> m.CreatePreview:
        project = self.project(request.cwd)
        try:
            path = api.preview(project, Kind(request.kind), request.title, self.folder(request.cwd, project))
        except MlnbError as error:
            return m.CreatePreview(path=None, problem=str(error))
        return m.CreatePreview(path=self.contents_path(path), problem=None)


class CreateHandler(_ProjectHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.create, self.body(m.CreateRequest)), 201)

    def create(self, request: m.CreateRequest) -> m.Created:
        project = self.project(request.cwd)
        parent = self.local(request.parent) if request.parent else None
        if parent is not None and read_name(parent).kind is None:
            raise NotFound(f"“{request.parent}” is no notebook to build on")
        path = api.create(
            project,
            Kind(request.kind),
            request.title,
            parent=parent,
            dataset=request.dataset,
            folder=self.folder(request.cwd, project),
        )
        return m.Created(path=self.contents_path(path))
