"""Routes of create: the project, what the dialog offers, the name as it is typed, the notebook."""

from __future__ import annotations

from pathlib import Path

from tornado import web

from mlnb import api
from mlnb.create.new import NewNotebook
from mlnb.errors import MlnbError, NoProject, NotFound
from mlnb.notebook.kinds import Kind
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
        kind = Kind(kind_name)
        info = self.info(cwd)
        if not info.initialised:
            return wire.no_options(info, kind)
        project = self.project(cwd)
        entries = [entry for entry in api.notebooks(project) if entry.reading.kind]
        versions = api.data(project)
        newest = max(versions, key=lambda version: version.name.order).name.stem if versions else None
        folder = self.folder(cwd, project) or project.notebooks
        folders = {project.notebooks, folder, *(entry.path.parent for entry in entries)}
        return m.CreateOptions(
            project=info,
            parents=[wire.notebook_info(entry.path, entry.reading, self.contents_path) for entry in entries],
            datasets=wire.datasets(versions, self.contents_path),
            templates=[wire.template(each) for each in api.templates(project) if each.kind is kind],
            folders=sorted(self.contents_path(each) for each in folders),
            parent=origin if self._is_parent(project, origin) else self._guess(kind, entries),
            dataset=newest,
            template=api.template_for_kind(project, kind).name,
            folder=self.contents_path(folder),
        )

    def _is_parent(self, project: Project, origin: str) -> bool:
        """Whether the notebook in front is one to build on: one with a kind, or a scratch notebook."""
        path = self.local(origin) if origin else None
        return path is not None and (project.names.read(path).kind is not None or project.is_scratch(path))

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
            made = api.preview(project, self.new(request, project))
        except MlnbError as error:
            return m.CreatePreview(path=None, problem=self.without_root(str(error)))
        return m.CreatePreview(
            path=self.contents_path(made.path), problem=None, number=made.number, outline=list(made.headings)
        )

    def new(self, request: m.CreateRequest, project: Project) -> NewNotebook:
        """What the request asks for, with its paths under the root."""
        parent = self.local(request.parent) if request.parent else None
        if parent is not None and project.names.read(parent).kind is None and not project.is_scratch(parent):
            raise NotFound(f"“{request.parent}” is no notebook to build on")
        if parent is not None:
            project.relative(parent)
        folder = self.local(request.folder) if request.folder is not None else self.folder(request.cwd, project)
        handover = None
        if request.handover is not None:
            if parent is None:
                raise BadRequest("a hand-over needs the notebook it comes from")
            handover = api.handed_over(project, parent, request.handover)
        return NewNotebook(
            kind=Kind(request.kind),
            title=request.title,
            parent=parent,
            dataset=request.dataset,
            folder=folder,
            number=request.number,
            template=request.template,
            variables=request.variables,
            handover=handover,
        )


class CreateHandler(PreviewHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.create, self.body(m.CreateRequest)), 201)

    def create(self, request: m.CreateRequest) -> m.Created:
        project = self.project(request.cwd)
        return m.Created(path=self.contents_path(api.create_new(project, self.new(request, project))))


class ScratchHandler(_ProjectHandler):
    @web.authenticated
    async def post(self) -> None:
        self.reply(await self.work(self.create, self.body(m.ScratchRequest)), 201)

    def create(self, request: m.ScratchRequest) -> m.Created:
        return m.Created(path=self.contents_path(api.create_scratch(self.project(request.cwd))))


class HandoverHandler(_ProjectHandler):
    @web.authenticated
    async def get(self) -> None:
        self.reply(await self.work(self.offers, self.query("path")))

    def offers(self, contents_path: str) -> m.HandoverOffers:
        path = self.local(contents_path)
        if not path.is_file():
            raise NotFound(f"there is no notebook “{contents_path}”")
        project = self.project(contents_path)
        found = api.handover_offers(project, path)
        return m.HandoverOffers(
            path=contents_path,
            kind=wire.kind(found.kind),
            next_kinds=[kind.value for kind in found.next_kinds],
            items=[
                m.HandoverItem(
                    id=item.id,
                    section=item.section,
                    text=item.text,
                    cell=item.cell,
                    cell_id=item.cell_id,
                    kinds=[kind.value for kind in item.kinds],
                )
                for item in found.items
            ],
            dataset=found.dataset,
        )
