"""Keep the sky that was watched, so that whoever looks at what was seen can look at what it was seen in."""

from collections.abc import Iterator
from itertools import groupby

from baken.operations.ports import Added, Store
from baken.records.catalogue import Catalogue, Past
from baken.records.event import EventKind
from baken.records.marking import Realm
from baken.records.orbit import ElementSet


def keep_sky(store: Store, catalogue: Catalogue, past: Past | None, *, at_tai_ns: int) -> tuple[Added, ...]:
    """Keep every orbit of a sky and the histories it was compared with; what is known stays as it is.

    Of all that was known before, only what broke up is kept too: without it nobody can tell how its pieces
    were pushed.  Each is kept under the source that it names itself.
    """
    said = (
        *catalogue.element_sets,
        *(past.histories if past else ()),
        *_broken(store, catalogue.realm, past),
    )
    by_source = groupby(sorted(said, key=_source), key=_source)
    return tuple(
        store.add_element_sets(list(sets), source=source, at_tai_ns=at_tai_ns) for source, sets in by_source
    )


def _broken(store: Store, realm: Realm, past: Past | None) -> Iterator[ElementSet]:
    """Yield the orbits that a past tells of what is known to have broken up."""
    found = store.events(realm, kind=EventKind.FRAGMENTATION)
    parents = {object_id for event in found for object_id in event.finding.object_ids}
    yield from (es for es in (past.element_sets if past else ()) if es.identity.object_id in parents)


def _source(element_set: ElementSet) -> str:
    named = element_set.lineage.sources
    return element_set.originator or (named[0].name if named else "unnamed")
