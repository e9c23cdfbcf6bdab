"""Keep score: lay every prediction that was kept beside what is known to have happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from baken.errors import NoSuchRecord
from baken.operations.ports import Store
from baken.records.event import Event, EventId, EventKind, Outcome
from baken.records.marking import Realm
from baken.report.accuracy import Line, Prediction, Score, Truth, lines_of, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much of one kind could be scored: events, and looks at them; the rest was held against nothing."""

    kind: EventKind
    n_events: int
    n_events_scored: int
    n_looks: int
    n_looks_scored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """The score of a realm, and of each kind how much could not be held against anything."""

    lines: tuple[Line, ...]
    counted: tuple[Counted, ...]

    @property
    def n_scored(self) -> int:
        return sum(one.n_looks_scored for one in self.counted)

    @property
    def n_open(self) -> int:
        return sum(one.n_looks - one.n_looks_scored for one in self.counted)


def keep_score(store: Store, realm: Realm) -> Accuracy:
    """Return how what was said of re-entries, breakups and conjunctions turned out.

    Of re-entry and breakup the outcome entered last counts; without one, an element set later than its window
    refutes a re-entry, and a breakup is not scored.  Nobody measures what happened of a conjunction: the last
    look before it stands for that, itself unscored.
    """
    outcomes = {outcome.event_id: outcome for outcome in store.outcomes(realm)}
    scored: list[Score] = []
    counted = []
    for kind in (EventKind.REENTRY, EventKind.FRAGMENTATION, EventKind.CONJUNCTION):
        of_events = [_scores_of(store, event, outcomes) for event in store.events(realm, kind=kind)]
        told = [one for scores in of_events for one in scores if one is not None]
        if of_events:
            counted.append(
                Counted(
                    kind=kind,
                    n_events=len(of_events),
                    n_events_scored=sum(any(scores) for scores in of_events),
                    n_looks=sum(map(len, of_events)),
                    n_looks_scored=len(told),
                )
            )
        scored += told
    return Accuracy(lines=lines_of(scored), counted=tuple(counted))


def _scores_of(store: Store, event: Event, outcomes: Mapping[EventId, Outcome]) -> list[Score | None]:
    """Return the score of every look at an event, None where nothing can be held against it."""
    truth, predictions = _told(store, event, outcomes)
    return [score(prediction, truth) for prediction in predictions]


def _told(
    store: Store, event: Event, outcomes: Mapping[EventId, Outcome]
) -> tuple[Truth, Sequence[Prediction]]:
    predictions = list(_predictions(store, event))
    if event.finding.kind is EventKind.CONJUNCTION:
        return _last_word(predictions, event.event_id)
    if event.finding.kind is EventKind.FRAGMENTATION:
        return _truth_of_breakup(event, outcomes.get(event.event_id)), predictions
    return _truth_of_reentry(store, event, outcomes.get(event.event_id)), predictions


def _predictions(store: Store, event: Event) -> Iterator[Prediction]:
    for kept in store.history_of(event.event_id, realm=event.realm):
        if not kept.finding.originator:
            yield Prediction(event_id=event.event_id, made_tai_ns=kept.kept_at_tai_ns, finding=kept.finding)


def _last_word(predictions: Sequence[Prediction], event_id: EventId) -> tuple[Truth, Sequence[Prediction]]:
    """Return the last look before the closest approach as the truth, and those before it as predictions."""
    before = [one for one in predictions if one.made_tai_ns < one.finding.peak_tai_ns]
    if len(before) < 2:
        return Truth(event_id=event_id), predictions
    *earlier, last = before
    miss_m = last.finding.measure("miss_distance_m")
    truth = Truth(
        event_id=event_id,
        happened_tai_ns=last.finding.peak_tai_ns,
        miss_distance_m=float(miss_m) if isinstance(miss_m, int | float) else None,
    )
    return truth, earlier


def _truth_of_breakup(event: Event, outcome: Outcome | None) -> Truth:
    if outcome is None:
        return Truth(event_id=event.event_id)
    return Truth(
        event_id=event.event_id,
        happened_tai_ns=outcome.happened_tai_ns,
        parent_norad_cat_id=outcome.parent_norad_cat_id,
    )


def _truth_of_reentry(store: Store, event: Event, outcome: Outcome | None) -> Truth:
    if outcome is not None:
        return Truth(event_id=event.event_id, happened_tai_ns=outcome.happened_tai_ns)
    try:
        (object_id,) = event.finding.object_ids
        last = store.element_sets_of(object_id, realm=event.realm)[-1:]
    except NoSuchRecord:  # a sky that was watched without being kept
        last = ()
    return Truth(event_id=event.event_id, not_before_tai_ns=last[0].epoch_tai_ns if last else None)
