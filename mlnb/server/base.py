"""The base of all handlers: authentication, paths kept under the root, threads, and errors as HTTP statuses."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from http.client import responses
from pathlib import Path
from typing import Any, TypeVar

from jupyter_server.base.handlers import APIHandler
from pydantic import BaseModel, ValidationError
from tornado import web

from mlnb import project
from mlnb.errors import AlreadyExists, MlnbError, NotFound
from mlnb.project import Project
from mlnb.server.messages import Refusal

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

LONGEST_PATH = 4096
# Anything else is 400.
_STATUSES: dict[type[MlnbError], int] = {NotFound: 404, AlreadyExists: 409}


class Handler(APIHandler):
    """Subclasses parse, call `mlnb.api` through `work`, and `reply`."""

    @property
    def root(self) -> Path:
        """The folder that contents paths are relative to."""
        return Path(self.settings["server_root_dir"]).expanduser().resolve()

    def local(self, contents_path: str) -> Path:
        """The file a contents path names. Raises `NotFound` for one that leaves the root, links followed."""
        shown = contents_path[:100]
        if "\0" in contents_path or len(contents_path) > LONGEST_PATH:
            raise NotFound(f"“{shown.replace(chr(0), '')}” is no path of this server")
        path = self.root / contents_path.strip("/") if contents_path else self.root
        try:
            inside = path.resolve().is_relative_to(self.root)
            reachable = path == self.root or path.parent.is_dir()
        except (OSError, ValueError, RuntimeError):  # a name too long, a loop of links, a folder that may not be read
            raise NotFound(f"“{shown}” cannot be read") from None
        if inside and not reachable:
            raise NotFound(f"there is no “{shown}”")
        if not inside:
            raise NotFound(f"“{shown}” lies outside the folder that this server serves")
        return path

    def contents_path(self, path: Path) -> str:
        """What the front end calls a file."""
        return path.relative_to(self.root).as_posix() if path != self.root else ""

    def project(self, contents_path: str) -> Project:
        """The project that a file or folder lies in, not above the root. Raises `NoProject`."""
        return project.find(self.local(contents_path), stop=self.root)

    def body(self, message: type[M]) -> M:
        """The request's body as a message. Raises `BadRequest` naming the field that is wrong."""
        try:
            return message.model_validate_json(self.request.body or b"{}")
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the body"
            raise BadRequest(f"the request is not understood: {field}: {first['msg'].lower()}") from None

    def query(self, name: str, default: str | None = None) -> str:
        """A query argument. Raises `BadRequest` where it is missing."""
        value = self.get_query_argument(name, default)
        if value is None:
            raise BadRequest(f"the request lacks “{name}”")
        return value

    async def work(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Call a function of the synchronous core in a thread, so that the event loop goes on."""
        return await asyncio.to_thread(function, *arguments, **named)

    def reply(self, message: BaseModel, status: int = 200) -> None:
        self.set_status(status)
        self.finish(message.model_dump_json())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Every refusal is a `Refusal`; what went wrong inside mlnb is logged, not sent."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        message = "mlnb failed; the server's log says why"
        reason = type(error).__name__ if error else "Error"
        match error:
            case MlnbError():
                status_code = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 400)
                message = self.without_root(str(error))
            case PermissionError():
                status_code = 403
                message = "this server may not write or read there: check the permissions of the folder"
            case OSError():
                status_code = 400
                message = f"the file system refuses: {error.strerror or error}"
            case web.HTTPError():
                known = responses.get(status_code, "the request was refused")
                message = error.log_message or error.reason or known
        self.set_status(status_code)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(Refusal(message=message, reason=reason).model_dump()))

    def without_root(self, message: str) -> str:
        """The front end knows paths from the root on; where that is on the machine is nobody's business."""
        return message.replace(f"{self.root}{os.sep}", "").replace(str(self.root), "the root folder")

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """A refusal is an answer, not a failure of the server."""
        if not isinstance(value, MlnbError):
            super().log_exception(typ, value, tb)


class BadRequest(MlnbError):
    """The request itself is wrong."""
