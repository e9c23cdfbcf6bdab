"""Is every warning that comes in assessed, kept, and told again as one case under one name?"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from baken.assess.conjunction.assessment import assess_message
from baken.errors import BadMessage, UnreadableInput, WrongUsage
from baken.formats import cdm_json, cdm_kvn, cdm_xml
from baken.formats.reading import Strictness
from baken.operations.export_catalogue import text_of
from baken.operations.follow_event import case_of_event
from baken.operations.import_catalogue import NamedContent, Provenance
from baken.operations.ports import KeptMessages
from baken.operations.receive_messages import Assessor, ReadWarnings, keep_warnings, read_warnings
from baken.records.collision_assessment import CollisionAssessment
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.conjunction_notice import ConjunctionNotice, NoticedObject
from baken.records.event import Finding, read_event_id
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Marking, Realm
from baken.store.home import open_home
from baken.store.sql_store import SqlStore
from tests.makers import HOUR_NS, element_set, warning
from tests.store.test_messages import own_look

ASSESSOR = Assessor(assess=assess_message, settings=(("method", "foster_1992"),))
EVENT_ID = read_event_id("LOCAL-CJ26-0001")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_home(tmp_path / "home", None).store
    yield opened
    opened.close()


def read(content: bytes, strictness: Strictness = Strictness.LENIENT, **said: object) -> ReadWarnings:
    given = NamedContent(name="a.cdm", content=content)
    return read_warnings(given, Provenance(**said), ASSESSOR, strictness=strictness)


def keep(
    store: SqlStore, *files: bytes, strict: bool = False, at_tai_ns: int = 1, **said: object
) -> KeptMessages:
    strictness = Strictness.STRICT if strict else Strictness.LENIENT
    warnings = [read(content, strictness, **said) for content in files]
    return keep_warnings(store, warnings, source="", at_tai_ns=at_tai_ns, strict=strict)


@pytest.mark.capability(
    "two originators of one encounter side by side", status="MODELLED", authority="messages made by us"
)
def test_two_originators_in_two_dresses_sit_side_by_side_in_one_case(store: SqlStore) -> None:
    here = [warning("HERE", hours_before=hours) for hours in (60.0, 30.0)]
    there = warning("THERE", hours_before=40.0, tca_tai_ns=warning().tca_tai_ns + 10**9)
    kept = keep(store, cdm_kvn.write(here), cdm_xml.write([there]))
    assert (set(kept.event_ids), kept.updates_new, kept.events_new) == ({EVENT_ID}, 3, 1)
    case = case_of_event(store, EVENT_ID, realm=Realm.REAL, assessor=ASSESSOR)
    assert [one.message_id for one in case.updates] == [
        here[0].message_id,
        there.message_id,
        here[1].message_id,
    ]
    assert [one.message_id for one in case.standing] == [here[1].message_id, there.message_id]
    assert [one.message_id for one in case.superseded()] == [here[0].message_id]
    assert all(one.lineage.settings == ASSESSOR.settings for one in case.updates)


def test_what_this_node_saw_is_an_update_beside_the_others(store: SqlStore) -> None:
    keep(store, cdm_kvn.write([warning("HERE", hours_before=40.0)]))
    store.name_node("NL")
    look = own_look(warning())
    created_tai_ns = warning().tca_tai_ns - 20 * HOUR_NS
    store.keep_findings([look], node="NL", at_tai_ns=created_tai_ns)
    case = case_of_event(store, EVENT_ID, realm=Realm.REAL, assessor=ASSESSOR)
    assert case.originators == ("HERE", "NL")
    assert case.of("NL")[0].digest == look.digest
    assert case.of("NL")[0].created_tai_ns == created_tai_ns
    assert {party.object_id for party in case.of("NL")[0].parties} == set(look.object_ids)


def test_a_look_knows_its_primary_by_the_catalogue(store: SqlStore) -> None:
    message = warning()
    keep(store, cdm_kvn.write([message]))
    for number in (900_001, 900_002):
        look = own_look(message)
        measures = (("primary_norad_cat_id", number), *look.measures)
        at_tai_ns = message.created_tai_ns + number
        store.keep_findings([replace(look, measures=measures)], node="NL", at_tai_ns=at_tai_ns)
        case = case_of_event(store, EVENT_ID, realm=Realm.REAL, assessor=ASSESSOR)
        party = case.updates[-1].parties[0]
        assert party.object_id == store.object_known_as("norad", str(number), realm=Realm.REAL).object_id


def test_a_case_is_judged_by_todays_assessor_from_what_was_kept(store: SqlStore) -> None:
    keep(store, cdm_kvn.write([warning(sigma_m=50.0)]))

    def doubting(message: ConjunctionMessage) -> CollisionAssessment:
        return replace(assess_message(message), probability=None, low=0.0, high=1.0)

    before = case_of_event(store, EVENT_ID, realm=Realm.REAL, assessor=ASSESSOR)
    after = case_of_event(store, EVENT_ID, realm=Realm.REAL, assessor=Assessor(assess=doubting))
    assert before.updates[0].assessment.probability is not None
    assert after.updates[0].assessment.probability is None
    assert before.updates[0].digest == after.updates[0].digest


def test_every_warning_names_the_file_it_came_in(store: SqlStore) -> None:
    content = cdm_kvn.write([warning()])
    (one,) = read(content).received
    assert [(source.name, source.digest) for source in one.message.lineage.sources] == [
        ("a.cdm", digest_of_bytes(content))
    ]
    assert one.finding.lineage.sources == one.message.lineage.sources


def without_tca(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(b"TCA"))


def test_the_good_messages_of_a_file_are_kept_and_the_bad_are_named(store: SqlStore) -> None:
    content = cdm_kvn.write([warning("HERE")]) + without_tca(cdm_kvn.write([warning("THERE")]))
    warnings = read(content)
    assert (len(warnings.received), warnings.n_read) == (1, 2)
    assert [rejection.field for rejection in warnings.rejected] == ["TCA"]
    assert keep(store, content).updates_new == 1


def test_under_strict_none_of_a_file_with_a_bad_message_is_kept(store: SqlStore) -> None:
    bad = cdm_kvn.write([warning("HERE")]) + without_tca(cdm_kvn.write([warning("THERE")]))
    good = cdm_kvn.write([warning("ELSEWHERE")])
    assert keep(store, bad, good, strict=True).updates_new == 1
    (kept,) = store.messages_of(EVENT_ID, realm=Realm.REAL)
    assert kept.message.originator == "ELSEWHERE"


def test_a_message_that_cannot_be_assessed_is_named_and_the_others_are_kept() -> None:
    def refusing(message: ConjunctionMessage) -> CollisionAssessment:
        if message.originator == "THERE":
            raise WrongUsage("its frame cannot be turned")
        return assess_message(message)

    given = NamedContent(name="a.cdm", content=cdm_kvn.write([warning("HERE"), warning("THERE")]))
    warnings = read_warnings(given, Provenance(), Assessor(assess=refusing))
    assert [one.message.originator for one in warnings.received] == ["HERE"]
    assert [(one.field, one.reason) for one in warnings.rejected] == [
        (warning("THERE").message_id, "its frame cannot be turned")
    ]


def test_a_file_of_something_else_is_refused() -> None:
    content = text_of([element_set()], "omm-csv")
    assert [rejection.field for rejection in read(content).rejected] == ["ElementSet"]
    with pytest.raises((UnreadableInput, BadMessage)):
        read(b"nothing of the kind")


@pytest.mark.parametrize(
    ("realm", "node"), [(Realm.REAL, "NL"), (Realm.EXERCISE, "EXER"), (Realm.TEST, "TEST")]
)
def test_an_event_opened_by_a_warning_is_named_as_any_other(store: SqlStore, realm: Realm, node: str) -> None:
    store.name_node("NL")
    (event_id,) = keep(store, cdm_kvn.write([warning()]), realm=realm).event_ids
    assert str(event_id) == f"{node}-CJ26-0001"
    (event,) = store.events(realm)
    assert isinstance(event.finding, Finding)
    assert event.finding.because == f"HERE warns: {warning().message_id}"


def test_a_warning_of_an_invented_sky_stays_invented_and_keeps_its_label(store: SqlStore) -> None:
    label = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    content = cdm_kvn.write([warning(realm=Realm.SIMULATED, marking=label)])
    (event_id,) = keep(store, content).event_ids
    assert str(event_id) == "SIM-CJ26-0001"
    assert store.events(Realm.REAL) == ()
    case = case_of_event(store, event_id, realm=Realm.SIMULATED, assessor=ASSESSOR)
    assert [(one.realm, one.marking) for one in case.updates] == [(Realm.SIMULATED, label)]
    assert [rejection.reason for rejection in read(content, realm=Realm.TEST).rejected] == [
        "the message says it is of the realm SIMULATED, not TEST"
    ]


def test_a_public_notice_without_states_is_named_and_not_assessed() -> None:
    notice = ConjunctionNotice(
        originator="HERE",
        message_id="1",
        created_tai_ns=warning().created_tai_ns,
        tca_tai_ns=warning().tca_tai_ns,
        miss_distance_m=50.0,
        first=NoticedObject(identity=warning().first.identity),
        second=NoticedObject(identity=warning().second.identity),
    )
    warnings = read(cdm_json.write([notice]))
    assert [rejection.field for rejection in warnings.rejected] == ["ConjunctionNotice"]


def test_nothing_that_came_in_changes_nothing(store: SqlStore) -> None:
    assert keep_warnings(store, [], source="", at_tai_ns=1, strict=False) == KeptMessages()
