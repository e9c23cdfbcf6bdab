"""Play a scenario: the procedures of real work, on the scenario's own clock, all of it marked EXERCISE."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from baken.errors import BakenError, UnreadableInput, WrongUsage
from baken.evidence.keys import new_key
from baken.exercise.play_response import Responding
from baken.exercise.scenario import OF_RESPONSE, Act, Scenario
from baken.incident.lifecycle import Step
from baken.incident.priority import PriorityRules
from baken.operations import join_incident, weigh_hypotheses, work_incident
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.gather_incidents import bring_up_to_date
from baken.operations.hand_over_watch import offer_watch, take_watch
from baken.operations.keep_evidence import Luck
from baken.operations.open_incident import open_from_report, open_incident
from baken.operations.ports import NODE_OF_REALM, Store
from baken.operations.receive_report import receive_report
from baken.operations.record_determination import record_determination, sign_determination
from baken.records.determination import Determination
from baken.records.event import Event, EventKind
from baken.records.evidence import EntryKind, entry_id_of, read_entry_id
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Reliability
from baken.records.incident import IncidentId, IncidentKind
from baken.records.marking import Marking, Realm

REALM = Realm.EXERCISE
NODE = NODE_OF_REALM[REALM]
# Looks at the invented sky at an instant, over so many days, and keeps what is seen.
Watch = Callable[[int, float], None]


@dataclass(slots=True)
class SeededLuck:
    """Luck that is the same for the same seed: an exercise can be played again, byte for byte."""

    seed: int
    drawn: int = 0

    def __call__(self, n_bytes: int) -> bytes:
        self.drawn += 1
        told = f"baken exercise {self.seed} {self.drawn}".encode()
        return hashlib.shake_256(told).digest(n_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a scenario is played in: a store and a log of its own, rules, luck, and who looks at the sky.

    ``responding`` is what its response is played with, where it has one.
    """

    store: Store
    log: EvidenceLog
    rules: PriorityRules
    luck: Luck
    watch: Watch
    responding: Responding | None = None


@dataclass(slots=True)
class _Game:
    scenario: Scenario
    house: House
    incident_id: IncidentId | None = None
    entry_of: dict[str, str] = field(default_factory=dict)

    def desk(self, act: Act) -> Desk:
        audience = self.scenario.releasable_to if act.releasable_to is None else act.releasable_to
        return Desk(
            log=self.house.log,
            actor=act.who,
            at_tai_ns=act.at_tai_ns,
            luck=self.house.luck,
            marking=Marking(owner=NODE, releasable_to=frozenset(audience)),
        )

    @property
    def case(self) -> IncidentId:
        if self.incident_id is None:
            raise WrongUsage('no incident is open yet; put an act with do = "open" before it')
        return self.incident_id

    def piece(self, name: str) -> int:
        """Return the place of what an act calls by its label, or by the kind of a finding."""
        if name in self.entry_of:
            return read_entry_id(self.entry_of[name])
        found = [
            kept.sequence
            for kept in self.house.log.entries(REALM, kinds={EntryKind.FINDING})
            if kept.entry.text("event_kind") == name
        ]
        if not found:
            raise WrongUsage(f'nothing is called {name!r} yet; give an earlier act  as = "{name}"')
        return found[-1]

    def event(self, kind: str) -> Event:
        """Return the newest event of a kind, by its two letters."""
        events = self.house.store.events(REALM, kind=EventKind(kind)) if kind in set(EventKind) else ()
        if not events:
            raise WrongUsage(f'no event of kind {kind!r} was seen; put an act with do = "watch" before it')
        return events[-1]


def play(scenario: Scenario, house: House) -> IncidentId:
    """Play a scenario to its end, and return the incident it is about.

    The same scenario, seed and code leave the same log, byte for byte.
    Raises: UnreadableInput that names the act which could not be done, and why.
    """
    game = _Game(scenario, house)
    for act in scenario.acts:
        _let_others_go_on(game, act.at_tai_ns)
        try:
            PLAYED[act.do](game, act)
        except UnreadableInput:
            raise
        except (BakenError, ValueError) as error:
            raise UnreadableInput(f"{act.place}: {error}") from error
    _let_others_go_on(game, scenario.end_tai_ns)
    return game.case


def _let_others_go_on(game: _Game, until_tai_ns: int) -> None:
    if game.house.responding is not None:
        game.house.responding.run_on(game.incident_id, until_tai_ns)


def _of_response(game: _Game, act: Act) -> None:
    if game.house.responding is None:
        raise WrongUsage("there is nobody to respond; write [response] with a mechanism")
    entry_ids = tuple(entry_id_of(game.piece(name)) for name in act.words("evidence"))
    named = act.text("object")
    object_id = game.event(named).finding.object_ids[0] if named in set(EventKind) else named
    game.house.responding.do(act, game.case, entry_ids, object_id)


def _watch(game: _Game, act: Act) -> None:
    house = game.house
    house.watch(act.at_tai_ns, act.number_of("days", 7.0))
    # As after every turn of the real watch: what is newly found of an open case is evidence in it.
    bring_up_to_date(house.store, game.desk(act), REALM, house.rules)


def _report(game: _Game, act: Act) -> None:
    told = {"releasable_to": list(game.scenario.releasable_to), **act.table("report")}
    receipt = receive_report(game.desk(act), told, node=NODE, realm=REALM)
    _name(game, act, receipt.entry_id)


