"""Prints one JSON Schema with every message of `mlnb.server.messages`: `python -m mlnb.server.schema`."""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic.json_schema import models_json_schema

from mlnb.server import messages


def message_types() -> list[type[messages.Message]]:
    """Every message, in the order of the module."""
    found = [value for value in vars(messages).values() if isinstance(value, type)]
    return [each for each in found if issubclass(each, messages.Message) and each is not messages.Message]


def schema() -> dict[str, Any]:
    """The document that `labextension/src/api/_schema.ts` is generated from.

    Messages are described as they leave the server, where every field is there.
    """
    types = message_types()
    _, document = models_json_schema([(each, "serialization") for each in types], title="Messages")
    return {
        **document,
        "type": "object",
        "additionalProperties": False,
        "properties": {each.__name__: {"$ref": f"#/$defs/{each.__name__}"} for each in types},
    }


def main() -> None:
    """Write the document to standard output, the same bytes on every system."""
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8"))


if __name__ == "__main__":
    main()
