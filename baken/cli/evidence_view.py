"""Entries of the log as a person reads them at a terminal, and as a script does."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.operations.partner_entries import Standing
from baken.operations.take_evidence import title_of
from baken.records.evidence import SECRET_FIELDS, KeptEntry, Value


def entry_table(kept: Sequence[KeptEntry], title: str, standings: Mapping[int, Standing]) -> Table:
    """Return entries as a table, in the order given; of those that partners sent, how they stand."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("entry", "when (UTC)", "kind", "about", "by", "may see", "what"):
        table.add_column(name, no_wrap=name in {"entry", "when (UTC)"}, overflow="fold")
    for one in kept:
        entry = one.entry
        # What people wrote is shown as it stands: no brackets of theirs are markup of ours.
        what = title_of(entry)
        if (standing := standings.get(one.sequence, Standing.HOLDS)) is not Standing.HOLDS:
            what = f"{standing.value.upper()}: {what}"
        cells = (entry.kind.value, entry.subject, entry.actor, one.marking.text, what)
        table.add_row(one.entry_id, utc_text(entry.at_tai_ns, 0), *map(Text, cells))
    return table


def shown_entry(kept: KeptEntry, standings: Mapping[int, Standing]) -> Table:
    """Return all that one entry says, field by field, and the digest that stands for it."""
    title = f"{kept.entry_id} in the log of {kept.entry.realm}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    shown = (field for field in kept.entry.disclosable if field[0] not in SECRET_FIELDS)
    for name, value in shown:
        table.add_row(Text(name), Text(value_text(value)))
    table.add_row("label that stands", Text(kept.marking.text))
    if kept.sequence in standings:
        table.add_row("how it stands", standings[kept.sequence].value)
    table.add_row("kept_at_utc", utc_text(kept.kept_at_tai_ns))
    table.add_row("commitment", kept.sealed.commitment)
    return table


def value_text(value: Value) -> str:
    """Return a value as a person reads it.

    >>> value_text(("NL", ("a", 1.5))), value_text(None), value_text(True)
    ('NL, (a, 1.5)', '-', 'yes')
    """
    if isinstance(value, tuple):
        return ", ".join(
            f"({value_text(one)})" if isinstance(one, tuple) else value_text(one) for one in value
        )
    if value is None:
        return "-"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
