"""Can anybody tell from what he is shown that there is something he may not know of?"""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.errors import NoSuchRecord, UnreadableInput, WrongUsage
from baken.operations.desk import Desk
from baken.operations.evidence_ports import Overtaken, Seen
from baken.operations.reader_labels import Labels
from baken.operations.reader_log import ReaderLog
from baken.operations.relabel import LABELS, relabel
from baken.operations.standing_log import StandingLog
from baken.records.evidence import EVIDENCE_KINDS, EntryKind
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm
from tests.memory_log import CountedLuck
from tests.operations.cases import NOON_TAI_NS
from tests.operations.two_worlds import (
    FOR_HIM,
    NOT_FOR_HIM,
    ForGermany,
    Saying,
    answers_of,
    digest_of,
    hides_nothing,
    log_for_him,
    shows_everything,
    work_of,
    world_of,
)

CASES = ["NL-IN26-0001", "NL-IN26-0002"]
SUBJECTS = [*CASES, f"{CASES[0]}/response", "NL-CJ26-0001", "log", "watch"]
DETERMINED = (
    *(("about", CASES[0]), ("state", "NL"), ("organ", "MoD"), ("decided_on", "2026-03-01")),
    *(("wording", "so it is"), ("language", "en"), ("is_public", False)),
)
OPENING = (("kind_of_incident", "other"), ("severity", "minor"), ("urgency", "today"))


def opening(case, is_for_him=True):
    fields = (("title", f"Something odd in {case}"), *OPENING)
    return Saying(EntryKind.OPENED, case, fields, is_for_him)


def follow(sayings):
    """Mark as not for him what names something he may not know of, or is said of a case he may not."""
    known, hidden_cases, told = set(), set(), []
    for number, one in enumerate(sayings):
        case = one.subject.partition("/")[0]
        named = {n for _, value in one.fields if isinstance(value, str) for n in numbers_in(value)}
        words = " ".join((case, *(value for _, value in one.fields if isinstance(value, str))))
        tells = any(hidden in words for hidden in hidden_cases)
        is_for_him = one.is_for_him and not tells and named <= known
        if one.kind is EntryKind.OPENED and not is_for_him:
            hidden_cases.add(one.subject)
        if is_for_him:
            known.add(number)
        told.append(replace(one, is_for_him=is_for_him))
    return told


def numbers_in(text):
    return [int(part.partition("}")[0]) for part in text.split("{")[1:]]


@st.composite
def some_sayings(draw):
    """Draw a log: cases, what was said of them and of other things, of this and that label, in any order."""
    said = [opening(CASES[0]), Saying(EntryKind.STATEMENT, CASES[0], (("text", "it began"),))]
    if draw(st.booleans()):
        said.insert(draw(st.integers(0, 1)), opening(CASES[1], is_for_him=draw(st.booleans())))
    for _ in range(draw(st.integers(2, 9))):
        said.append(draw(a_saying(said)))
    return follow(said)


@st.composite
def a_saying(draw, said):
    # An entry names entries of its own world.
    here = [n for n, one in enumerate(said) if one.realm is Realm.REAL]
    before = st.sampled_from(here)
    evidence = st.sampled_from([n for n in here if said[n].kind in EVIDENCE_KINDS])
    case, piece, any_two = draw(st.sampled_from(CASES)), draw(evidence), (draw(before), draw(before))
    text = draw(st.sampled_from(["seen", f"see {{{any_two[0]}}}, again", f"of {CASES[1]}"]))
    kind, subject, fields = draw(
        st.sampled_from(
            [
                (EntryKind.NOTE, case, (("text", text),)),
                (EntryKind.NOTE, f"{CASES[0]}/response", (("text", text),)),
                (EntryKind.STATEMENT, case, (("title", "said"), ("text", text))),
                (EntryKind.DOCUMENT, "NL-CJ26-0001", (("title", "paper"), ("source", "us"))),
                (EntryKind.REPORT, "log", (("title", "odd lights"), ("text", text))),
                (EntryKind.JOINED, case, (("entry_id", f"{{{piece}}}"),)),
                (
                    EntryKind.GRADE,
                    case,
                    (("piece", f"{{{piece}}}"), ("reliability", "B"), ("credibility", "2")),
                ),
                (EntryKind.RATING, case, (("piece", f"{{{piece}}}"), ("hypothesis_id", "H1"), ("fit", "I"))),
                (EntryKind.GAP, case, (("text", text),)),
                (EntryKind.STEP, case, (("step", "corroborate"), ("because", text))),
                (
                    EntryKind.DETERMINATION,
                    case,
                    (*DETERMINED, ("basis", tuple(f"{{{n}}}" for n in any_two))),
                ),
                (EntryKind.HANDOVER, "watch", (("act", "offer"), ("to", "b"), ("text", text))),
                (EntryKind.ACCESS, "log", (("thing", f"{CASES[0]} as of {{{any_two[1]}}}"),)),
            ]
        )
    )
    stands_alone = subject == "log" and not any(sign in str(fields) for sign in ("{", "NL-IN"))
    worlds = [Realm.REAL, Realm.EXERCISE] if stands_alone else [Realm.REAL]
    narrower = draw(st.sampled_from([(), ("text",), ("content",), ("content", "text")]))
    return Saying(
        kind,
        subject,
        fields,
        is_for_him=draw(st.booleans()),
        content=draw(st.sampled_from([None, b"paper", b"scissors"])) if kind in EVIDENCE_KINDS else None,
        narrower=narrower if kind in EVIDENCE_KINDS else (),
        realm=draw(st.sampled_from(worlds)),
    )


