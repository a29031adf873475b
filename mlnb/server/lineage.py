"""Route of lineage."""

from __future__ import annotations

from typing import get_args

from tornado import web

from mlnb import api
from mlnb.lineage.graph import Lineage, Node
from mlnb.project import Project
from mlnb.server import messages as m
from mlnb.server.base import BadRequest, Handler


class LineageHandler(Handler):
    @web.authenticated
    async def get(self) -> None:
        runs = self.query("runs", "0")
        if runs not in ("0", "1"):
            raise BadRequest("runs is 0 or 1")
        self.reply(await self.work(self.lineage, self.query("path", ""), runs == "1"))

    def lineage(self, contents_path: str, runs: bool) -> m.LineageInfo:
        """Of a folder, the lineage of its project; of a file, what led to it and what it led to."""
        project = self.project(contents_path)
        path = self.local(contents_path)
        return self._info(api.lineage(project, None if path.is_dir() else path, runs=runs), project)

    def _info(self, found: Lineage, project: Project) -> m.LineageInfo:
        return m.LineageInfo(
            focus=found.focus and _text(found.focus),
            nodes=[self._node(node, project) for node in found.nodes],
            edges=[
                m.LineageEdge(source=_text(edge.source), target=_text(edge.target), relation=edge.relation)
                for edge in found.edges
            ],
            problems=[_text(problem) for problem in found.problems],
        )

    def _node(self, node: Node, project: Project) -> m.LineageNode:
        return m.LineageNode(
            id=_text(node.id),
            type=node.type,
            label=_text(node.label),
            kind=_KINDS.get(node.kind or ""),
            path=_text(self.contents_path(project.root / node.path)) if node.path else None,
            when=node.when,
            state=node.state,
            missing=node.missing,
            detail=_text(node.detail),
        )


_KINDS: dict[str, m.KindName] = {name: name for name in get_args(m.KindName)}


def _text(text: str) -> str:
    """A file name may hold bytes that are no text, which JSON cannot carry."""
    return text.encode("utf-8", "replace").decode()
