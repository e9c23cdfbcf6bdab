"""Keep our newest orbit of an object as evidence: what is released is always something the log holds."""

from baken.errors import NoSuchRecord
from baken.operations.desk import Desk
from baken.operations.export_catalogue import text_of
from baken.operations.look_up import object_named
from baken.operations.ports import Store
from baken.records.evidence import Content, Entry, EntryKind, KeptEntry
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm
from baken.records.orbit import ElementSet

WRITTEN_AS, MEDIA_TYPE = "omm-kvn", "text/plain"


def keep_orbit(desk: Desk, store: Store, name: str, realm: Realm) -> KeptEntry:
    """Keep the newest element set of an object in which nobody else has a say, and return it as evidence.

    One that is kept already is not kept twice.
    Raises: NoSuchRecord when nobody bears the name, or all there is of it is others'.
    """
    element_set = _newest_own(store, name, realm)
    content = text_of([element_set], WRITTEN_AS)
    digest = digest_of_bytes(content)
    subject = element_set.identity.object_id
    for kept in desk.log.entries(realm, subject=subject, kinds={EntryKind.MESSAGE}):
        if kept.entry.content is not None and kept.entry.content.digest == digest:
            return kept
    desk.log.keep_content(content)
    (kept,) = desk.keep(_entry(desk, element_set, digest, len(content)))
    return kept


def _newest_own(store: Store, name: str, realm: Realm) -> ElementSet:
    identity = object_named(store, name, realm=realm)
    every = store.element_sets_of(identity.object_id, realm=realm)
    own = [each for each in every if each.marking.originators <= {store.node_name()}]
    if not own:
        raise NoSuchRecord(f"no element set of {name} is ours; {len(every)} are others', who release them")
    return max(own, key=lambda each: each.epoch_tai_ns)


def _entry(desk: Desk, element_set: ElementSet, digest: str, size_bytes: int) -> Entry:
    identity = element_set.identity
    return Entry(
        kind=EntryKind.MESSAGE,
        subject=identity.object_id,
        actor=desk.actor,
        at_tai_ns=desk.at_tai_ns,
        fields=(
            ("title", f"element set of {identity.name or identity.object_id}"),
            ("norad_cat_id", identity.norad_cat_id),
        ),
        content=Content(
            digest=digest, media_type=MEDIA_TYPE, name=f"{identity.object_id}.omm", size_bytes=size_bytes
        ),
        realm=element_set.realm,
        marking=element_set.marking,
        lineage=element_set.lineage,
    )
