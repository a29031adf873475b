"""Data files to pandas frames and back, by file type."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from mlnb.errors import MlnbError

if TYPE_CHECKING:
    import pandas as pd


def read_frame(path: Path) -> pd.DataFrame:
    """Read a data file as pandas does without options. Raises `MlnbError` if it is none or broken."""
    import pandas as pd  # late: listing datasets must not wait for it

    name = path.name.lower().removesuffix(".gz").removesuffix(".bz2").removesuffix(".zip").removesuffix(".zst")
    try:
        if name.endswith(".csv"):
            return pd.read_csv(path)
        if name.endswith(".parquet"):
            return pd.read_parquet(path)
        if name.endswith(".feather"):
            return pd.read_feather(path)
        if name.endswith(".jsonl"):
            return pd.read_json(path, lines=True)
    # pandas' ParserError and pyarrow's ArrowInvalid are ValueErrors
    except (ValueError, OSError, EOFError, zlib.error, NotImplementedError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise MlnbError(f"{path} cannot be read as a table: {reason}") from None
    except ImportError:  # pandas reads .zst with the package zstandard
        raise MlnbError(f"{path.name} is compressed with Zstandard: install the package zstandard to read it") from None
    raise MlnbError(f"{path.name} is of no type mlnb reads: use Parquet, CSV or JSON lines (also packed), or Feather")


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as Parquet; the same frame gives the same bytes with the same pyarrow."""
    try:
        frame.to_parquet(path)
    except (ValueError, TypeError, NotImplementedError) as error:  # mixed columns, column names that are no strings
        raise MlnbError(f"the frame cannot be saved as Parquet: {str(error).splitlines()[0]}") from None


def sha256(path: Path) -> str:
    """The hash of the bytes of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
