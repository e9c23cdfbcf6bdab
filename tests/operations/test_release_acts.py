"""Does nothing go but what a person signed, to whom he signed for, and is every change in between a stop?"""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from baken.astro.time import utc_text
from baken.cli.release_view import show_view
from baken.errors import NoSuchRecord, RefusedByPolicy, WrongUsage
from baken.evidence.signed_note import BadSignature, signed
from baken.operations.approve_release import approve_release, sign_release
from baken.operations.explain_release import explain_release
from baken.operations.recall_release import recall_release, reject_release
from baken.operations.release_desk import release
from baken.records.evidence import Content, EntryKind
from baken.records.handling import Handling, Onward, Tlp
from baken.records.marking import Marking, Realm
from baken.records.precision import FULL
from baken.records.release import ReleaseStage
from baken.report.words import Speech
from baken.share.exchange import ReleaseStepNotAllowed
from baken.share.release_statement import statement_of
from tests.operations.cases import NOON_TAI_NS, opened
from tests.operations.releases import FOR_WARNING, TWO_PERSONS, House, house, shipped_policies

AUTHORITIES = Path(__file__).parents[1] / "authorities"
POLICIES = Path(__file__).parents[2] / "baken/share/policies/examples"
FROM_US = Marking(owner="US")
AUTHORITY = "records/release.py"


def seen_by_de(here: House, entry: str, **said):
    """Return what DE would see of an entry, field by field."""
    wish = here.wish(entry, **said)
    view = explain_release(
        here.desk.log, here.sharing, wish, releaser="analyst", at_tai_ns=here.desk.at_tai_ns
    )
    return view, {each.name: each for each in view.pieces[0].fields}


def test_what_one_person_proposed_another_signs_and_it_is_approved():
    here = house()
    proposed = here.proposed(here.kept(("title", "A pass"), ("miss_distance_m", 1234.5)))
    approved = here.approved(proposed.release_id)
    assert [proposed.stage, approved.stage] == [ReleaseStage.PROPOSED, ReleaseStage.APPROVED]
    assert approved.offer == proposed.offer
    assert approved.moments[-1].ruling.policy_digest == here.sharing.policies.digest


def test_names_of_releases_are_counted_and_never_given_twice():
    here = house()
    entry = here.kept(("title", "A pass"))
    names = [str(here.proposed(entry, to).release_id) for to in ("DE", "FR", "DE")]
    assert names == ["NL-RL26-0001", "NL-RL26-0002", "NL-RL26-0003"]


def test_who_has_no_file_here_gets_nothing():
    here = house()
    with pytest.raises(NoSuchRecord, match="PL"):
        here.proposed(here.kept(("title", "A pass")), "PL")


def test_what_is_seen_is_told_field_by_field_with_the_rule_that_decides_it():
    here = house()
    entry = here.kept(
        ("title", "A pass"),
        ("miss_distance_m", 1234.5),
        ("sensor", "radar"),
        ("code", "secret"),
        ("text", "long"),
    )
    view, fields = seen_by_de(here, entry)
    assert {name: each.after for name, each in fields.items()} == {
        "title": "A pass", "miss_distance_m": "1000.0", "sensor": None, "code": None, "text": None,
    }  # fmt: skip
    assert fields["code"].before == ""
    assert view.pieces[0].policy_ids == ("baken:audience-receives",)
    assert view.label.text.startswith("NL: DE")
    assert dict(view.item.told).keys() == {"title", "miss_distance_m", "reduced"}


@pytest.mark.parametrize("precision", ["full", "epoch=1min position=1km keep=title,text"])
def test_following_what_goes_leads_to_nothing_more(precision):
    here = house()
    entry = here.kept(
        ("title", "A pass"),
        ("text", "as EV-0 and NL-IN26-0003 tell"),
        ("entry_ids", ("EV-0",)),
        ("attachments", (("sky.csv", "sha256:" + "0" * 64, "text/csv"),)),
    )
    _, fields = seen_by_de(here, entry, precision=precision_of(precision))
    assert [name for name, each in fields.items() if each.after is not None] == ["title"]


