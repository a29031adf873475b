"""The base of all messages, and the words they choose from."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

KindName = Literal["exploration", "cleaning", "experiment", "deployment"]
Severity = Literal["error", "warn", "info"]
RunState = Literal["queued", "running", "succeeded", "failed", "cancelled", "lost"]
Verdict = Literal["identical", "within tolerance", "different", "not checked"]
ParameterType = Literal["int", "float", "bool", "str", "dataset", "json"]
Confidence = Literal["high", "medium", "low"]
NodeType = Literal["notebook", "dataset", "run", "pipeline"]
Relation = Literal["next", "reads", "writes", "ran", "promoted"]


class Message(BaseModel):
    """Base of all messages: read-only, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Refusal(Message):
    """The body of every answer that is not a success."""

    message: str
    reason: str
    traceback: None = None
