"""Under which names each object was spoken of, by what stands under some labels."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from baken.operations.label_ports import Under
from baken.records.identity import Designator, Identity
from baken.records.lineage import NO_LINEAGE
from baken.records.marking import Realm
from baken.store.message_text import message_from_text
from baken.store.provenance import under
from baken.store.tables import conjunction_messages, element_sets, ephemerides
from baken.store.told import told

Said = tuple[int, Identity]  # when, and who
NAMES = ("object_id", "norad_cat_id", "cospar_id", "name", "others_json")


def names_said(connection: Connection, realm: Realm, labels: Under | None) -> dict[str, Identity]:
    """Return each object that anything speaks of, as it was called last, in order of id.

    Element sets and ephemerides give names; a warning names only what has no other, as when it is kept.
    """
    named = _joined(_by_orbits(connection, realm, labels))
    messages = _joined(_by_messages(connection, realm, labels, frozenset(named)))
    return dict(sorted({**messages, **named}.items()))


def _joined(said: Iterable[Said]) -> dict[str, Identity]:
    found: dict[str, Identity] = {}
    for _, identity in sorted(said, key=lambda one: (one[0], repr(one[1]))):
        found[identity.object_id] = _after(found.get(identity.object_id), identity)
    return found


def _after(before: Identity | None, said: Identity) -> Identity:
    """Return an object with the names it was given last, and all those it was given beside them."""
    if before is None:
        return said
    return Identity(
        object_id=said.object_id,
        norad_cat_id=before.norad_cat_id if said.norad_cat_id is None else said.norad_cat_id,
        cospar_id=said.cospar_id or before.cospar_id,
        name=said.name or before.name,
        others=tuple(dict.fromkeys((*before.others, *said.others))),
    )


def _by_orbits(connection: Connection, realm: Realm, labels: Under | None) -> Iterator[Said]:
    for table, instant, its in (
        (element_sets, element_sets.c.epoch_tai_ns, None if labels is None else labels.element_sets),
        (ephemerides, ephemerides.c.start_tai_ns, None if labels is None else labels.ephemerides),
    ):
        names = [table.c[name] for name in NAMES]
        spoken = select(*names, func.max(instant).label("at_tai_ns")).where(
            table.c.realm == realm.value, *under(table, its)
        )
        for row in connection.execute(spoken.group_by(*names)):
            yield row.at_tai_ns, _identity(row)


def _identity(row: Any) -> Identity:
    return Identity(
        object_id=row.object_id,
        norad_cat_id=row.norad_cat_id,
        cospar_id=row.cospar_id,
        name=row.name,
        others=tuple(Designator(scheme=scheme, value=value) for scheme, value in told(row.others_json)),
    )


def _by_messages(
    connection: Connection, realm: Realm, labels: Under | None, named: frozenset[str]
) -> Iterator[Said]:
    spoken = select(conjunction_messages).where(
        conjunction_messages.c.realm == realm.value,
        *under(conjunction_messages, None if labels is None else labels.messages),
    )
    for row in connection.execute(spoken):
        unnamed = {row.first_object_id, row.second_object_id} - named
        if unnamed:
            message = message_from_text(row.message_json, NO_LINEAGE)
            ids = (row.first_object_id, row.second_object_id)
            for object_id, one in zip(ids, (message.first, message.second), strict=True):
                if object_id in unnamed:
                    yield row.created_tai_ns, replace(one.identity, object_id=object_id)
