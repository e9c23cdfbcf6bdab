"""Does what leaves say what was signed and no more, and does whoever is stopped on the way lose nothing?"""

from dataclasses import replace

import pytest

from baken.errors import NoSuchRecord, WrongUsage
from baken.evidence.bundle import write_bundle
from baken.evidence.bundle_manifest import manifest_of
from baken.evidence.checkpoint import origin_of
from baken.evidence.keys import new_key, revocation
from baken.evidence.signed_note import BadSignature
from baken.operations.answer_partner import answer_partner
from baken.operations.approve_release import sign_release
from baken.operations.build_dossier import Seal
from baken.operations.keep_keys import keep_key_note
from baken.operations.keep_orbit import keep_orbit
from baken.operations.partner_entries import with_partner
from baken.operations.recall_release import recall_release
from baken.operations.release_desk import release, releases, say_of_release
from baken.operations.send_bundle import sent_again
from baken.operations.send_release import Packing, send_releases
from baken.records.bundle import AnswerKind, Bundle, ItemAnswer, ItemKind
from baken.records.evidence import Content
from baken.records.marking import Marking, Realm
from baken.records.partner import Partner, PartnerKey
from baken.records.precision import FULL, precision_from_text
from baken.records.release import ReleaseStage
from baken.share.exchange import ReleaseStep
from baken.wiring.case_documents import matrix_document
from tests.makers import element_set
from tests.memory_log import CountedLuck
from tests.operations import homes
from tests.operations.cases import opened
from tests.operations.releases import COARSE, TWO_PERSONS, House, house, shipped_policies

KEY = new_key(origin_of("NL", Realm.REAL), CountedLuck(drawn=9000))
DELAYED = precision_from_text(f"{COARSE} delay=2d")


def sent(here: House, to: str = "DE", later_s: float = 0.0):
    """Send what is due."""
    from baken.cli.dossier import verifier_text

    packing = Packing(seal=Seal(key=KEY, notes=()), verifier=verifier_text(), tell_matrix=matrix_document)
    desk = here.as_("first", later_s=later_s)
    return send_releases(desk, here.sharing, to, Realm.REAL, packing)


def let_go(here: House, entry: str, to: str = "DE", **said):
    """Propose and approve a release, and return its name."""
    proposed = here.proposed(entry, to, **said)
    return here.approved(proposed.release_id).release_id


@pytest.fixture
def de(tmp_path):
    """Return Germany, which knows the Netherlands by its key."""
    there = homes.house("DE", tmp_path, 500_000)
    key = PartnerKey(vkey=KEY.verifier.text)
    there.partners = {"NL": Partner(code="NL", names={}, realms=frozenset({Realm.REAL}), keys=(key,))}
    return there


def test_what_arrives_is_what_was_signed_and_nothing_in_it_leads_back(de):
    here = house()
    entry = here.kept(("title", "A pass"), ("miss_distance_m", 1234.5), ("sensor", "a radar"))
    name = let_go(here, entry)
    bundle = sent(here).bundle
    (item,) = bundle.bundle.items
    told = manifest_of(bundle.bundle)
    assert b"1000" in told
    commitment = here.desk.log.entry(Realm.REAL, 2).sealed.commitment
    for ours in (entry, "a radar", "1234", "analyst", str(name), commitment):
        assert ours.encode() not in told
    taken = de.receive(bundle.content)
    assert taken.bundle.items == (item,)
    assert release(here.desk.log, name).stage is ReleaseStage.SENT


def test_a_bundle_is_the_same_to_the_byte_however_often_it_is_laid_out():
    here = house()
    let_go(here, here.kept(("title", "A pass")))
    first = sent(here).bundle.content
    assert [content for _, content in sent_again(here.desk.log, Realm.REAL, "DE")] == [first]
    assert sent(here).bundle is None


