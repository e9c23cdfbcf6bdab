"""How a label is asked for at the command line, everywhere alike, and how the answer is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from baken.errors import WrongUsage
from baken.records.handling import handling_from_tokens
from baken.records.marking import OWNER_ONLY, Marking
from baken.wiring.asked_labels import label_as_typed, unknown_levels

For = Annotated[
    str, typer.Option("--releasable-to", metavar="NL,DE", help="Who else may see it; else nobody.")
]
Demands = Annotated[
    list[str] | None,
    typer.Option("--label", metavar="TOKEN", help="What it asks besides, like TLP:GREEN or CLASS:NL/..."),
]
OfFields = Annotated[
    list[str] | None,
    typer.Option(
        "--field-label", "--field", metavar="FIELD=LABEL", help="A narrower label of one field: DE; TLP:RED."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLabel:
    """A label as somebody asked for it, in the words of the command line; nothing asked is nobody else."""

    releasable_to: str = ""
    demands: Sequence[str] = ()
    of_fields: Sequence[str] = ()

    @property
    def is_said(self) -> bool:
        """Say whether anything was asked."""
        return bool(self.releasable_to or self.demands or self.of_fields)


NOTHING_ASKED = AskedLabel()


def asked_label(
    releasable_to: str, demands: Sequence[str] | None, of_fields: Sequence[str] | None
) -> AskedLabel:
    """Return what three options ask of one label."""
    return AskedLabel(releasable_to=releasable_to, demands=demands or (), of_fields=of_fields or ())


def asked_marking(home: Path, node: str, asked: AskedLabel) -> Marking:
    """Read the label something gets, owned by a node.

    Raises: WrongUsage that names the option and shows its form.
    """
    try:
        handling = handling_from_tokens(asked.demands)
    except ValueError as error:
        raise WrongUsage(f"--label: {error}; it is like TLP:GREEN or NEED:counterspace") from error
    marking = Marking(
        owner=node,
        releasable_to=asked_audience(asked.releasable_to),
        handling=handling,
        of_fields=tuple(sorted(labels_of_fields(node, asked.of_fields).items(), key=lambda named: named[0])),
    )
    refuse_unknown_levels(home, marking)
    return marking


def refuse_unknown_levels(home: Path, marking: Marking) -> None:
    """Refuse a classification that the table of a home does not know: nobody could be cleared for it.

    Raises: WrongUsage that names it.
    """
    if unknown := unknown_levels(home, marking):
        raise WrongUsage(
            f"--label: there is no classification {', '.join(sorted(unknown))}, so nobody could be cleared "
            "for it; 'baken evidence labels' shows those there are"
        )


def marking_or_owner_only(home: Path, node: str, asked: AskedLabel) -> Marking:
    """Read a label, or return that of what nobody labelled.

    Raises: WrongUsage as above.
    """
    return asked_marking(home, node, asked) if asked.is_said else OWNER_ONLY


def asked_audience(releasable_to: str) -> frozenset[str]:
    """Read names with commas between them; nothing is nobody.

    Raises: WrongUsage when they are no names of audiences.
    """
    names = frozenset(name.strip() for name in releasable_to.split(",")) if releasable_to else frozenset()
    try:
        return Marking(releasable_to=names).releasable_to
    except ValueError as error:
        raise WrongUsage(
            f"--releasable-to is names with commas between them, like NL,DE; not {releasable_to!r}"
        ) from error


def labels_of_fields(node: str, told: Iterable[str]) -> dict[str, Marking]:
    """Read labels of fields, each ``FIELD=LABEL``; a label without an audience is the owner's only.

    Raises: WrongUsage for what is no label, and for two of one field.

    >>> labels_of_fields("NL", ["sensor=DE; TLP:RED", "text="])["sensor"].text
    'NL: DE; TLP:RED'
    """
    labels: dict[str, Marking] = {}
    for each in told:
        name, equals, text = each.partition("=")
        label = label_as_typed(node, text) if name and equals else None
        if label is None:
            raise WrongUsage(f"--field-label is FIELD=LABEL, like 'sensor=DE; TLP:RED'; not {each!r}")
        if name in labels:
            raise WrongUsage(f"--field-label gives {name} two labels; give it one")
        labels[name] = label
    return labels
