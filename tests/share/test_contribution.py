"""Does the contribution ledger tell all that went and all that came back, to whom and on which terms?"""

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.records.bundle import AnswerKind
from baken.records.contribution import Contribution, Returned
from baken.records.handling import Onward
from baken.records.marking import Marking, Realm
from baken.records.release import Offer, ReleaseId, ReleaseMoment, ReleaseStage, ReleaseStanding
from baken.records.terms import Terms
from baken.report.contribution_rows import COLUMNS, contribution_rows, contribution_summary
from baken.report.words import Speech
from baken.share.contribution import contributions

NOON_TAI_NS, HOUR_NS = tai_ns_from_utc("2026-03-01T12:00:00Z"), 3_600_000_000_000
FOR_WARNING = Terms(purpose="collision warning", expires_tai_ns=NOON_TAI_NS + 24 * HOUR_NS)


def released(number: int, to: str, stage=ReleaseStage.SENT, bundle_number: int | None = 1) -> ReleaseStanding:
    offer = Offer(
        release_id=ReleaseId(node="NL", year=2026, number=number),
        what=f"EV-{number}",
        recipient=to,
        item_id=f"{number:032x}",
        title=f"Orbit {number}",
        precision="epoch=1min position=1km",
        label=Marking(owner="NL", releasable_to=frozenset({to})),
        terms=FOR_WARNING,
        because="they asked",
        consents=(),
        pieces=(),
        not_before_tai_ns=NOON_TAI_NS,
        realm=Realm.REAL,
    )
    steps = [("propose", 0), ("approve", 1), ("send", number)] if stage is not ReleaseStage.REJECTED else []
    moments = tuple(
        ReleaseMoment(
            entry_sequence=k, step=step, by="officer", at_tai_ns=NOON_TAI_NS + hours * HOUR_NS, because="it"
        )
        for k, (step, hours) in enumerate(steps)
    )
    return ReleaseStanding(offer=offer, stage=stage, moments=moments, bundle_number=bundle_number)


def came(number: int, in_reply_to: str = "") -> Returned:
    return Returned(
        item_id=f"{100 + number:032x}",
        kind="orbit",
        title=f"Their orbit {number}",
        came_at_tai_ns=NOON_TAI_NS + number * HOUR_NS,
        label=Marking(owner="DE", releasable_to=frozenset({"NL"})),
        terms=Terms(onward=Onward.AUDIENCE, licence="as agreed"),
        standing="holds",
        in_reply_to=in_reply_to,
    )


def ledger(
    *standings: ReleaseStanding, said=None, returned=None, hours: float = 5
) -> tuple[Contribution, ...]:
    at_tai_ns = NOON_TAI_NS + round(hours * HOUR_NS)
    return contributions(Realm.REAL, standings, said or {}, returned or {}, at_tai_ns=at_tai_ns)


def test_what_went_and_what_came_stand_with_the_partner_it_passed_with():
    told = ledger(
        released(2, "DE"), released(1, "DE"), released(3, "FR"), returned={"DE": [came(3)], "US": [came(1)]}
    )
    assert [(one.partner, len(one.given), len(one.returned)) for one in told] == [
        ("DE", 2, 1), ("FR", 1, 0), ("US", 0, 1)
    ]  # fmt: skip
    assert [str(each.release_id) for each in told[0].given] == ["NL-RL26-0001", "NL-RL26-0002"]


@pytest.mark.parametrize(
    ("stage", "bundle_number"),
    [
        (ReleaseStage.PROPOSED, None),
        (ReleaseStage.APPROVED, None),
        (ReleaseStage.REJECTED, None),
        (ReleaseStage.STOPPED, None),
        (ReleaseStage.SENT, None),
    ],
)
def test_what_is_in_no_bundle_was_given_to_nobody(stage, bundle_number):
    assert ledger(released(1, "DE", stage, bundle_number)) == ()


@pytest.mark.parametrize("stage", [ReleaseStage.RECALLED, ReleaseStage.RECALL_ANSWERED, ReleaseStage.EXPIRED])
def test_what_was_given_stays_given_whatever_was_asked_since(stage):
    (told,) = ledger(released(1, "DE", stage))
    assert [each.stage for each in told.given] == [stage]


def test_what_is_past_its_terms_says_so():
    (told,) = ledger(released(1, "DE"), hours=24)
    assert told.given[0].stage is ReleaseStage.EXPIRED


def test_answers_and_items_in_reply_count_once_for_each_of_ours():
    first, second, third = released(1, "DE"), released(2, "DE"), released(3, "DE")
    said = {first.offer.item_id: [AnswerKind.TAKEN, AnswerKind.DISSENT]}
    replies = [came(3, second.offer.item_id), came(4, second.offer.item_id)]
    (told,) = ledger(first, second, third, said=said, returned={"DE": replies})
    assert (told.n_answered, told.n_dissents) == (2, 1)


def test_the_ledger_reads_in_both_languages_in_order_of_time():
    said = {released(1, "DE").offer.item_id: [AnswerKind.DISSENT]}
    returned = {"DE": [came(2, released(1, "DE").offer.item_id)]}
    (told,) = ledger(released(1, "DE"), released(3, "DE"), said=said, returned=returned)
    rows = contribution_rows(told, Speech("en"))
    assert [dict(zip(COLUMNS, row, strict=True)) for row in rows[:2]] == [
        {
            "way": "given",
            "when": "2026-03-01T13:00:00Z",
            "name": "NL-RL26-0001",
            "title": "Orbit 1",
            "precision": "epoch=1min position=1km",
            "label": "NL: DE",
            "terms": "for collision warning; to nobody else; until 2026-03-02T12:00:00Z",
            "stands": "sent; he judges otherwise",
        },
        {
            "way": "came back",
            "when": "2026-03-01T14:00:00Z",
            "name": "000000000000",
            "title": "Their orbit 2",
            "precision": "",
            "label": "DE: NL",
            "terms": "onward to those of its label; no end; licence as agreed",
            "stands": "holds; in answer to NL-RL26-0001",
        },
    ]
    assert contribution_rows(told, Speech("nl"))[0][-1] == "verzonden; hij oordeelt anders"
    assert contribution_summary(told, Speech("nl")) == (
        "gegeven 2, beantwoord 1, waarvan anders beoordeeld 1; terug 1"
    )
