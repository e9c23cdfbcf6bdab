"""Fields of an entry, told coarsely: which may go at all, and which grid a number's own name asks for."""

import math
import re
from collections.abc import Callable
from itertools import takewhile

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.records.evidence import SECRET_FIELDS, Field, Value
from baken.records.marking import Marking
from baken.records.precision import EXACT, Precision
from baken.records.reduction import Reduction, Rule
from baken.share.grids import epochs_on_grid, on_grid, to_digits, up_to_grid

# What an object is called, what kind of thing this is: names that the world gave, and no text.
LISTED = re.compile(
    r"(?:.*_)?(?:norad_cat_id|cospar_id|object_id|object_ids|object_name)|event_kind|kind_of_incident|regime"
)
# Whoever says what was seen, when and from where, gives away who sees.
TRACKING = re.compile(
    r"(?:.*_)?(?:sensor|sensors|site|station|observed|observation|observations|track|tracks|residual|rms)(?:_.*)?"
)
# What names something that stays on our side, or would let a guess at what was rounded be checked.
OURS = re.compile(r"(?:.*_)?(?:digest|digests|entry_id|event_id|encounter_key|attachments|carried_by)")
# An angle at the Earth's surface; further out its grid is worth more metres, never fewer.
SURFACE_M = 6.4e6
# The grid of a unit, and its size in the unit of the grid.
GRIDS = {
    "m": ("position_m", 1.0),
    "km": ("position_m", 1000.0),
    "m_s": ("velocity_m_s", 1.0),
    "km_s": ("velocity_m_s", 1000.0),
    "s": ("epoch_s", 1.0),
    "h": ("epoch_s", 3600.0),
    "days": ("epoch_s", 86_400.0),
    "rad": ("position_m", SURFACE_M),
    "deg": ("position_m", SURFACE_M * math.pi / 180.0),
}
ANGLES = frozenset({"rad", "deg"})
SIGMAS = {"position_m": "sigma_position_m", "velocity_m_s": "sigma_velocity_m_s"}
TO_DIGITS = frozenset({"probability", "fraction", "kg", "hz", "w", "m2", "m2_kg"})
# Words of units, so that rad_s is not taken for seconds.
UNIT_WORDS = frozenset({"m3", "s2", "s3", "n", "per", "rev"} | GRIDS.keys() | TO_DIGITS)
Told = tuple[Value, Rule]


def reduced_field(
    field: Field, precision: Precision, marking: Marking
) -> Reduction | tuple[Field, Reduction]:
    """Return a field as it may go, with what was done to it; only that when it may not.

    ``marking`` is the label of the entry it stands in: a field with a narrower one of its own goes only when
    the precision keeps it by name.
    """
    name, before = field
    value, rule = _told(name, before, precision, frozenset(name for name, _ in marking.of_fields))
    was = "" if rule is Rule.SECRET else str(before)
    if value is None:
        return Reduction(field=name, before=was, after="", rule=rule)
    return (name, value), Reduction(field=name, before=was, after=str(value), rule=rule)


def _told(name: str, value: Value, precision: Precision, narrower: frozenset[str]) -> Told:
    kept = name in precision.keep
    if name in SECRET_FIELDS:
        return None, Rule.SECRET
    if name in precision.without:
        return None, Rule.NAMED_OUT
    if name in narrower and not kept:
        return None, Rule.NARROWER
    if precision.is_full:
        return value, Rule.AS_IT_IS
    if OURS.fullmatch(name):
        return None, Rule.OURS
    if TRACKING.fullmatch(name) and not kept:
        return None, Rule.NOT_LISTED
    if LISTED.fullmatch(name):
        return value, Rule.AS_IT_IS
    figure = _figure(name, value, precision)
    if figure is None:
        return (value, Rule.KEPT) if kept and not _holds_a_number(value) else (None, Rule.NOT_LISTED)
    return figure


def _holds_a_number(value: Value) -> bool:
    if isinstance(value, tuple):
        return any(map(_holds_a_number, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _figure(name: str, value: Value, precision: Precision) -> Told | None:
    """Return a number or an instant on the grid that its name asks for; ``None`` when it names no unit."""
    if name.endswith(("_tai_ns", "_utc")):
        return _instant(name, value, precision)
    unit = _unit(name)
    if unit in TO_DIGITS:
        digits = precision.significant_digits
        return _each(value, digits, lambda number: to_digits(number, digits or 0), Rule.DIGITS)
    if unit not in GRIDS:
        return None
    grid, size_si = GRIDS[unit]
    if "sigma" in name.split("_") and grid in SIGMAS and unit not in ANGLES:
        grid_si: float | None = getattr(precision, SIGMAS[grid])
        up = (grid_si or EXACT) / size_si
        return _each(value, grid_si, lambda number: up_to_grid(abs(number), up), Rule.ROUNDED_UP)
    grid_si = getattr(precision, grid)
    step = (grid_si or EXACT) / size_si
    if unit in ANGLES and step:
        step = 10.0 ** math.ceil(math.log10(step))
    return _each(value, grid_si, lambda number: float(on_grid(number, step)), Rule.ROUNDED)


def _unit(name: str) -> str:
    """Return the unit that a name ends in, whole.

    >>> _unit("relative_speed_m_s"), _unit("mean_motion_rad_s"), _unit("title")
    ('m_s', 'rad_s', '')
    """
    words = name.split("_")
    return "_".join(reversed([*takewhile(UNIT_WORDS.__contains__, reversed(words))]))


def _each(value: Value, grid_si: float | None, rounded: Callable[[float], float], rule: Rule) -> Told:
    """Return a number, or every number of a list, rounded; nothing without a grid or for another value."""
    if grid_si is None:
        return None, Rule.NO_GRID
    try:
        return _mapped(value, rounded), Rule.AS_IT_IS if grid_si == EXACT else rule
    except TypeError:
        return None, Rule.NOT_LISTED


def _mapped(value: Value, rounded: Callable[[float], float]) -> Value:
    if isinstance(value, tuple):
        return tuple(_mapped(one, rounded) for one in value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return rounded(float(value)) if math.isfinite(value) else value


def _instant(name: str, value: Value, precision: Precision) -> Told:
    if precision.epoch_s is None:
        return None, Rule.NO_GRID
    rule = Rule.AS_IT_IS if precision.epoch_s == EXACT else Rule.ROUNDED
    try:
        if name.endswith("_utc"):
            at_tai_ns = int(epochs_on_grid(tai_ns_from_utc(str(value)), precision.epoch_s))
            return (value if precision.epoch_s == EXACT else utc_text(at_tai_ns, 3)), rule
        at_tai_ns = int(epochs_on_grid(int(str(value)), precision.epoch_s))
    except ValueError:
        return None, Rule.NOT_LISTED
    return str(at_tai_ns), rule
