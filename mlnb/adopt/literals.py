"""The file that a call names, where its path is written out."""

from __future__ import annotations

import ast

_PATH_KEYWORDS = ("path", "filepath_or_buffer", "filename", "fname", "path_or_buf", "io", "excel_writer", "file")
_JOINS = ("join", "joinpath", "Path", "PurePath", "open")
_DEEPEST = 12


class Literals:
    """String constants assigned so far, and paths put together of them."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def assign(self, name: str, value: ast.expr) -> None:
        text = self.text(value)
        if text is None:
            self._known.pop(name, None)
        else:
            self._known[name] = text

    def file(self, call: ast.Call) -> str | None:
        """The path that a call reads or writes; None where it is computed or an address on the web."""
        named = [keyword.value for keyword in call.keywords if keyword.arg in _PATH_KEYWORDS]
        for argument in [*call.args[:2], *named]:
            text = self.text(argument)
            if text and "." in text and "://" not in text and "\n" not in text and len(text) < 300:
                return text
        return None

    def text(self, node: ast.expr, depth: int = 0) -> str | None:
        """The string a node stands for, as far as it is written out."""
        if depth > _DEEPEST:
            return None
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return self._known.get(name)
            case ast.BinOp(left=left, op=ast.Add() | ast.Div() as operator, right=right):
                head, tail = self.text(left, depth + 1), self.text(right, depth + 1)
                if tail is None or head is None:
                    return None
                return head + tail if isinstance(operator, ast.Add) else f"{head.rstrip('/')}/{tail}"
            case ast.JoinedStr(values=values):
                parts = [self.text(value, depth + 1) for value in values]
                return None if None in parts else "".join(part for part in parts if part)
            case ast.FormattedValue(value=value, format_spec=None):
                return self.text(value, depth + 1)
            case ast.Call(func=function, args=args) if args and _name(function) in _JOINS:
                parts = [self.text(value, depth + 1) for value in args]
                return None if None in parts else "/".join(part.rstrip("/") for part in parts if part)
        return None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
