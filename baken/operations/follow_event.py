"""Follow an event: gather all that was ever said of an encounter, and judge it anew."""

from collections.abc import Iterator

from baken.assess.conjunction.updates import update_of_finding, update_of_message
from baken.errors import NoSuchRecord
from baken.operations.ports import Store
from baken.operations.receive_messages import Assessor
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate
from baken.records.event import EventId, Finding
from baken.records.identity import identity_from_norad
from baken.records.marking import Realm


def case_of_event(store: Store, event_id: EventId, *, realm: Realm, assessor: Assessor) -> ConjunctionCase:
    """Return a conjunction with every update kept, this node's own looks among them, in order of creation.

    Messages are assessed as they are read: what is kept is what was said, and the judgement is today's.

    Raises: NoSuchRecord when no event of that realm bears the id.
    """
    updates = [*_own(store, event_id, realm), *_of_others(store, event_id, realm, assessor)]
    in_order = sorted(updates, key=lambda one: (one.created_tai_ns, one.kept_at_tai_ns, one.digest))
    return ConjunctionCase(event_id=event_id, updates=tuple(in_order))


def _own(store: Store, event_id: EventId, realm: Realm) -> Iterator[ConjunctionUpdate]:
    node = store.node_name()
    for kept in store.history_of(event_id, realm=realm):
        if not kept.finding.originator:
            roles = _roles(store, kept.finding)
            yield update_of_finding(kept.finding, roles, originator=node, kept_at_tai_ns=kept.kept_at_tai_ns)


def _roles(store: Store, finding: Finding) -> tuple[str, str]:
    """Return which object a finding calls its primary, and which its secondary."""
    first, second = finding.object_ids
    primary = finding.measure("primary_norad_cat_id")
    if isinstance(primary, int) and _bearer(store, primary, finding.realm) == second:
        return second, first
    return first, second


def _bearer(store: Store, norad_cat_id: int, realm: Realm) -> str:
    try:
        return store.object_known_as("norad", str(norad_cat_id), realm=realm).object_id
    except NoSuchRecord:
        # A sky that was watched without being kept.
        return identity_from_norad(norad_cat_id).object_id


def _of_others(
    store: Store, event_id: EventId, realm: Realm, assessor: Assessor
) -> Iterator[ConjunctionUpdate]:
    for kept in store.messages_of(event_id, realm=realm):
        yield update_of_message(
            kept.message,
            assessor.assess(kept.message),
            assessor.settings,
            digest=kept.digest,
            kept_at_tai_ns=kept.kept_at_tai_ns,
        )
