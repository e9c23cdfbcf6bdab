"""Element sets, told coarsely: moved to a rounded epoch at their mean rates, then every element rounded."""

import math
from dataclasses import replace

from baken.astro.constants import EARTH_J2_WGS72, EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M, TURN_RAD
from baken.formats.realm_word import realm_words
from baken.records.lineage import NO_LINEAGE
from baken.records.orbit import SECONDS_A_DAY, ElementSet, Theory
from baken.records.precision import EXACT
from baken.share.grids import on_grid, to_digits
from baken.share.wanted import CannotReduce, Wanted, reduced_identity

SET = "an element set"
NEEDED = ("epoch", "position", "velocity", "identity", "norad_cat_id")
N_ELEMENTS = 6
DEGREE_RAD, REVOLUTION_A_DAY_RAD_S = math.pi / 180.0, TURN_RAD / SECONDS_A_DAY


def reduce_elements(elements: ElementSet, wanted: Wanted) -> ElementSet:
    """Return an element set at a rounded epoch, its elements rounded, and nothing that is not on this list.

    At the new epoch the position that rounding moves is off by the grid of position at most: each of the six
    elements takes a sixth of it, and a power of ten below that is its grid, so that the grid itself tells of
    the orbit no more than its size.  Drag is told to significant digits, and is zero when none were asked.

    Raises: CannotReduce when it cannot be told as coarsely as asked.
    """
    wanted.may_lack(NEEDED, SET)
    if elements.theory is not Theory.SGP4:
        raise CannotReduce(f"elements of {elements.theory} move by a theory nobody here has; ask for a state")
    epoch_tai_ns = wanted.epoch(elements.epoch_tai_ns, SET)
    moved = moved_elements(elements, (epoch_tai_ns - elements.epoch_tai_ns) / 1e9)
    grids = wanted.grid("position_m", SET), wanted.grid("velocity_m_s", SET)
    rounded = moved if grids == (EXACT, EXACT) else _rounded(moved, *grids)
    digits = wanted.precision.significant_digits

    def drag(value: float, unit: float = 1.0) -> float:
        return 0.0 if digits is None else to_digits(value / unit, digits) * unit

    return replace(
        rounded,
        identity=reduced_identity(elements.identity, wanted.precision),
        epoch_tai_ns=epoch_tai_ns,
        bstar_per_earth_radius=drag(moved.bstar_per_earth_radius),
        mean_motion_dot_rad_s2=drag(moved.mean_motion_dot_rad_s2, TURN_RAD / SECONDS_A_DAY**2),
        mean_motion_ddot_rad_s3=drag(moved.mean_motion_ddot_rad_s3, TURN_RAD / SECONDS_A_DAY**3),
        element_set_no=None,
        rev_at_epoch=None,
        originator=elements.originator if "originator" in wanted.precision.keep else wanted.originator,
        created_tai_ns=wanted.created(elements.created_tai_ns, SET),
        marking=wanted.marking,
        lineage=NO_LINEAGE,
        comments=wanted.comments,
        other_fields=realm_words(elements.realm),
    )


def moved_elements(elements: ElementSet, after_s: float) -> ElementSet:
    """Return mean elements some seconds later: the anomaly by the mean motion, node and perigee by J2.

    Kozai's mean motion, as element sets carry it, has the flattening's part of the anomaly in it already.
    Rates of second order, and those of Sun and Moon, are left out: 5 cm/s in low orbit, 15 in wide ones.

    Source: Brouwer (1959), first order in J2; Hoots & Roehrich (1980), section 6.
    """
    n, e, i = elements.mean_motion_rad_s, elements.eccentricity, elements.inclination_rad
    axis_m = (EARTH_MU_WGS72_M3_S2 / n**2) ** (1.0 / 3.0)
    pull = 1.5 * EARTH_J2_WGS72 * (EARTH_RADIUS_WGS72_M / (axis_m * (1.0 - e * e))) ** 2 * n
    half_rate = elements.mean_motion_dot_rad_s2
    node = elements.raan_rad - pull * math.cos(i) * after_s
    perigee = elements.argument_of_perigee_rad + pull * (2.0 - 2.5 * math.sin(i) ** 2) * after_s
    anomaly = elements.mean_anomaly_rad + n * after_s + half_rate * after_s**2
    return replace(
        elements,
        mean_motion_rad_s=n + 2.0 * half_rate * after_s,
        raan_rad=node % TURN_RAD,
        argument_of_perigee_rad=perigee % TURN_RAD,
        mean_anomaly_rad=anomaly % TURN_RAD,
    )


def _rounded(elements: ElementSet, position_m: float, velocity_m_s: float) -> ElementSet:
    """Return elements on their grids: powers of ten in the units in which they are published."""
    if position_m == EXACT:
        raise CannotReduce("mean elements are rounded by a grid of position; say one, or velocity=exact")
    n, e = elements.mean_motion_rad_s, elements.eccentricity
    axis_m = (EARTH_MU_WGS72_M3_S2 / n**2) ** (1.0 / 3.0)
    farthest_m = axis_m * (1.0 + e)
    # An element off by half its grid moves the object by a sixth of what may be.
    may_be_m = 2.0 * position_m / N_ELEMENTS
    angle_deg = _decade(may_be_m / farthest_m / DEGREE_RAD)
    anomaly_deg = _decade(may_be_m / (axis_m * math.sqrt((1.0 + e) / (1.0 - e))) / DEGREE_RAD)
    eccentricity = _decade(may_be_m / (axis_m * (3.0 + 1.0 / math.sqrt(1.0 - e * e))))
    slowest = 1.5 * n * may_be_m / farthest_m
    # Along the track a mean motion that is off makes the object drift with the axis times it.
    drift = 2.0 * velocity_m_s / axis_m if velocity_m_s else slowest
    motion = _decade(min(slowest, drift) / REVOLUTION_A_DAY_RAD_S)
    return replace(
        elements,
        mean_motion_rad_s=float(on_grid(n * SECONDS_A_DAY / TURN_RAD, motion)) * TURN_RAD / SECONDS_A_DAY,
        eccentricity=float(on_grid(e, eccentricity)),
        inclination_rad=_angle_rad(elements.inclination_rad, angle_deg),
        raan_rad=_angle_rad(elements.raan_rad, angle_deg),
        argument_of_perigee_rad=_angle_rad(elements.argument_of_perigee_rad, angle_deg),
        mean_anomaly_rad=_angle_rad(elements.mean_anomaly_rad, anomaly_deg),
    )


def _angle_rad(angle_rad: float, grid_deg: float) -> float:
    """Return an angle on a grid of degrees, so that it is a short decimal where it is published."""
    return float(on_grid(angle_rad * 180.0 / math.pi, grid_deg)) % 360.0 * math.pi / 180.0


def _decade(largest: float) -> float:
    """Return the largest power of ten that is not above a number."""
    return float(10.0 ** math.floor(math.log10(largest)))
