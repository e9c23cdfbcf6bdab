"""Fields of an entry, told coarsely: which may go at all, and which grid a number's own name asks for."""

import math
import re
from collections.abc import Callable

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
DURATIONS_S = {"_s": 1.0, "_min": 60.0, "_h": 3600.0, "_days": 86_400.0}
LENGTHS_M, SPEEDS_M_S = {"_m": 1.0, "_km": 1000.0}, {"_m_s": 1.0, "_km_s": 1000.0}
# An angle at the Earth's surface; further out its grid is worth more metres, never fewer.
ANGLES_M = {"_rad": 6.4e6, "_deg": 6.4e6 * math.pi / 180.0}
FIGURES = ("_probability", "_kg", "_hz", "_w", "_m2", "_m2_kg", "_fraction")
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
    if value is None:
        return Reduction(field=name, before=str(before), after="", rule=rule)
    return (name, value), Reduction(field=name, before=str(before), after=str(value), rule=rule)


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
    if name == "probability" or name.endswith(FIGURES):
        digits = precision.significant_digits
        return _each(value, digits, lambda number: to_digits(number, digits or 0), Rule.DIGITS)
    for units, grid in (
        (SPEEDS_M_S, precision.velocity_m_s),
        (DURATIONS_S, precision.epoch_s),
        (LENGTHS_M, precision.position_m),
        (ANGLES_M, precision.position_m),
    ):
        unit = max((unit for unit in units if name.endswith(unit)), key=len, default="")
        if unit:
            return _measured(name, value, precision, grid, (unit, units[unit]))
    return None


def _measured(
    name: str, value: Value, precision: Precision, grid_si: float | None, unit: tuple[str, float]
) -> Told:
    suffix, size_si = unit
    is_length, is_speed = suffix in LENGTHS_M, suffix in SPEEDS_M_S
    if "sigma" in name and (is_length or is_speed):
        grid_si = precision.sigma_position_m if is_length else precision.sigma_velocity_m_s
        up_si = grid_si or EXACT
        return _each(
            value, grid_si, lambda number: up_to_grid(abs(number) * size_si, up_si) / size_si, Rule.ROUNDED_UP
        )
    step = (grid_si or EXACT) / size_si
    if suffix in ANGLES_M and step:
        step = 10.0 ** math.ceil(math.log10(step))
    return _each(value, grid_si, lambda number: float(on_grid(number, step)), Rule.ROUNDED)


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
