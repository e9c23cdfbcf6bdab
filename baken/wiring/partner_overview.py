"""Partners as a console shows them: what was agreed, what passed, what each would get today.

Whoever may not read the files of partners is told what passed, as far as he may see that, and no more.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from baken.astro.time import utc_text
from baken.errors import NoSuchRecord
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.last_passed import last_passed
from baken.operations.partner_entries import WithPartner, partners_heard_of, with_partner
from baken.operations.tell_contribution import tell_contributions
from baken.operations.would_get import WouldGet, audiences_in_labels, would_get
from baken.records.bundle import AnswerKind
from baken.records.marking import Marking, Realm, strictest
from baken.records.partner import Partner
from baken.records.reader import Item, Keeper, Reader
from baken.share.decide import Decision
from baken.share.partner_doubts import doubts_about
from baken.testing.check_partner import Sharing, release_of_a_try, tries, would_go
from baken.wiring.classifications import classifications
from baken.wiring.contribution_documents import contribution_document
from baken.wiring.house_files import PARTNER_FILE, label_of_files, may_read_files
from baken.wiring.partner_documents import exchange_document, partner_document, tried_document, would_document
from baken.wiring.partners import partners
from baken.wiring.policies import policies

Document = dict[str, object]
# A longer list of what could go is for 'baken --json partner check'.
MOST_WOULD = 100
# Where files lie on this machine is for whoever keeps it.
PLACES = frozenset({"out", "in"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What somebody may know of partners in a world, and the moment."""

    sharing: Sharing
    files: Mapping[str, Partner]
    log: EvidenceLog
    realm: Realm

    @property
    def now_tai_ns(self) -> int:
        return self.sharing.at_tai_ns


def overview(
    home: Path, log: EvidenceLog, reader: Reader | Keeper, node: str, realm: Realm, now_tai_ns: int
) -> Overview:
    """Return what somebody may know; the files of partners only when they are for him."""
    is_for_him = may_read_files(home, reader, PARTNER_FILE, node=node, realm=realm)
    return Overview(
        sharing=Sharing(
            node=node,
            policies=policies(home),
            classifications=classifications(home),
            at_tai_ns=now_tai_ns,
        ),
        files=partners(home) if is_for_him else {},
        log=log,
        realm=realm,
    )


def partners_overview(at: Overview) -> Document:
    """Return one line for each partner with a file, and for each of whom the log tells."""
    codes = sorted({*at.files, *partners_heard_of(at.log, at.realm)})
    labels = frozenset(label for code in codes for label in _labels(at, code))
    return {"partners": [_line(at, code) for code in codes], "marking": strictest(labels).text}


def partner_overview(at: Overview, code: str, passed: WithPartner) -> Document:
    """Return all there is to know of one partner.

    Raises: NoSuchRecord when he may know of none of that name.
    """
    refuse_unknown(at, code)
    file = at.files.get(code)
    would = _would(at, file) if file else ()
    told = {one.partner: one for one in tell_contributions(at.log, at.realm, at_tai_ns=at.now_tai_ns)}
    return {
        **_line(at, code),
        "file": _file(at, file) if file else None,
        "tried": [tried_document(each) for each in tries(file, at.sharing, _others(at, code))]
        if file
        else [],
        "would_get": [
            {**would_document(each), "marking": each.kept.marking.text} for each in would[-MOST_WOULD:]
        ],
        "passed": exchange_document(passed, at.now_tai_ns),
        "contribution": contribution_document(told[code]) if code in told else None,
    }


def refuse_unknown(at: Overview, code: str) -> None:
    """Refuse a name of which he may know nothing, whether there is such a partner or not.

    Raises: NoSuchRecord.
    """
    if code not in at.files and code not in partners_heard_of(at.log, at.realm):
        raise NoSuchRecord(f"no partner is called {code!r}; GET /partners lists those there are")


def _line(at: Overview, code: str) -> Document:
    file, passed, last = (
        at.files.get(code),
        with_partner(at.log, at.realm, code),
        last_passed(at.log, at.realm, code),
    )
    said = Counter(each.answer.kind for each in passed.answers)
    return {
        "code": code,
        "names": dict(file.names) if file else {},
        "has_file": file is not None,
        "works_in_this_world": at.realm in file.realms if file else None,
        "key": _key(file) if file else None,
        "n_agreements": sum(each.is_in_force(at.now_tai_ns) for each in file.agreements) if file else None,
        "precision": file.precision if file else None,
        "n_doubts": len(
            doubts_about(
                file, known_audiences=file.audiences, other_codes=_others(at, code), at_tai_ns=at.now_tai_ns
            )
        )
        if file
        else None,
        "n_would_get": len(_would(at, file)) if file else None,
        "heard_utc": _utc(last.heard_at_tai_ns),
        "sent_utc": _utc(last.sent_at_tai_ns),
        "bundle_in": passed.received.number if passed.received else None,
        "bundle_out": passed.sent.number if passed.sent else None,
        "taken_to": passed.taken_to,
        "n_items": len(passed.items),
        "n_dissents": said[AnswerKind.DISSENT],
        "n_recalls_unanswered": sum(each.our_answer is None for each in passed.recalls),
        "n_due": len(passed.due),
        "marking": strictest(_labels(at, code)).text,
    }


def _labels(at: Overview, code: str) -> frozenset[Marking]:
    of_file = {label_of_files(at.sharing.node)} if code in at.files else set()
    return last_passed(at.log, at.realm, code).markings | of_file


def _file(at: Overview, file: Partner) -> Document:
    others = frozenset[str]().union(*(one.audiences for one in at.files.values() if one is not file))
    doubts = doubts_about(
        file,
        known_audiences=others | audiences_in_labels(at.log, at.realm),
        other_codes=_others(at, file.code),
        at_tai_ns=at.now_tai_ns,
    )
    document = partner_document(file, doubts, at.now_tai_ns)
    told = {name: value for name, value in document.items() if name not in PLACES}
    return {**told, "has_out": bool(file.out_folder), "has_in": bool(file.in_folder)}


def _would(at: Overview, file: Partner) -> tuple[WouldGet, ...]:
    """Return what of what he may see would go, if a person released it with nothing else in the way."""
    if at.realm not in file.realms:
        return ()
    release = release_of_a_try(file, at.sharing)

    def ask(item: Item) -> Decision:
        return would_go(file, at.sharing, item, release)

    return tuple(would_get(at.log, at.realm, at.sharing.node, ask, at.now_tai_ns))


def _others(at: Overview, code: str) -> frozenset[str]:
    return frozenset(at.files) - {code}


def _key(file: Partner) -> str:
    if not file.keys:
        return "none"
    return "revoked" if all(each.revoked_since_tai_ns is not None for each in file.keys) else "good"


def _utc(at_tai_ns: int | None) -> str | None:
    return None if at_tai_ns is None else utc_text(at_tai_ns, 0)