def _add(game: _Game, act: Act) -> None:
    derived_from = tuple(entry_id_of(game.piece(name)) for name in act.words("derived_from"))
    (kept,) = game.desk(act).keep(
        game.desk(act).entry(
            EntryKind(act.text("kind", EntryKind.STATEMENT.value)),
            str(game.case),
            REALM,
            ("title", act.text("title")),
            ("text", act.text("text")),
            ("derived_from", derived_from),
        )
    )
    _name(game, act, kept.entry_id)


def _open(game: _Game, act: Act) -> None:
    if act.text("from_report"):
        opened = open_from_report(
            game.desk(act),
            node=NODE,
            realm=REALM,
            sequence=game.piece(act.text("from_report")),
            because=act.text("because"),
            rules=game.house.rules,
        )
    else:
        opened = open_incident(
            game.desk(act),
            node=NODE,
            realm=REALM,
            title=act.text("title"),
            kind=IncidentKind(act.text("kind")),
            because=act.text("because"),
            rules=game.house.rules,
            events=[game.event(kind) for kind in act.words("events")],
        )
    game.incident_id = opened.incident_id


def _join(game: _Game, act: Act) -> None:
    what = act.text("what")
    if what in set(EventKind):
        join_incident.join_event(game.desk(act), game.case, game.event(what))
    else:
        join_incident.join_entry(game.desk(act), game.case, game.piece(what))


def _advance(game: _Game, act: Act) -> None:
    work_incident.step_further(game.desk(act), game.case, Step(act.text("step")), act.text("because"))


def _judge(game: _Game, act: Act) -> None:
    said = (act.text("name"), act.text("value"), act.text("because"))
    work_incident.judge(game.desk(act), game.case, *said)


def _assign(game: _Game, act: Act) -> None:
    work_incident.judge(game.desk(act), game.case, "assigned_to", act.text("to"), "")


def _note(game: _Game, act: Act) -> None:
    work_incident.note(game.desk(act), game.case, act.text("text"))


def _decide(game: _Game, act: Act) -> None:
    work_incident.decide(game.desk(act), game.case, act.text("text"))


def _hypothesis(game: _Game, act: Act) -> None:
    weigh_hypotheses.add_hypothesis(
        game.desk(act), game.case, act.text("name"), act.text("text"), benign=act.truth("benign")
    )


def _grade(game: _Game, act: Act) -> None:
    letter, figure = act.text("grade")[:1], act.text("grade")[1:]
    weigh_hypotheses.grade(
        game.desk(act),
        game.case,
        game.piece(act.text("piece")),
        Reliability(letter),
        Credibility(figure),
        act.text("group"),
    )


def _rate(game: _Game, act: Act) -> None:
    fits = {name: Fit(str(fit)) for name, fit in act.table("fits").items()}
    weigh_hypotheses.rate(game.desk(act), game.case, game.piece(act.text("piece")), fits)


def _estimate(game: _Game, act: Act) -> None:
    weigh_hypotheses.estimate(
        game.desk(act),
        game.case,
        act.text("name"),
        Likelihood(act.text("likelihood")),
        Confidence(act.text("confidence")),
        act.text("because"),
    )


def _gap(game: _Game, act: Act) -> None:
    weigh_hypotheses.remark(game.desk(act), game.case, EntryKind.GAP, act.text("text"))


def _dissent(game: _Game, act: Act) -> None:
    weigh_hypotheses.remark(game.desk(act), game.case, EntryKind.DISSENT, act.text("text"))


def _determine(game: _Game, act: Act) -> None:
    """Sign as the authority would, with a key of its own, and record what it signed."""
    state = act.text("state")
    key = new_key(f"{state.lower().replace(' ', '-')}.example", game.house.luck)
    said = Determination(
        about=str(game.case),
        state=state,
        organ=act.text("organ"),
        decided_on=act.text("on"),
        wording=act.text("wording"),
        language=act.text("language", "en"),
        basis=tuple(entry_id_of(game.piece(name)) for name in act.words("basis")),
        is_public=act.truth("public"),
        actor_named=act.text("names"),
        realm=REALM,
        marking=game.desk(act).marking,
    )
    recorded = record_determination(game.desk(act), sign_determination(said, key), [key.verifier])
    _name(game, act, recorded.entry_id)


def _hand_over(game: _Game, act: Act) -> None:
    offer_watch(game.desk(act), REALM, to=act.text("to"), text=act.text("text"), language="en")


def _take(game: _Game, act: Act) -> None:
    take_watch(game.desk(act), REALM)


def _name(game: _Game, act: Act, entry_id: str) -> None:
    if act.label:
        game.entry_of[act.label] = entry_id


PLAYED: Mapping[str, Callable[[_Game, Act], None]] = {
    "watch": _watch,
    "report": _report,
    "add": _add,
    "open": _open,
    "join": _join,
    "advance": _advance,
    "judge": _judge,
    "assign": _assign,
    "note": _note,
    "decide": _decide,
    "hypothesis": _hypothesis,
    "grade": _grade,
    "rate": _rate,
    "estimate": _estimate,
    "gap": _gap,
    "dissent": _dissent,
    "determine": _determine,
    "hand over": _hand_over,
    "take": _take,
    **dict.fromkeys(sorted(OF_RESPONSE), _of_response),
}
