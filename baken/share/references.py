"""Names of other things in what goes: following one never leads to more than was released."""

import re
from collections.abc import Collection, Iterator

from baken.errors import WrongUsage
from baken.records.evidence import Value

# Entries, and whatever bears a name of a node: incidents, events, releases.
REFERENCE = re.compile(
    r"(?<![A-Za-z0-9-])(?:EV-[0-9]{1,15}|[A-Z]{2,8}-[A-Z]{2}[0-9]{2}-[0-9]{4,})(?![0-9])", re.IGNORECASE
)


def references_in(value: Value) -> Iterator[str]:
    """Yield every name of an entry, an incident, an event or a release in a value, however deep.

    >>> list(references_in(("see EV-12", ("NL-IN26-0001", 3))))
    ['EV-12', 'NL-IN26-0001']
    """
    if isinstance(value, tuple):
        for each in value:
            yield from references_in(each)
    elif isinstance(value, str):
        yield from (found.upper() for found in REFERENCE.findall(value))


def refuse_references(text: str, what: str, *, besides: Collection[str] = ()) -> None:
    """Refuse words that leave the house and name what stays in it.

    Raises: WrongUsage that tells the names.

    >>> refuse_references("as in EV-3", "--text")
    Traceback (most recent call last):
    baken.errors.WrongUsage: --text: it goes to a partner, and EV-3 stays here; say it in words
    """
    if named := [name for name in references_in(text) if name not in besides]:
        raise WrongUsage(f"{what}: it goes to a partner, and {', '.join(named)} stays here; say it in words")


def leads_outside(value: Value, inside: Collection[str]) -> bool:
    """Say whether a value names something that is not among what goes.

    >>> leads_outside("as in EV-3", {"EV-4"}), leads_outside("as in EV-4", {"EV-4"})
    (True, False)
    """
    return any(name not in inside for name in references_in(value))
