"""Does what a partner sends stand here as his opinion, whole or not at all, until he takes it back?"""

import io
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from baken.astro.time import utc_text
from baken.cli.ephemeris_view import says_text
from baken.cli.partner_view import outcomes_table
from baken.errors import NoSuchRecord, OutsideServiceFailed, WrongUsage
from baken.evidence.bundle import BundleRefused, Why
from baken.incident.hypotheses import matrix_of
from baken.operations.answer_partner import answer_partner
from baken.operations.case_entries import entries_of_case
from baken.operations.evidence_ports import Overtaken
from baken.operations.exchange_ports import LyingBundle
from baken.operations.export_catalogue import export_catalogue, text_of
from baken.operations.look_up import Listed, list_objects
from baken.operations.partner_entries import Standing, last_seen, standing_of_received, with_partner
from baken.operations.receive_folder import receive_all
from baken.operations.released_cases import cases_of_items
from baken.operations.send_bundle import sent_again
from baken.operations.taken_back import orbits_taken_back
from baken.operations.work_incident import look_at
from baken.records.bundle import AnswerKind, BundleItem, ItemFile, ItemKind, RecallRequest
from baken.records.evidence import EntryKind
from baken.records.handling import Handling, Onward, Tlp
from baken.records.marking import Marking, Realm
from baken.records.partner import Partner, PartnerKey
from baken.records.terms import Terms
from baken.report.words import Speech
from baken.wiring.partner_documents import outcome_document, outcome_in_short
from baken.wiring.skies import stored_sky
from tests.makers import element_set
from tests.memory_log import MemoryLog
from tests.operations.cases import NOON_TAI_NS, desk_of, opened
from tests.operations.dossiers import built_of, small_case
from tests.operations.homes import DAY_NS, House, acquaint, house

FOR_DE = Marking(owner="NL", releasable_to=frozenset({"DE"}))
ORBIT = text_of([element_set(900_001)], "omm-json")


@pytest.fixture
def states(tmp_path):
    houses = house("NL", tmp_path, 10_000), house("DE", tmp_path, 20_000)
    acquaint(*houses)
    yield houses
    for one in houses:
        one.store.close()


def later(one: House, days: float) -> None:
    one.desk = replace(one.desk, at_tai_ns=NOON_TAI_NS + int(days * DAY_NS))


def orbit(nl: House, **changes):
    file = ItemFile(name="omm.json", media_type="application/json", content=changes.pop("content", ORBIT))
    return nl.item(ItemKind.ORBIT, "DE", file=file, **changes)


def entries(one: House, realm=Realm.REAL):
    return [kept.entry for kept in one.desk.log.entries(realm)]


def test_an_orbit_of_a_partner_stands_beside_ours(states):
    nl, de = states
    ours = element_set(900_001, inclination_rad=1.0)
    de.store.add_element_sets([ours], source="DE", at_tai_ns=NOON_TAI_NS)
    received = de.receive(nl.send("DE", orbit(nl)).content)
    assert set(received.verdicts.values()) == {"1 orbits beside ours, 0 rejected"}
    (identity,) = de.store.identities(Realm.REAL)
    both = de.store.element_sets_of(identity.object_id, realm=Realm.REAL)
    assert len(both) == 2
    (theirs,) = [each for each in both if each.inclination_rad != 1.0]
    assert theirs.marking.text == "NL: DE"
    assert len(de.store.catalogue(Realm.REAL).element_sets) == 2


def test_what_is_received_stands_under_the_label_and_terms_of_its_sender(states):
    nl, de = states
    label = Marking(owner="FR", releasable_to=frozenset({"DE", "EU"}), handling=Handling(tlp=Tlp.AMBER))
    terms = Terms(
        purpose="warning", onward=Onward.NOBODY, licence="FR-NC", expires_tai_ns=NOON_TAI_NS + DAY_NS
    )
    narrow = replace(label, of_fields=(("sensor", Marking(owner="NL")),))
    item = nl.item(
        ItemKind.OBSERVATION,
        "DE",
        marking=narrow,
        terms=terms,
        told=(("text", "seen at noon"), ("sensor", "north"), ("kind", "spoof"), ("marking_owner", "DE")),
    )
    de.receive(nl.send("DE", item).content)
    bundle, whole, kept = entries(de)
    assert (kept.kind, kept.subject, kept.text("source")) == (
        EntryKind.OBSERVATION,
        "partner:NL",
        "partner:NL",
    )
    assert kept.marking.text == "NL: DE, EU; TLP:AMBER; LICENCE:FR-NC; FROM:FR; narrower for told_sensor"
    assert kept.marking.of("told_sensor").is_most_restrictive
    assert (kept.text("told_kind"), kept.text("told_marking_owner")) == ("spoof", "DE")
    assert bundle.content is None
    # The bytes of the bundle hold all of it, so nobody sees them who may not see a field of it.
    assert whole.marking.is_most_restrictive