def precision_of(text: str):
    """Return a precision as a person writes it."""
    from baken.records.precision import precision_from_text

    return precision_from_text(text)


def test_a_field_with_a_narrower_label_is_not_widened():
    here = house()
    narrower = Marking(owner="NL", of_fields=(("miss_distance_m", Marking(owner="NL")),))
    entry = here.kept(("title", "A pass"), ("miss_distance_m", 1234.5), marking=narrower)
    _, fields = seen_by_de(here, entry)
    assert fields["miss_distance_m"].after is None
    assert "label" in fields["miss_distance_m"].rule


def test_what_others_have_a_say_in_goes_only_with_their_consent():
    here = house()
    entry = here.kept(("title", "A pass"), marking=FROM_US)
    with pytest.raises(RefusedByPolicy, match="consent of US is missing"):
        here.proposed(entry)
    letter = here.kept(("title", "Their letter"), kind=EntryKind.DOCUMENT)
    agreed = here.proposed(entry, consents=(("US", letter),))
    assert agreed.offer.label.originators == {"NL", "US"}
    assert agreed.offer.label.releasable_to == {"DE"}


def test_a_consent_that_no_entry_holds_counts_for_nothing():
    here = house()
    with pytest.raises(WrongUsage, match="consent of US"):
        here.proposed(here.kept(("title", "A pass"), marking=FROM_US), consents=(("US", "EV-99"),))


def test_the_content_of_what_goes_whole_is_shown_and_its_name_leads_to_nothing_here():
    here = house()
    digest = here.desk.log.keep_content(b"a sheet")
    for name, goes_as in (("sheet.txt", "sheet.txt"), ("EV-3 of NL-IN26-0001.txt", "content.txt")):
        content = Content(digest=digest, media_type="text/plain", name=name, size_bytes=7)
        entry = here.kept(("title", "A sheet"), kind=EntryKind.DOCUMENT, content=content)
        view, fields = seen_by_de(here, entry, precision=precision_of("full"))
        assert (fields["content"].before, fields["content"].after) == (name, goes_as)
        assert (view.item.file.name, view.item.file.content) == (goes_as, b"a sheet")


def test_a_file_of_a_partner_that_is_kept_once_more_as_ours_is_no_more_ours_than_before():
    here = house()
    digest = here.desk.log.keep_content(b"a sheet of FR")
    content = Content(digest=digest, media_type="text/plain", name="sheet.txt", size_bytes=13)
    own = here.kept(("title", "Our sheet"), kind=EntryKind.DOCUMENT, content=content)
    here.proposed(own, precision=FULL)
    here.kept(
        *(("partner", "FR"), ("source", "partner:FR"), ("what", "item"), ("item_id", "c" * 32)),
        *(("item_kind", "orbit"), ("item_digest", digest), ("title", "Their sheet"), ("expires_tai_ns", "")),
        kind=EntryKind.PARTNER,
        subject="partner:FR",
        marking=Marking(owner="FR", releasable_to=frozenset({"NL"})),
        content=content,
    )
    with pytest.raises(RefusedByPolicy, match="consent of FR is missing"):
        here.proposed(own, precision=FULL)
    case = str(opened(here.desk).incident_id)
    joined = here.kept(("title", "Our sheet"), kind=EntryKind.DOCUMENT, subject=case, content=content)
    view, _ = seen_by_de(here, case, precision=FULL)
    assert {each.kept.entry_id for each in view.pieces if not each.goes} == {joined}


def test_an_instant_is_shown_as_a_person_reads_it():
    here = house()
    view, _ = seen_by_de(here, here.kept(("title", "A pass"), ("tca_tai_ns", str(NOON_TAI_NS))))
    console = Console(file=io.StringIO(), width=150)
    show_view(console, view, Speech("en"))
    told = console.file.getvalue()
    assert utc_text(NOON_TAI_NS) in told
    assert str(NOON_TAI_NS) not in told


