"""Explain a release before anybody signs it: field by field what a recipient would see, and by which rule.

Nothing is kept here.  What is explained is what goes: proposing, approving and sending ask it anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.errors import NoSuchRecord, WrongUsage
from baken.incident.wording import objections_to
from baken.operations.case_entries import entries_of_case
from baken.operations.consents import consents_that_hold
from baken.operations.desk import realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.label_of_bytes import with_label_of_its_bytes
from baken.operations.partner_entries import Standing, standings_among
from baken.operations.release_desk import Sharing
from baken.operations.release_question import Act, Verdict, ask_policy
from baken.operations.released_piece import Form, kind_of, new_item, whole_piece
from baken.records.bundle import LONGEST_LINE, BundleItem
from baken.records.evidence import KeptEntry, read_entry_id
from baken.records.handling import NO_HANDLING, strictest_handling
from baken.records.incident import INCIDENT_ID, read_incident_id
from baken.records.marking import Marking, Realm
from baken.records.partner import Partner
from baken.records.precision import Precision
from baken.records.release import Piece
from baken.records.release_view import FieldView, PieceView, ReleaseView
from baken.records.terms import Terms
from baken.share.decide import Decision
from baken.share.offer_label import label_for, missing_consents
from baken.share.references import refuse_references

# Under no name stands what policy says of the entry itself; under the others, of a field.
ITSELF = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to release: what, to whom, how precisely, on which terms, and why.

    ``what`` is an entry or a case; of a case ``only`` leaves out all entries but these.
    ``consents`` are originators who agreed, each with the entry that holds his word.  ``item_id`` is how it
    is called where it goes.
    """

    what: str
    recipient: str
    precision: Precision
    terms: Terms
    because: str
    item_id: str
    realm: Realm = Realm.REAL
    title: str = ""
    consents: tuple[tuple[str, str], ...] = ()
    only: frozenset[str] = frozenset()


def explain_release(
    log: EvidenceLog,
    sharing: Sharing,
    wish: Wish,
    *,
    releaser: str,
    at_tai_ns: int,
    signers: frozenset[str] = frozenset(),
) -> ReleaseView:
    """Return what a recipient would get, if whoever asks released it now.

    Raises: NoSuchRecord for what is not here, or a partner nobody knows; WrongUsage for what cannot go so.
    """
    partner = sharing.partner(wish.recipient)
    _refuse_unfit(wish)
    act = Act(
        releaser=releaser,
        because=wish.because,
        terms=wish.terms,
        reduced=not wish.precision.is_full,
        consents=consents_that_hold(log, wish.realm, wish.consents, of=wish.what, at_tai_ns=at_tai_ns),
        signers=signers,
        at_tai_ns=at_tai_ns,
    )
    asked = _Question(log, sharing, partner, wish, act)
    return asked.of_case() if is_case(wish.what) else asked.of_entry()


def case_of(kept: KeptEntry, what: str = "") -> str:
    """Return the case that something is released with, or else that an entry is about; empty without one."""
    return next((each for each in (what, kept.entry.subject) if is_case(each)), "")


def is_case(what: str) -> bool:
    """Say whether somebody asks for a case; else for an entry.

    >>> is_case("nl-in26-0001"), is_case("EV-12")
    (True, False)
    """
    return INCIDENT_ID.fullmatch(what.strip().upper()) is not None