def differences(sayings, seen_by_him=log_for_him):
    """Return the questions that are answered differently where what he may not know of was never kept."""
    logs = [seen_by_him(world_of(sayings, without_hidden=without)) for without in (False, True)]
    digests = digest_of(sayings)
    here, there = ({**answers_of(log, SUBJECTS, digests), **work_of(log, CASES)} for log in logs)
    return [question for question in {**here, **there} if here.get(question) != there.get(question)]


@pytest.mark.capability(
    "A reader is told nothing that differs because of an item he may not know of",
    status="MODELLED",
    authority="a world in which it was never kept",
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_sayings())
def test_a_log_answers_as_if_what_he_may_not_know_of_had_never_been_kept(sayings):
    assert differences(sayings) == []


# Something of each kind that is not for him, among things that are.
RICH = follow(
    [
        Saying(EntryKind.STATEMENT, "log", (("title", "hidden first"),), is_for_him=False),
        opening(CASES[1], is_for_him=False),
        opening(CASES[0]),
        Saying(EntryKind.NOTE, CASES[0], (("text", "not for him"),), is_for_him=False),
        Saying(EntryKind.STATEMENT, CASES[0], (("title", "said"), ("text", "secret")), narrower=("text",)),
        Saying(EntryKind.DOCUMENT, "NL-CJ26-0001", (("title", "p"),), is_for_him=False, content=b"paper"),
        Saying(EntryKind.DOCUMENT, "NL-CJ26-0001", (("title", "q"),), content=b"stone"),
        Saying(EntryKind.JOINED, CASES[0], (("entry_id", "{5}"),)),
        Saying(EntryKind.JOINED, CASES[0], (("entry_id", "{6}"),)),
        Saying(EntryKind.NOTE, CASES[1], (("text", "of a case he does not know"),)),
        Saying(EntryKind.DETERMINATION, CASES[0], (*DETERMINED, ("basis", ("{5}", "{6}")))),
        Saying(EntryKind.NOTE, CASES[0], (("text", "see {6}"),)),
        Saying(EntryKind.HANDOVER, "watch", (("act", "offer"), ("to", "b")), is_for_him=False),
        Saying(EntryKind.REPORT, "log", (("title", "lights"),), is_for_him=False),
    ]
)


class Count(ReaderLog):
    def n_entries(self, realm, **asked):
        return self._log.n_entries(realm, **asked)


class List(ReaderLog):
    def entries(self, realm, *, subject=None, **asked):
        log = super() if subject is not None else self._log
        return log.entries(realm, subject=subject, **asked)


class Search(ReaderLog):
    def entries(self, realm, *, kinds=None, **asked):
        log = super() if kinds is None else self._log
        return log.entries(realm, kinds=kinds, **asked)


class History(ReaderLog):
    def entries(self, realm, *, subject=None, **asked):
        log = self._log if subject in CASES else super()
        return log.entries(realm, subject=subject, **asked)


class Graph(ReaderLog):
    """Cases keep their ties to what he may not know of."""

    def entries(self, realm, *, subject=None, kinds=None, **asked):
        ties = self._log.entries(realm, subject=subject, kinds={EntryKind.JOINED}) if subject else ()
        return (*super().entries(realm, subject=subject, kinds=kinds, **asked), *ties)


class Notification(ReaderLog):
    """Whoever follows the log is told the place in the whole log."""

    def entries(self, realm, *, first=0, **asked):
        shown = self._of(realm)
        found = super().entries(realm, first=first, **asked)
        return tuple(replace(one, sequence=shown.sequences[one.sequence]) for one in found)