def test_who_cannot_agree_for_another_does_not_and_a_word_taken_back_counts_no_more():
    here = house()
    entry = here.kept(("title", "A pass"), marking=Marking(owner="US"))
    with pytest.raises(WrongUsage, match="is what would go"):
        here.proposed(entry, consents=(("US", entry),))
    word = [("partner", "US"), ("source", "partner:US"), ("what", "item"), ("item_id", "b" * 32)]
    word += [("title", "You may"), ("expires_tai_ns", "")]
    said = here.kept(*word, kind=EntryKind.STATEMENT, subject="partner:US")
    of_fr = [("partner", "FR"), ("source", "partner:FR"), ("what", "item"), ("item_id", "c" * 32)]
    other = here.kept(*of_fr, ("expires_tai_ns", ""), kind=EntryKind.STATEMENT, subject="partner:FR")
    with pytest.raises(WrongUsage, match="came from FR, who cannot agree for US"):
        here.proposed(entry, consents=(("US", other),))
    here.proposed(entry, consents=(("US", said),))
    here.kept(*word[:2], *word[3:4], ("what", "recall"), kind=EntryKind.PARTNER, subject="partner:US")
    with pytest.raises(RefusedByPolicy, match="consent of US is missing"):
        here.proposed(entry, consents=(("US", said),))


@pytest.mark.parametrize("said", ["as in EV-3", "for nl-in26-0001"])
def test_no_words_that_go_along_name_what_stays_here(said):
    here = house()
    entry = here.kept(("title", "A pass"))
    with pytest.raises(WrongUsage, match="--title: it goes to a partner"):
        here.proposed(entry, title=said)
    with pytest.raises(WrongUsage, match="--purpose: it goes to a partner"):
        here.proposed(entry, terms=replace(FOR_WARNING, purpose=said))


def test_what_policy_refuses_is_not_proposed_and_that_it_was_asked_is_kept():
    here = house()
    entry = here.kept(
        ("title", "A pass"), marking=Marking(owner="NL", handling=Handling(needs=frozenset({"x"})))
    )
    with pytest.raises(RefusedByPolicy, match="baken:need-to-know"):
        here.proposed(entry)
    assert not here.desk.log.entries(Realm.REAL, kinds={EntryKind.RELEASE})
    (_, asked) = here.desk.log.entries(Realm.REAL, kinds={EntryKind.POLICY})
    assert asked.entry.value("policy_ids") == ("baken:need-to-know",)


def test_two_persons_with_two_keys_sign_where_policy_asks_two():
    here = house(shipped_policies(NL=TWO_PERSONS))
    proposed = here.proposed(here.kept(("title", "A pass")))
    assert here.approved(proposed.release_id, "first").stage is ReleaseStage.ENDORSED
    with pytest.raises(WrongUsage, match="signed"):
        here.approved(proposed.release_id, "first")
    note = sign_release(proposed.offer, here.keys["first"])
    with pytest.raises(WrongUsage, match="a key of his own"):
        approve_release(here.as_("second"), here.sharing, proposed.release_id, note, "so")
    assert here.approved(proposed.release_id, "second").stage is ReleaseStage.APPROVED


@pytest.mark.parametrize("name", ["state.opm", "element_set.omm", "ephemeris.oem"])
def test_whatever_form_an_orbit_comes_in_rules_for_orbits_hold_of_it(name):
    here = house(shipped_policies(NL=(POLICIES / "NL.cedar").read_text()))
    content = (AUTHORITIES / "ccsds" / name).read_bytes()
    kept = Content(
        digest=here.desk.log.keep_content(content),
        media_type="text/plain",
        name=name,
        size_bytes=len(content),
    )
    (piece,) = explain_release(
        here.desk.log,
        here.sharing,
        here.wish(here.kept(("title", "A pass"), content=kept), precision=FULL),
        releaser="analyst",
        at_tai_ns=here.desk.at_tai_ns,
    ).pieces
    assert "two-person" in piece.obligations


