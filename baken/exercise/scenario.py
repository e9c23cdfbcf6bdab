"""A case as a text file: who does what, when; read and checked before anything is played."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput
from baken.exercise.cast_file import NANOSECONDS_AN_HOUR, read_cast
from baken.exercise.rehearsal import Cast, LeftToScript
from baken.formats.toml_table import TomlTable

HEAD = frozenset({"title", "start_utc", "node", "officer", "releasable_to", "recipients", "about", "ends_h"})
SKY = frozenset({"seed", "objects", "epoch_h"})
ALWAYS = frozenset({"after_h", "who", "do", "as", "releasable_to"})
# What each act asks for, and what it may say beside that.
ACTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "watch": (frozenset(), frozenset({"days"})),
    "report": (frozenset({"report"}), frozenset()),
    "add": (frozenset({"title", "text"}), frozenset({"kind", "derived_from"})),
    "open": (frozenset({"title", "kind", "because"}), frozenset({"events", "from_report"})),
    "join": (frozenset({"what"}), frozenset()),
    "advance": (frozenset({"step", "because"}), frozenset()),
    "judge": (frozenset({"name", "value", "because"}), frozenset()),
    "assign": (frozenset({"to"}), frozenset()),
    "note": (frozenset({"text"}), frozenset()),
    "decide": (frozenset({"text"}), frozenset()),
    "hypothesis": (frozenset({"name", "text", "benign"}), frozenset()),
    "grade": (frozenset({"piece", "grade"}), frozenset({"group"})),
    "rate": (frozenset({"piece", "fits"}), frozenset()),
    "estimate": (frozenset({"name", "likelihood", "confidence", "because"}), frozenset()),
    "gap": (frozenset({"text"}), frozenset()),
    "dissent": (frozenset({"text"}), frozenset()),
    "determine": (
        frozenset({"state", "organ", "on", "wording"}),
        frozenset({"names", "public", "basis", "language"}),
    ),
    "hand over": (frozenset({"to", "text"}), frozenset()),
    "take": (frozenset(), frozenset()),
    "respond": (frozenset({"because"}), frozenset({"plan", "approve_call_outs"})),
    "complete": (frozenset({"task", "because"}), frozenset({"outcome", "plan"})),
    "drop": (frozenset({"task", "because"}), frozenset({"plan"})),
    "request": (
        frozenset({"kind", "of", "purpose", "noticeable", "due_h"}),
        frozenset({"pap", "object", "from_h", "to_h", "priority", "plan"}),
    ),
    "answer": (frozenset({"request", "text"}), frozenset({"step", "evidence"})),
    "situation": (frozenset({"number", "text"}), frozenset({"plan"})),
    "lesson": (frozenset({"text"}), frozenset({"owner", "due_on"})),
    "stand down": (frozenset({"because"}), frozenset({"plan"})),
}
OF_RESPONSE = frozenset(
    {"respond", "complete", "drop", "request", "answer", "situation", "lesson", "stand down"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that somebody does in a scenario.  ``label`` is what later acts may call it by."""

    number: int
    at_tai_ns: int
    who: str
    do: str
    said: Mapping[str, object]
    label: str = ""
    releasable_to: tuple[str, ...] | None = None

    @property
    def place(self) -> str:
        """Where it stands in its file."""
        return f"[[act]] {self.number} ({self.do})"

    def text(self, name: str, otherwise: str = "") -> str:
        """Return what is said under a name, as text.

        Raises: UnreadableInput when it is anything else.
        """
        value = self.said.get(name, otherwise)
        if not isinstance(value, str):
            raise UnreadableInput(f"{self.place} {name}: is {value!r}, no text; put it in quotation marks")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Return what is said under a name, as a list of words."""
        value = self.said.get(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise UnreadableInput(f'{self.place} {name}: is no list of words; write like ["NL", "DE"]')
        return tuple(value)

    def table(self, name: str) -> Mapping[str, object]:
        """Return what is said under a name, as a table."""
        value = self.said.get(name)
        if not isinstance(value, dict):
            raise UnreadableInput(f"{self.place} {name}: is no table; write it as {{ name = value }}")
        return value

    def truth(self, name: str) -> bool:
        """Return what is said under a name, as true or false."""
        value = self.said.get(name, False)
        if not isinstance(value, bool):
            raise UnreadableInput(f"{self.place} {name}: is {value!r}; write true or false")
        return value

    def number_of(self, name: str, otherwise: float) -> float:
        """Return what is said under a name, as a number."""
        return _number(self.said, name, self.place, otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedSky:
    """The sky a scenario plays under: drawn from a seed, with a stage that falls and one that broke up."""

    seed: int
    n_objects: int
    epoch_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedResponse:
    """How a response is played: by which mechanism, a name or a file, and by whom."""

    mechanism: str
    cast: Cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole case: its acts in order of time, its sky, who may see what, who gets a dossier.

    ``end_tai_ns`` is when it ends: at its last act, or later when its clocks are to run on.
    """

    title: str
    start_tai_ns: int
    acts: tuple[Act, ...]
    recipients: tuple[str, ...]
    releasable_to: tuple[str, ...]
    officer: str
    end_tai_ns: int
    sky: InventedSky | None = None
    response: PlayedResponse | None = None
    about: str = ""