class ErrorText(ReaderLog):
    def entry(self, realm, sequence):
        try:
            return super().entry(realm, sequence)
        except NoSuchRecord:
            return self._log.entry(realm, 1_000)


class Ordering(ReaderLog):
    """What was kept just after something he may not know of comes last."""

    def entries(self, realm, **asked):
        places = [-1, *self._of(realm).sequences]
        return tuple(
            sorted(
                super().entries(realm, **asked),
                key=lambda one: places[one.sequence + 1] != places[one.sequence] + 1,
            )
        )


class Seals(ReaderLog):
    """The seal is that of the whole entry."""

    def entry(self, realm, sequence):
        kept = super().entry(realm, sequence)
        whole = self._log.entry(realm, self._of(realm).sequences[sequence])
        return replace(kept, sealed=replace(kept.sealed, commitment=whole.sealed.commitment))


class Bytes(ReaderLog):
    def content(self, digest):
        return self._log.content(digest)


class Race(ReaderLog):
    """Whoever is overtaken by what he may not know of is told so."""

    def append(self, sealed, *, at_tai_ns, seen=None):
        return self._log.append(sealed, at_tai_ns=at_tai_ns, seen=seen)


LEAKS = [
    (Count, "n_entries"),
    (List, "entries"),
    (Search, "entries"),
    (History, "look"),
    (Graph, "case"),
    (Notification, "entries"),
    (ErrorText, "entry"),
    (Ordering, "entries"),
    (Seals, "entry"),
    (Bytes, "content"),
    (Race, "note"),
]


def test_the_log_with_something_of_each_kind_gives_nothing_away():
    assert differences(RICH) == []


@pytest.mark.parametrize(("leaky", "question"), LEAKS, ids=lambda one: getattr(one, "__name__", one))
def test_a_planted_leak_is_found(leaky, question):
    def seen_by_him(log):
        return leaky(log, Labels(policy=ForGermany(), held_by="NL"), hides_nothing, shows_everything)

    assert any(found.startswith(question) for found in differences(RICH, seen_by_him))


# --- What he does himself -----------------------------------------------------------------------------------


def at_his_desk(log, marking=FOR_HIM):
    return Desk(log=log, actor="he", at_tai_ns=NOON_TAI_NS + 10**12, luck=CountedLuck(), marking=marking)


def note(desk, text):
    return desk.keep(desk.entry(EntryKind.NOTE, CASES[0], Realm.REAL, ("text", text)))[0]


def test_what_he_calls_an_entry_is_kept_under_the_name_it_has_for_all_and_read_back_as_he_wrote_it():
    whole = world_of(RICH, without_hidden=False)
    his = log_for_him(whole)
    written = note(at_his_desk(his), "see EV-0")
    assert written.entry.text("text") == "see EV-0"
    assert whole.entries(Realm.REAL, last=1)[0].entry.text("text") == "see EV-2"
    assert his.entry(Realm.REAL, written.sequence) == written


def test_nobody_names_an_entry_that_is_not_there_for_him():
    his = log_for_him(world_of(RICH, without_hidden=False))
    size = his.size(Realm.REAL)
    with pytest.raises(WrongUsage, match=f"EV-{size} is no entry of this log, which has {size}"):
        note(at_his_desk(his), f"see EV-{size}")


def test_what_he_says_under_a_label_he_may_not_read_is_kept_and_not_there_for_him():
    whole = world_of(RICH, without_hidden=False)
    his = log_for_him(whole)
    size, size_of_all = his.size(Realm.REAL), whole.size(Realm.REAL)
    note(at_his_desk(his, marking=NOT_FOR_HIM), "for my own state")
    assert (his.size(Realm.REAL), whole.size(Realm.REAL)) == (size, size_of_all + 1)


def test_who_is_overtaken_by_what_he_may_not_know_of_is_not_told_so():
    whole = world_of(RICH, without_hidden=False)
    his = log_for_him(whole)
    n_seen = his.n_entries(Realm.REAL, subject=CASES[0])
    his_append, others = whole.append, at_his_desk(whole, marking=NOT_FOR_HIM)

    def append_after_another(*entries, **asked):
        whole.append = his_append
        note(others, "quicker, and not for him")
        return his_append(*entries, **asked)

    whole.append = append_after_another
    desk = at_his_desk(his)
    said = desk.entry(EntryKind.NOTE, CASES[0], Realm.REAL, ("text", "mine"))
    (kept,) = desk.keep(said, seen=Seen(subject=CASES[0], n_entries=n_seen))
    assert kept.sequence == his.size(Realm.REAL) - 1
    with pytest.raises(Overtaken, match=f"{n_seen} entries were seen, there are {n_seen + 1}"):
        desk.keep(said, seen=Seen(subject=CASES[0], n_entries=n_seen))


