"""Hand over the watch: one offers it with what the next has to know, the other takes it."""

from baken.errors import WrongUsage
from baken.incident.handover import WATCH, Handover, WatchState, handovers_of, state_of_watch
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incidents
from baken.records.evidence import EntryKind, entry_id_of
from baken.records.marking import Realm


def watch_state(log: EvidenceLog, realm: Realm) -> tuple[WatchState, tuple[Handover, ...]]:
    """Return what is open and what changed, and every hand-over so far."""
    handovers = handovers_of(log.entries(realm, subject=WATCH))
    return state_of_watch(incidents(log, realm), handovers), handovers


def offer_watch(desk: Desk, realm: Realm, *, to: str, text: str) -> Handover:
    """Offer the watch to somebody, with a note.  It is his when he takes it."""
    if not to.strip():
        raise WrongUsage("the watch is offered to somebody; say --to NAME")
    state, _ = watch_state(desk.log, realm)
    desk.keep(
        desk.entry(
            EntryKind.HANDOVER,
            WATCH,
            realm,
            ("act", "offer"),
            ("to", to),
            ("text", text),
            ("open_incidents", tuple(str(each.incident_id) for each in state.open_incidents)),
        )
    )
    return watch_state(desk.log, realm)[1][-1]


def take_watch(desk: Desk, realm: Realm) -> Handover:
    """Take the watch that was offered last.

    Raises: WrongUsage when nothing is offered, or to somebody else.
    """
    _, handovers = watch_state(desk.log, realm)
    if not handovers or handovers[-1].accepted_at_tai_ns is not None:
        raise WrongUsage("nobody has offered the watch; 'baken incident handover --to NAME' does")
    offer = handovers[-1]
    if offer.offered_to != desk.actor:
        raise WrongUsage(f"the watch was offered to {offer.offered_to}, and you are {desk.actor}")
    desk.keep(
        desk.entry(
            EntryKind.HANDOVER, WATCH, realm, ("act", "accept"), ("offer", entry_id_of(offer.entry_sequence))
        )
    )
    return watch_state(desk.log, realm)[1][-1]
