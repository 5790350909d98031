"""Which rules are there? Each has a file of its own here, named after its code, and a place in this list."""

from gazepress.desk.check.rule import Rule
from gazepress.desk.check.rules import (
    acronym_unexplained,
    alt_empty,
    alt_idle,
    date_vague,
    heading_skipped,
    headline_capitals,
    headline_long,
    headline_stop,
    link_insecure,
    link_vague,
    money_bare,
    numbers_mixed,
    paragraph_long,
    source_missing,
    source_single,
    source_unnamed,
    summary_long,
    summary_missing,
    summary_repeats,
    units_mixed,
)

RULES: tuple[Rule, ...] = tuple(
    module.RULE
    for module in (
        headline_long,
        headline_stop,
        headline_capitals,
        summary_missing,
        summary_long,
        summary_repeats,
        source_missing,
        source_single,
        source_unnamed,
        alt_empty,
        alt_idle,
        heading_skipped,
        paragraph_long,
        acronym_unexplained,
        numbers_mixed,
        units_mixed,
        money_bare,
        date_vague,
        link_vague,
        link_insecure,
    )
)
