"""What is sent in about releases: one shape an act, nothing unknown let through."""

from typing import Annotated

from pydantic import Field, StringConstraints

from baken.records.handling import Onward
from baken.records.marking import Realm
from baken.web.models import Line, Seen, Strict, Words

MaybeLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class Wanting(Strict):
    """What is to go to whom, how precisely, on which terms, and why; what is not said is the strictest."""

    what: Line
    recipients: list[Line] = Field(min_length=1, max_length=50)
    because: Words
    precision: Annotated[str, StringConstraints(max_length=1_000)] = ""
    purpose: MaybeLine = ""
    until_utc: Line | None = None
    onward: Onward = Onward.NOBODY
    licence: MaybeLine = ""
    consents: dict[Line, Annotated[str, StringConstraints(pattern=r"^EV-[0-9]{1,12}$")]] = Field(
        default_factory=dict, max_length=50
    )
    title: MaybeLine = ""
    realm: Realm = Realm.REAL


class Signing(Strict):
    """The note in which somebody signed exactly what goes, and why."""

    note: Annotated[str, StringConstraints(min_length=1, max_length=1_000_000)]
    because: Words
    seen: Seen = None


class Deciding(Strict):
    """A step of a release, and why."""

    because: Words
    seen: Seen = None