def _refuse_unfit(wish: Wish) -> None:
    if not wish.because.strip():
        raise WrongUsage("a release has a reason; give --because")
    for name, text in (
        ("title", wish.title),
        ("purpose", wish.terms.purpose),
        ("licence", wish.terms.licence),
    ):
        if len(text) > LONGEST_LINE or not text.isprintable():
            raise WrongUsage(f"--{name} is one line of {LONGEST_LINE} signs at most")
        refuse_references(
            text, f"--{name}", besides={wish.what.strip().upper()} if is_case(wish.what) else ()
        )


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked about one recipient, and all it takes to answer it."""

    log: EvidenceLog
    sharing: Sharing
    partner: Partner
    wish: Wish
    act: Act

    def of_entry(self) -> ReleaseView:
        """Answer for one entry: what goes is a new item in its place."""
        kept = with_label_of_its_bytes(self.log, self.log.entry(self.wish.realm, _sequence(self.wish.what)))
        verdicts = self._verdicts(kept)
        held_back = _held_back(verdicts)
        label = self._label([(kept, _names(kept, held_back))])
        not_before_tai_ns = max(self.act.at_tai_ns, kept.entry.at_tai_ns + self._delay_ns)
        form = Form(
            item_id=self.wish.item_id,
            title=self.wish.title,
            precision=self.wish.precision,
            label=label,
            terms=self._terms(label),
            at_tai_ns=not_before_tai_ns,
            made_by=self.sharing.node,
        )
        item, piece, fields = new_item(self.log, kept, form, held_back)
        view = self._piece_view(kept, verdicts[ITSELF], piece, fields)
        return self._view(item.title, label, not_before_tai_ns, [view], list(verdicts.values()), item)

    def of_case(self) -> ReleaseView:
        """Answer for a case: its entries one by one, as they are, in a dossier."""
        if not (self.wish.precision.is_full and not self.wish.precision.delay_s):
            raise WrongUsage("a case goes whole, as a dossier; release its entries one by one to reduce them")
        case = read_incident_id(self.wish.what)
        if realm_of_incident(case) is not self.wish.realm:
            raise WrongUsage(f"{case} is of {realm_of_incident(case)}, not of {self.wish.realm}")
        entries = entries_of_case(self.log, case)
        if not entries:
            raise NoSuchRecord(f"no incident is called {case}; 'baken incident list' shows those there are")
        only = self.wish.only or {kept.entry_id for kept in entries}
        judged = (with_label_of_its_bytes(self.log, kept) for kept in entries if kept.entry_id in only)
        asked = [(kept, self._verdicts(kept)) for kept in judged]
        inside = {str(case), *(kept.entry_id for kept, verdicts in asked if verdicts[ITSELF].may_go)}
        inside |= {kept.entry.subject for kept, verdicts in asked if verdicts[ITSELF].may_go}
        views = [self._of_piece(kept, verdicts, inside) for kept, verdicts in asked]
        going = [(view.kept, view.piece.names) for view in views if view.piece is not None]
        every = [verdict for _, verdicts in asked for verdict in verdicts.values()]
        label = self._label(going) if going else None
        return self._view(self.wish.title or str(case), label, self.act.at_tai_ns, views, every, None)

    def _of_piece(self, kept: KeptEntry, verdicts: dict[str, Verdict], inside: set[str]) -> PieceView:
        piece, fields = whole_piece(kept, _held_back(verdicts), inside)
        return self._piece_view(kept, verdicts[ITSELF], piece, fields)

    def _verdicts(self, kept: KeptEntry) -> dict[str, Verdict]:
        """Return what policy says of an entry itself, under no name, and of each field with its own label."""
        standing = standings_among(self.log, kept.entry.realm, [kept], self.act.at_tai_ns)
        if standing.get(kept.sequence, Standing.HOLDS) is not Standing.HOLDS:
            return {ITSELF: self._refused(standing[kept.sequence])}
        names = (ITSELF, *(name for name, _ in kept.marking.of_fields))
        return {
            name: ask_policy(
                self.sharing,
                self.partner,
                self.act,
                kept.marking,
                realm=kept.entry.realm,
                kind=kind_of(self.log, kept.entry),
                case=case_of(kept, self.wish.what),
                field=name,
            )
            for name in names
        }

    def _refused(self, standing: Standing) -> Verdict:
        """Say no for what a partner took back, or gave for a time that is over: no policy can allow it."""
        digest = self.sharing.policies.digest
        return Verdict(
            decision=Decision(allowed=False, policy_ids=(f"partner:{standing}",), policy_digest=digest)
        )

    def _label(self, going: Sequence[tuple[KeptEntry, Sequence[str]]]) -> Marking:
        label = label_for(
            [(kept.marking, names) for kept, names in going],
            self.partner.code,
            held_by=self.sharing.node,
            onward=self.wish.terms.onward,
        )
        asked_of_him = self.partner.handling
        if asked_of_him == NO_HANDLING:
            return label
        both = strictest_handling([label.handling, replace(asked_of_him, onward=label.handling.onward)])
        return replace(label, handling=both)

    def _terms(self, label: Marking | None) -> Terms:
        """Return the terms, with the licences of the data where nobody said them in words."""
        licences = label.handling.licences if label else frozenset()
        return replace(self.wish.terms, licence=self.wish.terms.licence or ", ".join(sorted(licences)))

    @property
    def _delay_ns(self) -> int:
        return round(self.wish.precision.delay_s * NANOSECONDS_A_SECOND)

    def _piece_view(
        self, kept: KeptEntry, verdict: Verdict, piece: Piece, fields: tuple[FieldView, ...]
    ) -> PieceView:
        missing = missing_consents(
            kept.marking, held_by=self.sharing.node, consents=self.act.consents | {self.partner.code}
        )
        goes = verdict.may_go and bool(piece.names)
        return PieceView(
            kept=kept,
            goes=goes,
            policy_ids=verdict.decision.policy_ids,
            obligations=verdict.obligations,
            missing_consents=tuple(sorted(missing)),
            fields=fields if goes else tuple(replace(each, after=None) for each in fields),
            piece=piece if goes else None,
        )

    def _view(
        self,
        title: str,
        label: Marking | None,
        not_before_tai_ns: int,
        pieces: Sequence[PieceView],
        verdicts: Sequence[Verdict],
        item: BundleItem | None,
    ) -> ReleaseView:
        if objections := objections_to(title):
            raise WrongUsage(f"--title: {'; '.join(each.text for each in objections)}")
        goes = [each for each in pieces if each.goes]
        return ReleaseView(
            what=self.wish.what,
            recipient=self.partner.code,
            title=title,
            precision=self.wish.precision.text,
            terms=self._terms(label),
            label=label if goes else None,
            not_before_tai_ns=not_before_tai_ns,
            pieces=tuple(pieces),
            policy_digest=self.sharing.policies.digest,
            needs_two=any(each.needs_two for each in verdicts if each.may_go),
            troubles=tuple(dict.fromkeys(error for each in verdicts for error in each.decision.errors)),
            item=item if goes else None,
        )


def _held_back(verdicts: Mapping[str, Verdict]) -> dict[str, str]:
    """Return the fields whose own label keeps them here, each with the rules that say so."""
    return {
        name: f"held back by its label: {', '.join(verdict.decision.policy_ids)}"
        for name, verdict in verdicts.items()
        if name != ITSELF and not verdict.may_go
    }


def _names(kept: KeptEntry, held_back: Mapping[str, str]) -> list[str]:
    return [name for name, _ in kept.entry.fields if name not in held_back]


def _sequence(what: str) -> int:
    try:
        return read_entry_id(what)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
