"""Messages of create: the project, what the dialog offers, hand-over."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlnb.server.messages.base import KindName, Message
from mlnb.server.messages.data import DatasetInfo


class KindInfo(Message):
    """One of the four kinds, as the launcher and the create dialog show it."""

    kind: KindName
    label: str
    caption: str
    prompt: str


class ProjectInfo(Message):
    """The project a path lies in; `initialised` is false where there is none yet."""

    root: str
    name: str
    initialised: bool
    git: bool
    kinds: list[KindInfo]


class InitRequest(Message):
    """Make the folder `path` an mlnb project."""

    path: str


class NotebookInfo(Message):
    """A notebook of the project."""

    path: str
    name: str
    kind: KindName | None
    title: str
    number: int | None


class VariableInfo(Message):
    """A value that a template asks for. `default` is None where it must be given."""

    name: str
    prompt: str
    type: Literal["str", "int", "float", "bool", "date"]
    default: str | None
    choices: list[str]


class TemplateInfo(Message):
    """A template of a kind. `source` is mlnb, the project's folder or an installed package."""

    name: str
    kind: KindName
    label: str
    description: str
    source: str
    variables: list[VariableInfo]
    problem: str | None


class CreateOptions(Message):
    """What the create dialog offers for one kind in one folder. `template` is the one taken if none is chosen."""

    project: ProjectInfo
    parents: list[NotebookInfo]
    datasets: list[DatasetInfo]
    templates: list[TemplateInfo]
    folders: list[str]
    parent: str | None
    dataset: str | None
    template: str
    folder: str


class CreateRequest(Message):
    """Create a notebook, or say what it would be called. What is None is chosen by the server.

    `handover` is the id of an item of the parent's `HandoverOffers`.
    """

    cwd: str
    kind: KindName
    title: str = Field(max_length=1000)
    parent: str | None = None
    dataset: str | None = None
    number: int | None = Field(default=None, ge=0, le=9999)
    folder: str | None = None
    template: str | None = None
    variables: dict[str, str] = Field(default_factory=dict)
    handover: str | None = None


class CreatePreview(Message):
    """The path the notebook would get, or the reason why the request will not do.

    `outline` holds the headings of the notebook that would be written.
    """

    path: str | None
    problem: str | None
    number: int | None = None
    outline: list[str] = Field(default_factory=list)


class ScratchRequest(Message):
    """Create a temporary notebook in the scratch folder of the project of `cwd`."""

    cwd: str


class Created(Message):
    """The new notebook, as contents path."""

    path: str


class HandoverItem(Message):
    """A finding, idea, output or decision of a notebook that another one can go on with."""

    id: str
    section: str
    text: str
    cell: int
    cell_id: str | None
    kinds: list[KindName]


class HandoverOffers(Message):
    """What a notebook can hand over, and the dataset that is handed over with it."""

    path: str
    kind: KindName | None
    next_kinds: list[KindName]
    items: list[HandoverItem]
    dataset: str | None