def test_a_signature_of_nobody_known_or_under_something_else_is_refused():
    here = house()
    entry = here.kept(("title", "A pass"))
    first, other = here.proposed(entry), here.proposed(entry, "FR")
    with pytest.raises(WrongUsage, match="is not what"):
        here.approved(first.release_id, note=sign_release(other.offer, here.keys["first"]))
    stranger = replace(here.keys["first"], name="baken/NL/real")
    with pytest.raises(BadSignature):
        here.approved(first.release_id, note=signed(statement_of(first.offer) + "\n", stranger).content)
    assert release(here.desk.log, first.release_id).stage is ReleaseStage.PROPOSED


def test_a_policy_that_forbids_it_meanwhile_stops_it():
    here = house()
    proposed = here.proposed(here.kept(("title", "A pass")))
    here.sharing = house(shipped_policies(NL='@id("no") forbid (principal, action, resource);')).sharing
    with pytest.raises(RefusedByPolicy, match="is stopped"):
        here.approved(proposed.release_id)
    assert release(here.desk.log, proposed.release_id).stage is ReleaseStage.STOPPED
    with pytest.raises(ReleaseStepNotAllowed):
        here.approved(proposed.release_id)


def test_terms_that_ran_out_stop_it():
    here = house()
    proposed = here.proposed(here.kept(("title", "A pass")))
    late = here.as_("first", later_s=31 * 86_400.0)
    note = sign_release(proposed.offer, here.keys["first"])
    with pytest.raises(RefusedByPolicy, match="expires-later"):
        approve_release(late, here.sharing, proposed.release_id, note, "so")


def test_nobody_rejects_what_he_proposed_and_what_has_not_gone_is_withdrawn():
    here = house()
    proposed = here.proposed(here.kept(("title", "A pass")))
    with pytest.raises(WrongUsage, match="recall"):
        reject_release(here.desk, proposed.release_id, "no")
    assert recall_release(here.desk, proposed.release_id, "a mistake").stage is ReleaseStage.WITHDRAWN


def test_what_no_bundle_can_carry_is_refused_before_anybody_signs():
    here = house()
    for title in ("two\nlines", "x" * 501):
        with pytest.raises(WrongUsage, match="title"):
            here.proposed(here.kept(("title", title)))
        with pytest.raises(WrongUsage, match="title"):
            here.proposed(here.kept(("title", "short")), title=title)


def test_a_case_goes_whole_or_not_at_all():
    here = house()
    case = str(opened(here.desk, because="seen").incident_id)
    with pytest.raises(WrongUsage, match="whole"):
        here.proposed(case)
    proposed = here.proposed(case, precision=FULL)
    assert [piece.entry_id for piece in proposed.offer.pieces] == ["EV-2"]


def test_an_onward_right_is_never_wider_than_it_was():
    here = house()
    entry = here.kept(("title", "A pass"), marking=Marking(owner="US", releasable_to=frozenset({"DE"})))
    with pytest.raises(RefusedByPolicy, match="third-party-rule"):
        here.proposed(entry, terms=replace(FOR_WARNING, onward=Onward.ANYONE))


@pytest.mark.parametrize("recalled", [False, True])
@pytest.mark.parametrize("expires_s", [None, 0, 1])
def test_what_a_partner_took_back_or_gave_for_a_time_is_handed_on_to_nobody(recalled, expires_s):
    nl = house()
    label = Marking(
        owner="FR",
        releasable_to=frozenset({"NL", "DE"}),
        handling=Handling(tlp=Tlp.GREEN, onward=Onward.AUDIENCE),
    )
    until = "" if expires_s is None else str(NOON_TAI_NS + expires_s * 10**9)
    of_fr = [("partner", "FR"), ("item_id", "a" * 32)]
    told = [("what", "item"), ("title", "From FR"), ("text", "x"), ("expires_tai_ns", until)]
    name = nl.kept(*of_fr, *told, kind=EntryKind.STATEMENT, subject="partner:FR", marking=label)
    if recalled:
        nl.kept(*of_fr, ("what", "recall"), kind=EntryKind.PARTNER, subject="partner:FR")
    wish = nl.wish(name)
    view = explain_release(nl.desk.log, nl.sharing, wish, releaser="analyst", at_tai_ns=NOON_TAI_NS)
    assert view.may_go is (not recalled and expires_s != 0)
