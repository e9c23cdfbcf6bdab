"""Find whatever bears a name: an object, an event, an incident, a release."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.ports import Store
from baken.operations.release_desk import releases
from baken.operations.work_incident import incidents
from baken.records.identity import Identity
from baken.records.marking import Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something that bears a name: its id, what it is, and how it reads in a list."""

    id: str
    kind: str
    text: str


def find_named(
    store: Store,
    log: EvidenceLog,
    identities: Sequence[Identity],
    words: str,
    realm: Realm,
    *,
    most: int,
) -> tuple[Named, ...]:
    """Return what bears a name with all these words in it: events and cases first, then objects."""
    asked = words.casefold().split()
    named = (each for each in _named(store, log, identities, realm) if _bears(each, asked))
    return tuple(islice(named, most))


def _bears(named: Named, asked: Iterable[str]) -> bool:
    text = f"{named.id} {named.text}".casefold()
    return all(word in text for word in asked)


def _named(store: Store, log: EvidenceLog, identities: Sequence[Identity], realm: Realm) -> Iterator[Named]:
    for incident in incidents(log, realm):
        yield Named(id=str(incident.incident_id), kind="incident", text=incident.title)
    for release in releases(log, realm):
        yield Named(id=str(release.release_id), kind="release", text=release.offer.recipient)
    for event in store.events(realm):
        yield Named(id=str(event.event_id), kind="event", text=event.finding.because)
    for identity in identities:
        yield Named(id=identity.object_id, kind="object", text=identity_text(identity))


def identity_text(identity: Identity) -> str:
    """Return an object's names in one line.

    >>> from baken.records.identity import identity_from_norad
    >>> identity_text(identity_from_norad(25544, name="ISS (ZARYA)", cospar_id="1998-067A"))
    'ISS (ZARYA) · 25544 · 1998-067A'
    """
    names = [identity.name, identity.norad_cat_id, identity.cospar_id]
    others = [f"{other.scheme} {other.value}" for other in identity.others]
    return " · ".join([*(str(name) for name in names if name is not None), *others]) or identity.object_id
