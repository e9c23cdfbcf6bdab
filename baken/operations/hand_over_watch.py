"""Hand over the watch: one offers it with what the next has to know, the other takes it."""

from dataclasses import replace

from baken.errors import WrongUsage
from baken.incident.handover import (
    ACCEPT,
    OFFER,
    WATCH,
    changes_since,
    clocks_of,
    handovers_of,
    last_taken,
    most_urgent_first,
    questions_of,
    waiting_reports,
)
from baken.incident.lifecycle import OVER
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog, Seen
from baken.operations.judge_by_rules import findings_of
from baken.operations.work_incident import incidents
from baken.records.evidence import EntryKind, entry_id_of
from baken.records.marking import Marking, Realm, strictest
from baken.records.watch import Handover, WatchState
from baken.report.watch_text import watch_lines
from baken.report.words import Speech

TOLD = "told"
TOLD_OF = frozenset({EntryKind.REPORT, EntryKind.GAP})


def watch_state(
    log: EvidenceLog, realm: Realm, *, now_tai_ns: int
) -> tuple[WatchState, tuple[Handover, ...]]:
    """Return what is open, what changed and what waits, and every hand-over so far."""
    handovers = handovers_of(log.entries(realm, subject=WATCH))
    taken = last_taken(handovers)
    since = taken.accepted_at_tai_ns if taken else None
    known = incidents(log, realm)
    still_open = [one for one in most_urgent_first(known) if one.stage not in OVER]
    gaps = log.entries(realm, kinds={EntryKind.GAP})
    ahead = [
        clock
        for one in still_open
        for clock in clocks_of(one, findings_of(log, one).items(), now_tai_ns=now_tai_ns)
    ]
    state = WatchState(
        open_incidents=tuple(still_open),
        changed=changes_since(known, since),
        clocks=tuple(sorted(ahead, key=lambda clock: clock.at_tai_ns)),
        questions=tuple(question for one in still_open for question in questions_of(one, gaps)),
        reports=waiting_reports(
            log.entries(realm, kinds={EntryKind.REPORT}), log.entries(realm, kinds={EntryKind.JOINED})
        ),
        since_tai_ns=since,
        now_tai_ns=now_tai_ns,
        on_watch=taken.accepted_by if taken else "",
    )
    return state, handovers


def offer_watch(desk: Desk, realm: Realm, *, to: str, text: str, language: str = "en") -> Handover:
    """Offer the watch to somebody, with a note; what he is told is kept with it.  It is his when he takes it.

    What he is told is made from many entries, and bears a label of its own: what all of them ask.
    Raises: WrongUsage when nobody is named; Overtaken when somebody was quicker.
    """
    if not to.strip():
        raise WrongUsage("the watch is offered to somebody; say to whom")
    seen = _seen(desk, realm)
    state, _ = watch_state(desk.log, realm, now_tai_ns=desk.at_tai_ns)
    desk.keep(
        desk.entry(
            EntryKind.HANDOVER,
            WATCH,
            realm,
            ("act", OFFER),
            ("to", to.strip()),
            ("text", text),
            ("open_incidents", tuple(str(each.incident_id) for each in state.open_incidents)),
            (TOLD, watch_lines(state, Speech(language))),
            marking=_label_of(desk, state, realm),
        ),
        seen=seen,
    )
    return handovers_of(desk.log.entries(realm, subject=WATCH))[-1]


def take_watch(desk: Desk, realm: Realm) -> Handover:
    """Take the watch that was offered last.

    Raises: WrongUsage when nothing is offered, or to somebody else; Overtaken when somebody was quicker.
    """
    seen = _seen(desk, realm)
    handovers = handovers_of(desk.log.entries(realm, subject=WATCH))
    if not handovers or handovers[-1].accepted_at_tai_ns is not None:
        raise WrongUsage("nobody has offered the watch; 'baken incident handover --to NAME' does")
    offer = handovers[-1]
    if offer.offered_to != desk.actor:
        raise WrongUsage(f"the watch was offered to {offer.offered_to}, and you are {desk.actor}")
    desk.keep(
        desk.entry(
            EntryKind.HANDOVER, WATCH, realm, ("act", ACCEPT), ("offer", entry_id_of(offer.entry_sequence))
        ),
        seen=seen,
    )
    return handovers_of(desk.log.entries(realm, subject=WATCH))[-1]


def _label_of(desk: Desk, state: WatchState, realm: Realm) -> Marking:
    about = {str(one.incident_id) for one in state.open_incidents}
    about |= {str(one.incident_id) for one in state.changed}
    about |= {event_id for one in state.open_incidents for event_id in one.event_ids}
    made_from = frozenset(
        kept.marking.whole
        for kept in desk.log.entries(realm)
        if kept.entry.kind in TOLD_OF or kept.entry.subject in about
    )
    label = strictest(made_from | {desk.marking})
    return desk.marking if label == desk.marking else replace(desk.marking, of_fields=((TOLD, label),))


def _seen(desk: Desk, realm: Realm) -> Seen:
    return Seen(subject=WATCH, n_entries=len(desk.log.entries(realm, subject=WATCH)))
