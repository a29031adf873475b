"""What the processes that belong to mlnb leave out, so that nobody waits for it."""

from __future__ import annotations

import sys


def without_iri_checks() -> None:
    """Keep jsonschema from importing `rfc3987_syntax`, which builds a grammar for two seconds at import.

    jsonschema takes it for an optional package and then knows no format “iri”; no notebook schema uses one.
    For our own processes only: a server or a kernel is not ours to change.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None makes an import fail at once
