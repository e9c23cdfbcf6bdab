"""A case as a text file: who does what, when; read and checked before anything is played."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput
from baken.exercise.cast_file import NANOSECONDS_AN_HOUR, read_cast
from baken.exercise.rehearsal import Cast, LeftToScript
from baken.formats.toml_table import TomlTable, read_toml
from baken.records.marking import Marking

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
    told: TomlTable
    label: str = ""
    releasable_to: tuple[str, ...] | None = None

    @property
    def place(self) -> str:
        """Where it stands in its file."""
        return f"[[act]] {self.number} ({self.do})"

    def text(self, name: str, otherwise: str = "") -> str:
        """Return what is said under a name, as text."""
        return self.told.text(name, otherwise)

    def words(self, name: str) -> tuple[str, ...]:
        """Return what is said under a name, as a list of words."""
        return self.told.words(name)

    def table(self, name: str) -> Mapping[str, object]:
        """Return what is said under a name, as a table."""
        return self.told.table(name).told

    def truth(self, name: str) -> bool:
        """Return what is said under a name, as true or false."""
        return self.told.truth(name, False)

    def number_of(self, name: str, otherwise: float) -> float:
        """Return what is said under a name, as a number."""
        return self.told.number(name) if self.told.has(name) else otherwise


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
    told = read_toml(text)
    if not isinstance(told.told.get("scenario"), dict):
        raise UnreadableInput("[scenario]: is missing; begin with its title and start_utc")
    head, acts = told.table("scenario"), told.tables("act")
    if not acts:
        raise UnreadableInput("[[act]]: there is none; a scenario is what people do")
    head = TomlTable("[scenario]", head.told)
    start_tai_ns = _instant(head)
    officer = head.text("officer", "Duty officer")
    in_order = _in_order([_act(number, act, start_tai_ns, officer) for number, act in enumerate(acts, 1)])
    scenario = Scenario(
        title=head.text("title"),
        start_tai_ns=start_tai_ns,
        acts=in_order,
        end_tai_ns=max(in_order[-1].at_tai_ns, start_tai_ns + _hours_ns(head, "ends_h")),
        recipients=head.words("recipients"),
        releasable_to=_audience(head),
        officer=officer,
        sky=_sky(told, start_tai_ns),
        response=_response(told, in_order, start_tai_ns, officer),
        about=head.text("about", ""),
    )
    head.refuse_unknown()
    told.refuse_unknown()
    return scenario


def _in_order(acts: list[Act]) -> tuple[Act, ...]:
    for earlier, later in pairwise(acts):
        if later.at_tai_ns < earlier.at_tai_ns:
            raise UnreadableInput(f"{later.place} after_h: lies before the act above it; exchange the two")
    return tuple(acts)


def _act(number: int, told: TomlTable, start_tai_ns: int, officer: str) -> Act:
    do = told.text("do")
    if do not in ACTS:
        raise told.refuse("do", f"nobody can {do!r}; there are {', '.join(sorted(ACTS))}")
    needed, allowed = ACTS[do]
    told.place = f"[[act]] {number} ({do})"
    for name in sorted(needed - set(told.told)):
        raise told.refuse(name, "is missing; say it")
    act = Act(
        number=number,
        at_tai_ns=start_tai_ns + _hours_ns(told, "after_h"),
        who=told.text("who", officer),
        do=do,
        told=told,
        label=told.text("as", ""),
        releasable_to=_audience(told) if told.has("releasable_to") else None,
    )
    told.refuse_unknown(also=needed | allowed | ALWAYS)
    return act


def _audience(told: TomlTable) -> tuple[str, ...]:
    names = told.words("releasable_to")
    try:
        Marking(releasable_to=frozenset(names))
    except ValueError as error:
        raise told.refuse("releasable_to", str(error)) from error
    return names


def _response(
    told: TomlTable, acts: tuple[Act, ...], start_tai_ns: int, officer: str
) -> PlayedResponse | None:
    begun = [act for act in acts if act.do in OF_RESPONSE]
    table = TomlTable("[response]", told.table("response").told)
    if not told.has("response"):
        if begun:
            raise UnreadableInput(
                f"{begun[0].place}: there is no table [response]; write it, with its mechanism"
            )
        return None
    left = LeftToScript(
        tasks=frozenset(act.text("task") for act in begun if act.do in ("complete", "drop")),
        reports=frozenset(round(act.number_of("number", 0)) for act in begun if act.do == "situation"),
        stand_down=any(act.do == "stand down" for act in begun),
    )
    mechanism = table.text("mechanism")
    return PlayedResponse(mechanism=mechanism, cast=read_cast(table, start_tai_ns, left, officer))


def _sky(told: TomlTable, start_tai_ns: int) -> InventedSky | None:
    sky = TomlTable("[sky]", told.table("sky").told)
    if not told.has("sky"):
        return None
    made = InventedSky(
        seed=int(sky.number("seed")) if sky.has("seed") else 1,
        n_objects=int(sky.number("objects")) if sky.has("objects") else 200,
        epoch_tai_ns=start_tai_ns + _hours_ns(sky, "epoch_h"),
    )
    sky.refuse_unknown(also=SKY)
    return made


def _instant(head: TomlTable) -> int:
    try:
        return tai_ns_from_utc(head.text("start_utc"))
    except ValueError as error:
        raise head.refuse("start_utc", f"{error}; write like 2026-11-25T09:00:00Z") from error


def _hours_ns(told: TomlTable, name: str) -> int:
    return round((told.number_if_any(name) or 0.0) * NANOSECONDS_AN_HOUR)