def test_the_secret_of_an_entry_stays_with_whoever_keeps_the_log():
    his = log_for_him(world_of(RICH, without_hidden=False))
    assert {kept.sealed.secret for kept in his.entries(Realm.REAL)} == {bytes(32)}


def test_bytes_he_names_himself_are_not_opened_to_him_by_that():
    whole = world_of(RICH, without_hidden=False)
    his = log_for_him(whole)
    note(at_his_desk(his), digest_of_bytes(b"paper"))
    with pytest.raises(NoSuchRecord, match="no content sha256:"):
        his.content(digest_of_bytes(b"paper"))


@pytest.mark.parametrize("kind", sorted(set(EntryKind) - EVIDENCE_KINDS))
def test_what_happens_to_a_case_is_not_shown_without_what_happened(kind):
    said = Saying(kind, CASES[0], (("step", "corroborate"), ("because", "x")), narrower=("step",))
    whole = world_of([opening(CASES[0]), said], without_hidden=False)
    assert log_for_him(whole).size(Realm.REAL) == 1


def test_the_label_that_stands_decides_and_what_told_of_it_is_not_shown():
    whole = world_of(RICH, without_hidden=False)
    his = log_for_him(whole)
    (before,) = [one for one in his.entries(Realm.REAL) if one.entry.kind is EntryKind.STATEMENT]
    kept = whole.entry(Realm.REAL, 4)
    desk = replace(at_his_desk(whole), actor="she")
    relabel(desk, kept, NOT_FOR_HIM, node="NL", because="it was too much")
    assert before not in his.entries(Realm.REAL)
    relabel(desk, kept, FOR_HIM, node="NL", because="it was not")
    again = his.entries(Realm.REAL, kinds={EntryKind.STATEMENT})[-1]
    # The field that had a label of its own has none any more.
    assert (again.entry.marking, again.relabelled, again.entry.text("text")) == (FOR_HIM, None, "secret")
    assert his.n_entries(Realm.REAL, subject=LABELS) == 0


def log_beside(hidden_events, sayings):
    """Return a log as he sees it, beside a store in which some events are not for him."""
    log = StandingLog(world_of(sayings, without_hidden=False))
    labels = Labels(policy=ForGermany(), held_by="NL")
    return ReaderLog(log, labels, lambda _realm, name: name in hidden_events, shows_everything)


def test_what_names_an_event_he_may_not_know_is_not_there_but_what_is_said_of_it_for_him_is():
    event = "NL-CJ26-0001"
    his = log_beside(
        {event},
        [
            opening(CASES[0]),
            Saying(EntryKind.JOINED, CASES[0], (("event_id", event),)),
            Saying(EntryKind.NOTE, CASES[0], (("text", f"like {event.lower()}"),)),
            Saying(EntryKind.MEASURE, CASES[0], (("title", "of all"), ("events", (event, "NL-CJ26-0002")))),
            Saying(EntryKind.FINDING, event, (("event_id", event), ("title", "for him"))),
        ],
    )
    assert [one.entry.kind for one in his.entries(Realm.REAL)] == ["opened", "measure", "finding"]
    assert his.entry(Realm.REAL, 1).entry.value("events") == ("NL-CJ26-0002",)


def test_a_damaged_log_does_not_say_which_entry_it_is():
    whole = world_of(RICH, without_hidden=False)

    def damaged(*asked, **wanted):
        raise UnreadableInput("EV-3 in the log of REAL: is not what was kept")

    whole.entries = damaged
    with pytest.raises(UnreadableInput, match="this log is damaged and not shown"):
        log_for_him(whole).size(Realm.REAL)


@pytest.mark.parametrize("kind", [EntryKind.RELEASE, EntryKind.FINDING, EntryKind.DOSSIER])
def test_what_was_signed_or_decided_is_not_shown_in_part(kind):
    hidden = Saying(EntryKind.STATEMENT, CASES[0], (("title", "hidden"),), is_for_him=False)
    pieces = (("EV-1", "the one"), ("EV-0", "the other"))
    said = Saying(kind, CASES[0], (("title", "of two"), ("pieces", pieces)))
    whole = world_of([opening(CASES[0]), hidden, said], without_hidden=False)
    assert log_for_him(whole).size(Realm.REAL) == 1