def read_scenario(text: str) -> Scenario:
    """Read a scenario, whole.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(f"this is no TOML: {error}") from error
    _refuse_unknown(told, frozenset({"scenario", "sky", "act", "response"}), "the file")
    head = told.get("scenario")
    if not isinstance(head, dict):
        raise UnreadableInput("[scenario]: is missing; begin with its title and start_utc")
    _refuse_unknown(head, HEAD, "[scenario]")
    start_tai_ns = _instant(head)
    acts = told.get("act")
    if not isinstance(acts, list) or not acts:
        raise UnreadableInput("[[act]]: there is none; a scenario is what people do")
    officer = _text(head, "officer", "[scenario]", "Duty officer")
    in_order = _in_order([_act(number, act, start_tai_ns, officer) for number, act in enumerate(acts, 1)])
    ends_tai_ns = start_tai_ns + round(_number(head, "ends_h", "[scenario]", 0.0) * NANOSECONDS_AN_HOUR)
    return Scenario(
        title=_text(head, "title", "[scenario]"),
        start_tai_ns=start_tai_ns,
        acts=in_order,
        end_tai_ns=max(in_order[-1].at_tai_ns, ends_tai_ns),
        recipients=_words(head, "recipients", "[scenario]"),
        releasable_to=_words(head, "releasable_to", "[scenario]"),
        officer=officer,
        sky=_sky(told["sky"], start_tai_ns) if "sky" in told else None,
        response=_response(told.get("response"), in_order, start_tai_ns, officer),
        about=_text(head, "about", "[scenario]", ""),
    )


def _in_order(acts: list[Act]) -> tuple[Act, ...]:
    for earlier, later in pairwise(acts):
        if later.at_tai_ns < earlier.at_tai_ns:
            raise UnreadableInput(f"{later.place} after_h: lies before the act above it; exchange the two")
    return tuple(acts)


def _act(number: int, told: object, start_tai_ns: int, officer: str) -> Act:
    place = f"[[act]] {number}"
    if not isinstance(told, dict):
        raise UnreadableInput(f"{place}: is no table; write its fields below [[act]]")
    do = _text(told, "do", place)
    if do not in ACTS:
        raise UnreadableInput(f"{place} do: nobody can {do!r}; there are {', '.join(sorted(ACTS))}")
    needed, allowed = ACTS[do]
    _refuse_unknown(told, needed | allowed | ALWAYS, f"{place} ({do})")
    for name in sorted(needed - set(told)):
        raise UnreadableInput(f"{place} ({do}) {name}: is missing; say it")
    return Act(
        number=number,
        at_tai_ns=start_tai_ns + round(_number(told, "after_h", place, 0.0) * NANOSECONDS_AN_HOUR),
        who=_text(told, "who", place, officer),
        do=do,
        said={name: value for name, value in told.items() if name not in ALWAYS},
        label=_text(told, "as", place, ""),
        releasable_to=_words(told, "releasable_to", place) if "releasable_to" in told else None,
    )


def _response(told: object, acts: tuple[Act, ...], start_tai_ns: int, officer: str) -> PlayedResponse | None:
    begun = [act for act in acts if act.do in OF_RESPONSE]
    if told is None and not begun:
        return None
    if not isinstance(told, dict):
        place = begun[0].place if begun else "[response]"
        raise UnreadableInput(f"{place}: there is no table [response]; write it, with its mechanism")
    table = TomlTable("[response]", told)
    left = LeftToScript(
        tasks=frozenset(act.text("task") for act in begun if act.do in ("complete", "drop")),
        reports=frozenset(round(act.number_of("number", 0)) for act in begun if act.do == "situation"),
        stand_down=any(act.do == "stand down" for act in begun),
    )
    mechanism = table.text("mechanism")
    return PlayedResponse(mechanism=mechanism, cast=read_cast(table, start_tai_ns, left, officer))


def _sky(told: object, start_tai_ns: int) -> InventedSky:
    if not isinstance(told, dict):
        raise UnreadableInput("[sky]: is no table; write seed, objects and epoch_h below it")
    _refuse_unknown(told, SKY, "[sky]")
    return InventedSky(
        seed=int(_number(told, "seed", "[sky]", 1)),
        n_objects=int(_number(told, "objects", "[sky]", 200)),
        epoch_tai_ns=start_tai_ns + round(_number(told, "epoch_h", "[sky]", 0.0) * NANOSECONDS_AN_HOUR),
    )


def _instant(head: Mapping[str, object]) -> int:
    try:
        return tai_ns_from_utc(_text(head, "start_utc", "[scenario]"))
    except ValueError as error:
        raise UnreadableInput(f"[scenario] start_utc: {error}; write like 2026-11-25T09:00:00Z") from error


def _refuse_unknown(told: Mapping[str, object], known: frozenset[str], place: str) -> None:
    for name in sorted(set(told) - known):
        raise UnreadableInput(f"{place} {name}: no such field; there are {', '.join(sorted(known))}")


def _text(told: Mapping[str, object], name: str, place: str, otherwise: str | None = None) -> str:
    value = told.get(name, otherwise)
    if not isinstance(value, str) or (otherwise is None and not value.strip()):
        raise UnreadableInput(f"{place} {name}: is missing, or no text; give it one")
    return value


def _words(told: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
    value = told.get(name, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise UnreadableInput(f'{place} {name}: is no list of words; write like ["NL", "DE"]')
    return tuple(value)


def _number(told: Mapping[str, object], name: str, place: str, otherwise: float) -> float:
    value = told.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnreadableInput(f"{place} {name}: is {value!r}, no number; write one")
    return float(value)
