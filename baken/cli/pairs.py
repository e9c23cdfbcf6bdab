"""Tables whose columns go two and two under each other, so that a narrow terminal holds them too."""

from collections.abc import Collection, Sequence

from rich import box
from rich.table import Table


def paired_table(
    title: str, pairs: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]], wordy: Collection[str]
) -> Table:
    """Return rows as a table with a column for each pair of names, one above the other.

    Each row has a cell for every name, in the order of the pairs.  Only columns with a ``wordy`` name wrap.
    """
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for pair in pairs:
        may_wrap = any(name in wordy for name in pair)
        table.add_column("\n".join(pair), no_wrap=not may_wrap, overflow="fold")
    for row in rows:
        table.add_row(*("\n".join(row[at : at + 2]) for at in range(0, len(row), 2)))
    return table
