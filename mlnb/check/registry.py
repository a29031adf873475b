"""Every rule, once, in order of its code."""

from __future__ import annotations

from mlnb.check.rule import Rule
from mlnb.check.rules import (
    mln101_kind_missing,
    mln104_name_leftover,
    mln201_undated_dataset_read,
    mln304_no_parameters_cell,
    mln401_syntax,
    mln420_used_before_defined,
    mln702_error_output,
)

RULES: tuple[Rule, ...] = (
    mln101_kind_missing.RULE,
    mln104_name_leftover.RULE,
    mln201_undated_dataset_read.RULE,
    mln304_no_parameters_cell.RULE,
    mln401_syntax.RULE,
    mln420_used_before_defined.RULE,
    mln702_error_output.RULE,
)