def test_a_bundle_is_taken_once_and_in_its_turn(states):
    nl, de = states
    first, second, third = (nl.send("DE", orbit(nl)) for _ in range(3))
    de.receive(first.content)
    for content, why in ((first.content, Why.REPLAYED), (third.content, Why.GAP)):
        with pytest.raises(BundleRefused) as refused:
            de.receive(content)
        assert refused.value.why is why
    assert len(entries(de)) == 3
    de.receive(second.content)
    de.receive(third.content)
    assert with_partner(de.desk.log, Realm.REAL, "NL").received.number == 3


def test_worlds_have_rows_of_their_own_and_never_mix(states):
    nl, de = states
    drill = text_of([element_set(900_001, realm=Realm.EXERCISE)], "omm-json")
    de.receive(nl.send("DE", orbit(nl, content=drill), realm=Realm.EXERCISE).content)
    assert not de.store.identities(Realm.REAL)
    assert entries(de) == []
    again = nl.send("DE", orbit(nl, content=drill))
    with pytest.raises(BundleRefused) as refused:
        de.receive(again.content)
    assert refused.value.why is Why.DOWNGRADED
    assert not de.store.identities(Realm.REAL)


def test_an_orbit_of_another_world_than_its_bundle_is_not_taken_as_an_orbit(states):
    nl, de = states
    drill = text_of([element_set(900_001, realm=Realm.EXERCISE)], "omm-json")
    received = de.receive(nl.send("DE", orbit(nl, content=drill), orbit(nl, content=b"{}")).content)
    assert all(told.startswith("not taken as an orbit") for told in received.verdicts.values())
    assert not de.store.identities(Realm.REAL)


def test_who_is_not_a_partner_and_what_was_not_agreed_stays_outside(states):
    nl, de = states
    sent = nl.send("DE", orbit(nl)).content
    de.partners = {"NL": replace(de.partners["NL"], realms=frozenset({Realm.EXERCISE}))}
    with pytest.raises(BundleRefused, match="nothing was agreed with NL"):
        de.receive(sent)
    de.partners = {"NL": Partner(code="NL", names={})}
    with pytest.raises(BundleRefused, match="not signed"):
        de.receive(sent)
    de.partners = {
        "BE": replace(states[1].partners["NL"], code="BE", keys=_keys_of(nl), realms=frozenset(Realm))
    }
    with pytest.raises(BundleRefused, match="is BE's"):
        de.receive(sent)
    assert entries(de) == []


def _keys_of(one: House):
    return tuple(PartnerKey(vkey=key.verifier.text) for key in one.keys.values())


def test_a_bundle_that_came_too_late_keeps_its_place_and_nothing_of_it_is_taken(states):
    nl, de = states
    late = nl.send("DE", orbit(nl))
    later(de, 2)
    with pytest.raises(BundleRefused, match="expired"):
        de.receive(late.content)
    assert not de.store.identities(Realm.REAL)
    later(nl, 2)
    next_one = nl.send("DE", orbit(nl))
    de.receive(next_one.content)
    assert with_partner(de.desk.log, Realm.REAL, "NL").received.number == 2


def test_when_the_log_is_overtaken_nothing_is_kept_and_the_bundle_can_come_again(states, monkeypatch):
    nl, de = states
    sent = nl.send("DE", orbit(nl)).content

    def overtaken(*_, **__):
        raise Overtaken("meanwhile")

    with monkeypatch.context() as patched:
        patched.setattr(type(de.desk.log), "append", overtaken)
        with pytest.raises(Overtaken):
            de.receive(sent)
    assert entries(de) == []
    # The orbit was told to the store already, which knows it again.
    de.receive(sent)
    assert len(entries(de)) == 3
    assert len(de.store.catalogue(Realm.REAL).element_sets) == 1