def test_what_was_kept_as_gone_when_the_power_failed_goes_in_the_next_bundle(monkeypatch):
    here = house()
    name = let_go(here, here.kept(("title", "A pass")))
    with monkeypatch.context() as failing:
        failing.setattr("baken.operations.send_release.send_bundle", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sent(here)
    assert release(here.desk.log, name).stage is ReleaseStage.SENT
    assert release(here.desk.log, name).bundle_number is None
    assert [each.release_id for each in sent(here).sent] == [name]
    assert release(here.desk.log, name).bundle_number == 1


def test_what_policy_forbids_by_the_time_it_would_go_is_stopped():
    here = house()
    name = let_go(here, here.kept(("title", "A pass")))
    here.sharing = house(shipped_policies(NL='@id("no") forbid (principal, action, resource);')).sharing
    done = sent(here)
    assert done.bundle is None
    assert "NL:no" in done.stopped[0]
    assert release(here.desk.log, name).stage is ReleaseStage.STOPPED


def test_a_policy_that_asks_two_persons_by_then_stops_what_one_signed():
    here = house()
    name = let_go(here, here.kept(("title", "A pass")))
    here.sharing = house(shipped_policies(NL=TWO_PERSONS)).sharing
    done = sent(here)
    assert (done.bundle, release(here.desk.log, name).stage) == (None, ReleaseStage.STOPPED)
    assert "two persons" in done.stopped[0]


@pytest.mark.parametrize("since_s", [-3_600, 60])
def test_what_a_key_signed_that_was_revoked_before_it_went_is_stopped_and_holds_up_nothing_else(since_s):
    here = house()
    name = let_go(here, here.kept(("title", "A pass")))
    other = here.proposed(here.kept(("title", "Another pass"))).release_id
    here.approved(other, by="second")
    since_tai_ns = here.desk.at_tai_ns + since_s * 10**9
    key = here.keys["first"]
    note = revocation(key.verifier, key, since_tai_ns=since_tai_ns, because="stolen")
    desk = here.as_("first", later_s=120.0)
    keep_key_note(desk.log, note, actor="first", at_tai_ns=desk.at_tai_ns, luck=desk.luck, realm=Realm.REAL)
    done = sent(here, later_s=180.0)
    assert [each.release_id for each in done.sent] == [other]
    assert "first signed it was revoked since" in done.stopped[0]
    assert release(here.desk.log, name).stage is ReleaseStage.STOPPED


def test_what_a_stranger_wrote_into_the_log_as_signed_does_not_go():
    here = house()
    proposed = here.proposed(here.kept(("title", "A pass")))
    stranger = new_key("baken/NL/authority/first", CountedLuck(drawn=77_000))
    note = sign_release(proposed.offer, stranger)
    content = Content(
        digest=here.desk.log.keep_content(note), media_type="text/plain", name="note", size_bytes=len(note)
    )
    signed_by = ("signed_by", stranger.verifier.text)
    say_of_release(here.desk, proposed, ReleaseStep.APPROVE, "trust me", signed_by, content=content)
    with pytest.raises(BadSignature):
        sent(here)


def test_what_is_to_be_told_late_waits_until_it_is_due():
    here = house()
    name = let_go(here, here.kept(("title", "A pass")), precision=DELAYED)
    assert [each.release_id for each in sent(here, later_s=86_400.0).waiting] == [name]
    assert [each.release_id for each in sent(here, later_s=2 * 86_400.0).sent] == [name]


def test_a_recall_is_sent_as_a_request_and_its_answer_comes_back(de):
    here = house()
    name = let_go(here, here.kept(("title", "A pass")))
    de.receive(sent(here).bundle.content)
    with pytest.raises(WrongUsage, match="--because"):
        recall_release(here.desk, name, "the Russians were not hostile")
    with pytest.raises(WrongUsage, match="EV-2 stays here"):
        recall_release(here.desk, name, "EV-2 was wrong")
    assert recall_release(here.desk, name, "it was wrong").stage is ReleaseStage.RECALLED
    done = sent(here)
    assert [one.because for one in done.bundle.bundle.recalls] == ["it was wrong"]
    assert release(here.desk.log, name).stage is ReleaseStage.RECALL_SENT
    de.receive(done.bundle.content)
    item_id = release(here.desk.log, name).offer.item_id
    with pytest.raises(WrongUsage, match="EV-9 stays here"):
        answer_partner(de.desk, Realm.REAL, "NL", item_id, AnswerKind.RECALL_DONE, "see EV-9", node="DE")
    answer_partner(de.desk, Realm.REAL, "NL", item_id, AnswerKind.RECALL_DONE, "forgotten", node="DE")
    back = de.send("NL")
    answered(here, de, back.content)
    after = release(here.desk.log, name)
    assert [moment.step for moment in after.moments[-3:]] == ["carry", "receive", "answer"]
    assert after.stage is ReleaseStage.RECALL_ANSWERED
    assert "forgotten" in after.moments[-1].because


def test_what_one_partner_says_of_what_went_to_another_is_about_no_release_of_his(de, tmp_path):
    here = house()
    name = let_go(here, here.kept(("title", "A pass")))
    de.receive(sent(here).bundle.content)
    recall_release(here.desk, name, "it was wrong")
    sent(here)
    before = release(here.desk.log, name)
    fr = homes.house("FR", tmp_path, 700_000)
    # He learned the name of the item from DE, and writes his bundle himself.
    said = ItemAnswer(
        answer_id="f" * 32,
        item_id=before.offer.item_id,
        kind=AnswerKind.RECALL_DONE,
        text="done",
        at_tai_ns=here.desk.at_tai_ns,
        marking=Marking(owner="FR", releasable_to=frozenset({"NL"})),
    )
    bundle = Bundle(
        sender="FR",
        recipient="NL",
        realm=Realm.REAL,
        number=1,
        previous="",
        made_at_tai_ns=here.desk.at_tai_ns,
        valid_until_tai_ns=here.desk.at_tai_ns + homes.DAY_NS,
        policy_digest=homes.DIGEST,
        answers=(said,),
    )
    answered(here, fr, write_bundle(bundle, fr.keys[Realm.REAL]))
    assert release(here.desk.log, name) == before
    assert releases(here.desk.log, Realm.REAL) == (before,)


def answered(here: House, there, content: bytes) -> None:
    """Let a bundle of another state come in at home."""
    from baken.operations.receive_bundle import Around, receive_bundle

    key = PartnerKey(vkey=there.keys[Realm.REAL].verifier.text)
    known = {there.node: replace(here.sharing.partners[there.node], keys=(key,))}
    around = Around(me="NL", partners=known, check_dossier=there.around().check_dossier)
    receive_bundle(here.desk, there.store, content, around)


def test_an_orbit_of_ours_arrives_coarse_as_an_opinion_beside_theirs(de, tmp_path):
    here = house()
    store = homes.house("NL", tmp_path, 600_000).store
    exact = element_set(900_001, epoch_tai_ns=here.desk.at_tai_ns - 10**12)
    store.add_element_sets([exact], source="ours", at_tai_ns=here.desk.at_tai_ns)
    theirs = element_set(900_002, marking=Marking(owner="US"))
    store.add_element_sets([theirs], source="theirs", at_tai_ns=here.desk.at_tai_ns)
    with pytest.raises(NoSuchRecord, match="others"):
        keep_orbit(here.desk, store, "900002", Realm.REAL)
    entry = keep_orbit(here.desk, store, "900001", Realm.REAL)
    assert keep_orbit(here.desk, store, "900001", Realm.REAL) == entry
    coarse = precision_from_text("epoch=1min position=10km velocity=10m/s digits=2")
    let_go(here, entry.entry_id, precision=coarse)
    bundle = sent(here).bundle
    assert [item.kind for item in bundle.bundle.items] == [ItemKind.ORBIT]
    taken = de.receive(bundle.content)
    assert set(taken.verdicts.values()) == {"1 orbits beside ours, 0 rejected"}
    (opinion,) = de.store.catalogue(Realm.REAL).element_sets
    assert opinion.marking.owner == "NL"
    assert opinion.epoch_tai_ns != exact.epoch_tai_ns
    assert opinion.mean_anomaly_rad != exact.mean_anomaly_rad


def test_a_case_arrives_as_a_dossier_that_holds_with_what_was_signed_and_no_more(de):
    here = house()
    case = str(opened(here.desk).incident_id)
    here.kept(("text", "they are silent"), ("sensor", "ours"), subject=case)
    here.kept(("text", "as EV-0 says"), ("title", "Leads outside"), subject=case)
    us = Marking(owner="US")
    here.kept(("text", "a word of another"), subject=case, marking=us)
    let_go(here, case, precision=FULL)
    here.kept(("text", "said later"), subject=case)
    taken = de.receive(sent(here).bundle.content)
    (item,) = taken.bundle.items
    assert item.kind is ItemKind.DOSSIER
    assert all(verdict.startswith("holds") for verdict in taken.verdicts.values())
    assert b"they are silent" in item.file.content
    for not_signed in (b"as EV-0 says", b"a word of another", b"said later"):
        assert not_signed not in item.file.content


def test_bundles_to_one_partner_are_numbered_and_name_the_one_before():
    here = house()
    for place in range(2):
        let_go(here, here.kept(("title", f"Pass {place}")))
        sent(here)
    now = with_partner(here.desk.log, Realm.REAL, "DE")
    assert (now.sent.number, len(now.sent_digests)) == (2, 2)