def test_when_the_store_fails_nothing_is_in_the_log(states, monkeypatch):
    nl, de = states
    sent = nl.send("DE", orbit(nl)).content

    def failing(*_, **__):
        raise OutsideServiceFailed("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(type(de.store), "add_element_sets", failing)
        with pytest.raises(OutsideServiceFailed):
            de.receive(sent)
    assert entries(de) == []
    assert last_seen(de.desk.log, "NL").links == {}


def test_a_recalled_item_is_marked_everywhere_and_the_answer_goes_with_the_next_bundle(states):
    nl, de = states
    item = orbit(nl)
    de.receive(nl.send("DE", item).content)
    assert [one.standing(NOON_TAI_NS) for one in standing_of_received(de.desk.log, Realm.REAL)] == [
        Standing.HOLDS
    ]
    recall = RecallRequest(item_id=item.item_id, because="wrong object", at_tai_ns=NOON_TAI_NS)
    de.receive(nl.send("DE", recalls=[recall]).content)
    (stands,) = standing_of_received(de.desk.log, Realm.REAL)
    assert (stands.standing(NOON_TAI_NS), stands.recalled_because) == (Standing.RECALLED, "wrong object")

    answer_partner(
        de.desk, Realm.REAL, "NL", item.item_id[:12], AnswerKind.RECALL_DONE, "no longer used", node="DE"
    )
    back = nl.receive(de.send("NL").content)
    assert [(each.kind, each.text) for each in back.bundle.answers] == [("recall-done", "no longer used")]
    at_nl = with_partner(nl.desk.log, Realm.REAL, "DE")
    assert (at_nl.taken_to, at_nl.answers[0].answer.item_id) == (2, item.item_id)
    with pytest.raises(WrongUsage, match="nothing to send"):
        de.send("NL")


@pytest.mark.parametrize("ends", ["recalled", "expired"])
def test_an_orbit_that_may_be_used_no_more_is_shown_so_and_goes_into_no_picture_and_no_export(states, ends):
    nl, de = states
    ours = element_set(900_001, epoch_tai_ns=element_set(900_001).epoch_tai_ns - DAY_NS)
    de.store.add_element_sets([ours], source="DE", at_tai_ns=NOON_TAI_NS)
    item = orbit(nl, terms=Terms(expires_tai_ns=NOON_TAI_NS + DAY_NS if ends == "expired" else None))
    de.receive(nl.send("DE", item).content)
    before = orbits_taken_back(de.desk.log, Realm.REAL, at_tai_ns=NOON_TAI_NS)
    used = partial(stored_sky, de.store, realm=Realm.REAL, now_tai_ns=NOON_TAI_NS)
    assert [one.marking.owner for one in used(taken_back=before).picture().element_sets] == ["NL"]
    if ends == "recalled":
        recall = RecallRequest(item_id=item.item_id, because="wrong", at_tai_ns=NOON_TAI_NS)
        de.receive(nl.send("DE", recalls=[recall]).content)
    at_tai_ns = NOON_TAI_NS + (DAY_NS if ends == "expired" else 0)
    after = orbits_taken_back(de.desk.log, Realm.REAL, at_tai_ns=at_tai_ns)
    sky = used(taken_back=after)
    assert sky.picture().element_sets == used(taken_back=before).catalogue.element_sets[:1]
    assert [one.figures for one in sky.remarks if one.name == "remark.taken_back"] == [(("count", 1),)]
    asked = {"realm": Realm.REAL, "as_of_tai_ns": NOON_TAI_NS, "taken_back": after}
    content, _ = export_catalogue(de.store, format_name="omm-json", **asked)
    assert utc_text(ours.epoch_tai_ns, 0)[:-1] in content.decode()
    identity = ours.identity.object_id
    shown = [Listed.of(one, after) for one in de.store.element_sets_of(identity, realm=Realm.REAL)]
    assert sorted(says_text(one) for one in shown)[-1].endswith(f": {ends.upper()}, not used")
    (listed,) = list_objects(de.store, regime=None, name_part=None, **asked)
    assert listed.standing is Standing.HOLDS
    # Whoever a file says it is of, it came from him.
    assert [one.came_from for one in shown if one.standing is not Standing.HOLDS] == [("NL",)]
    # The same bytes sent anew may be used.
    de.receive(nl.send("DE", orbit(nl)).content)
    again = orbits_taken_back(de.desk.log, Realm.REAL, at_tai_ns=at_tai_ns)
    assert [one.marking.owner for one in used(taken_back=again).picture().element_sets] == ["NL"]


def test_a_label_of_a_field_that_is_not_there_is_refused_and_stops_no_bundle_of_another(
    tmp_path, monkeypatch
):
    nl, de, fr = states = tuple(
        house(name, tmp_path, 1000 * n) for n, name in enumerate(("NL", "DE", "FR"), 1)
    )
    acquaint(*states)
    narrow = replace(FOR_DE, of_fields=(("sensor", Marking(owner="NL")),))
    with pytest.raises(ValueError, match="'sensor' is not"):
        nl.item(ItemKind.STATEMENT, "DE", marking=narrow, told=(("text", "x"),))
    # Whoever writes his bundles with another program can say so all the same.
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(BundleItem, "__post_init__", lambda _: None)
        elsewhere.setattr("baken.evidence.bundle._refuse_unreadable", lambda *_: None)
        hostile = nl.send("DE", nl.item(ItemKind.STATEMENT, "DE", marking=narrow, told=(("text", "x"),)))
    good = fr.send("DE", fr.item(ItemKind.STATEMENT, "DE", told=(("text", "y"),)))
    lying = [LyingBundle(name=str(n), content=one.content) for n, one in enumerate((hostile, good))]
    first, second = receive_all(de.desk, de.store, lying, de.around())
    assert first.refused.why is Why.ALTERED
    assert second.received
    for one in states:
        one.store.close()


def test_why_something_was_taken_back_is_for_whom_it_was(states):
    nl, de = states
    label = Marking(
        owner="NL", releasable_to=frozenset({"DE"}), handling=Handling(needs=frozenset({"radar"}))
    )
    item = nl.item(ItemKind.STATEMENT, "DE", told=(("text", "x"),), marking=label)
    de.receive(nl.send("DE", item).content)
    recall = RecallRequest(item_id=item.item_id, because="its antenna drifted", at_tai_ns=NOON_TAI_NS)
    de.receive(nl.send("DE", recalls=[recall]).content)
    (told,) = [entry for entry in entries(de) if entry.value("what") == "recall"]
    assert told.marking.handling.needs == {"radar"}
    assert told.marking == next(entry for entry in entries(de) if entry.value("what") == "item").marking


def test_nobody_takes_back_what_another_sent(tmp_path):
    nl, de, fr = states = (
        house("NL", tmp_path, 1000),
        house("DE", tmp_path, 2000),
        house("FR", tmp_path, 3000),
    )
    acquaint(*states)
    item = orbit(nl)
    de.receive(nl.send("DE", item).content)
    recall = RecallRequest(item_id=item.item_id, because="to spite NL", at_tai_ns=NOON_TAI_NS)
    de.receive(fr.send("DE", recalls=[recall]).content)
    (stands,) = standing_of_received(de.desk.log, Realm.REAL)
    assert stands.standing(NOON_TAI_NS) is Standing.HOLDS
    (asked,) = with_partner(de.desk.log, Realm.REAL, "FR").recalls
    assert not asked.is_known
    for one in states:
        one.store.close()


def test_an_item_is_shown_as_expired_from_its_moment_on(states):
    nl, de = states
    de.receive(nl.send("DE", orbit(nl, terms=Terms(expires_tai_ns=NOON_TAI_NS + DAY_NS))).content)
    (stands,) = standing_of_received(de.desk.log, Realm.REAL)
    assert stands.standing(NOON_TAI_NS + DAY_NS - 1) is Standing.HOLDS
    assert stands.standing(NOON_TAI_NS + DAY_NS) is Standing.EXPIRED


def test_a_dissent_stands_beside_our_case_and_changes_nothing_in_it(states):
    nl, de = states
    case = opened(nl.desk)
    item = nl.item(ItemKind.STATEMENT, "DE", told=(("text", "we think it broke up"),))
    proposed = nl.desk.entry(
        EntryKind.RELEASE,
        "NL-RL26-0001",
        Realm.REAL,
        ("what", str(case.incident_id)),
        ("item_id", item.item_id),
        ("recipient", "DE"),
    )
    before = look_at(nl.desk, case.incident_id)
    de.receive(nl.send("DE", item, also=[proposed]).content)
    answer_partner(de.desk, Realm.REAL, "NL", item.item_id, AnswerKind.DISSENT, "it did not", node="DE")
    nl.receive(de.send("NL").content)

    after = look_at(nl.desk, case.incident_id)
    assert (after.stage, after.severity, after.urgency) == (before.stage, before.severity, before.urgency)
    beside = [moment for moment in after.timeline if moment.kind == EntryKind.PARTNER]
    assert [moment.text for moment in beside] == ["DE: dissent it did not"]
    dissents = matrix_of(str(case.incident_id), entries_of_case(nl.desk.log, case.incident_id)).dissent
    assert [(each.by, each.text) for each in dissents] == [("DE", "it did not")]
    (kept,) = nl.desk.log.entries(Realm.REAL, subject=str(case.incident_id), kinds={EntryKind.PARTNER})
    assert kept.entry.marking.text == "DE: DE, NL"


def test_an_answer_of_one_partner_never_enters_a_case_by_the_item_of_another(tmp_path):
    nl, de = states = house("NL", tmp_path, 1000), house("DE", tmp_path, 2000)
    acquaint(*states)
    case = opened(nl.desk)
    item = nl.item(ItemKind.STATEMENT, "DE", told=(("text", "x"),))
    nl.desk.keep(
        nl.desk.entry(
            EntryKind.RELEASE,
            "NL-RL26-0001",
            Realm.REAL,
            ("what", str(case.incident_id)),
            ("item_id", item.item_id),
            ("recipient", "FR"),
        )
    )
    de.receive(nl.send("DE", item).content)
    answer_partner(de.desk, Realm.REAL, "NL", item.item_id, AnswerKind.DISSENT, "no", node="DE")
    nl.receive(de.send("NL").content)
    assert not nl.desk.log.entries(Realm.REAL, subject=str(case.incident_id), kinds={EntryKind.PARTNER})
    for one in states:
        one.store.close()


def test_who_may_not_read_everything_is_told_that_a_bundle_came_and_nothing_of_what_is_in_it(states):
    nl, de = states
    sent = nl.send("DE", orbit(nl, title="very telling"))
    (outcome,) = receive_all(
        de.desk, de.store, [LyingBundle(name="a.zip", content=sent.content)], de.around()
    )
    assert outcome_document(outcome)["items"][0]["title"] == "very telling"
    told = {"file": "a.zip", "taken": True, "from": "NL", "realm": "REAL", "number": 1}
    assert outcome_in_short(outcome) == told
    table = Console(file=io.StringIO(), width=150)
    table.print(outcomes_table([outcome], Speech("en"), in_full=False))
    assert "very telling" not in table.file.getvalue()


def test_a_dossier_is_verified_and_its_verdict_stands_with_it(states):
    nl, de = states
    built = built_of(small_case(), key=nl.keys[Realm.REAL])
    files = [
        ItemFile(name="case.zip", media_type="application/zip", content=content)
        for content in (built.copies["DE"], built.copies["FR"], built.copies["DE"][:-9], b"no zip")
    ]
    items = [nl.item(ItemKind.DOSSIER, "DE", file=file) for file in files]
    received = de.receive(nl.send("DE", *items).content)
    told = [received.verdicts[item.item_id] for item in items]
    assert told[0].startswith("holds: A small case, 2 of 4 entries shown; signed by baken/NL/real")
    assert told[1] == "does not hold: it is a copy for FR, and this is DE"
    assert all(each.startswith("does not hold: the zip: ") for each in told[2:])
    kept = [entry for entry in entries(de) if entry.text("item_kind") == "dossier"]
    assert [entry.text("verdict") for entry in kept] == told
    assert de.desk.log.content(kept[0].content.digest) == built.copies["DE"]


def test_an_answer_is_about_something_that_came(states):
    nl, de = states
    item = orbit(nl)
    de.receive(nl.send("DE", item).content)
    with pytest.raises(NoSuchRecord, match="no item of NL"):
        answer_partner(de.desk, Realm.REAL, "NL", "f" * 32, AnswerKind.DISSENT, "no", node="DE")
    with pytest.raises(WrongUsage, match="did not ask"):
        answer_partner(de.desk, Realm.REAL, "NL", item.item_id, AnswerKind.RECALL_DONE, "done", node="DE")
    with pytest.raises(WrongUsage, match="says something"):
        answer_partner(de.desk, Realm.REAL, "NL", item.item_id, AnswerKind.DISSENT, " ", node="DE")


def test_bundles_that_were_not_acknowledged_can_be_laid_out_again_to_the_byte(states):
    nl, de = states
    first, second = nl.send("DE", orbit(nl)), nl.send("DE", orbit(nl))
    assert sent_again(nl.desk.log, Realm.REAL, "DE") == (
        (first.name, first.content),
        (second.name, second.content),
    )
    item = de.receive(first.content).bundle.items[0]
    answer_partner(de.desk, Realm.REAL, "NL", item.item_id, AnswerKind.TAKEN, "", node="DE")
    nl.receive(de.send("NL").content)
    assert sent_again(nl.desk.log, Realm.REAL, "DE") == ((second.name, second.content),)


def test_who_lowers_a_label_has_to_recall_the_item_first(states):
    nl, de = states
    strict = Marking(owner="NL", releasable_to=frozenset({"DE"}), handling=Handling(tlp=Tlp.RED))
    wide = replace(strict, handling=Handling(tlp=Tlp.GREEN))
    item = orbit(nl, marking=strict)
    de.receive(nl.send("DE", item).content)
    lowered = nl.send("DE", orbit(nl, marking=wide)).content
    with pytest.raises(BundleRefused) as refused:
        de.receive(lowered)
    assert refused.value.why is Why.DOWNGRADED
    assert len(standing_of_received(de.desk.log, Realm.REAL)) == 1
    recall = RecallRequest(item_id=item.item_id, because="labelled anew", at_tai_ns=NOON_TAI_NS)
    de.receive(nl.send("DE", recalls=[recall]).content)
    de.receive(nl.send("DE", orbit(nl, marking=wide)).content)
    stand = [each.standing(NOON_TAI_NS) for each in standing_of_received(de.desk.log, Realm.REAL)]
    assert stand == [Standing.RECALLED, Standing.HOLDS]


def test_the_sender_is_told_which_of_his_bundles_was_not_taken(states):
    nl, de = states
    late = nl.send("DE", orbit(nl)).content
    later(de, 2)
    with pytest.raises(BundleRefused):
        de.receive(late)
    later(nl, 2)
    nl.receive(de.send("NL", de.item(ItemKind.STATEMENT, "NL", told=(("text", "hello"),))).content)
    assert with_partner(nl.desk.log, Realm.REAL, "DE").refused == (1,)


def test_an_answer_about_an_entry_stands_with_the_case_that_the_entry_joined():
    desk = desk_of()
    case = opened(desk)
    (kept,) = desk.keep(desk.entry(EntryKind.STATEMENT, "NL-CJ26-0001", Realm.REAL, ("text", "x")))

    def said(kind, subject, *fields):
        desk.keep(desk.entry(kind, subject, Realm.REAL, *fields))

    released = ("what", kept.entry_id), ("item_id", "a" * 32), ("recipient", "DE")
    said(EntryKind.RELEASE, "NL-RL26-0001", *released)
    assert cases_of_items(desk.log, Realm.REAL, "DE") == {}
    said(EntryKind.JOINED, str(case.incident_id), ("entry_id", kept.entry_id))
    assert cases_of_items(desk.log, Realm.REAL, "DE") == {"a" * 32: str(case.incident_id)}
    assert cases_of_items(desk.log, Realm.REAL, "FR") == {}
    said(EntryKind.JOINED, str(case.incident_id), ("entry_id", kept.entry_id), ("act", "leave"))
    assert cases_of_items(desk.log, Realm.REAL, "DE") == {}


@pytest.fixture(scope="module")
def row(tmp_path_factory):
    """Five bundles of NL to DE, in their row."""
    folder = tmp_path_factory.mktemp("row")
    nl, de = house("NL", folder, 60_000), house("DE", folder, 70_000)
    acquaint(nl, de)
    sent = [nl.send("DE", nl.item(ItemKind.STATEMENT, "DE", told=(("text", str(n)),))) for n in range(5)]
    yield de, [LyingBundle(name=f"{n}", content=one.content) for n, one in enumerate(sent)]
    nl.store.close()
    de.store.close()


@pytest.mark.capability(
    "bundles come in once each and in their turn, in whatever order and however often they are carried",
    status="VALIDATED",
    authority="five bundles laid out in random portions, orders and repetitions by Hypothesis",
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(portions=st.lists(st.lists(st.integers(0, 4), max_size=6), max_size=5))
def test_bundles_come_in_once_each_and_in_their_turn_however_they_are_carried(row, portions):
    de, bundles = row
    de.desk = replace(de.desk, log=MemoryLog())
    for portion in [*portions, range(5)]:
        receive_all(de.desk, de.store, [bundles[n] for n in dict.fromkeys(portion)], de.around())
    told = [entry for entry in entries(de) if entry.kind is EntryKind.STATEMENT]
    assert [entry.text("text") for entry in told] == ["0", "1", "2", "3", "4"]
