"""What was known before: what a detector of change compares a picture with."""

import math
from collections.abc import Iterable, Sequence

from baken.astro.constants import EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M
from baken.catalogue.picture import can_be_moved, draw_picture
from baken.records.catalogue import Catalogue, Past
from baken.records.orbit import ElementSet

DAY_NS = 86_400 * 1_000_000_000
# Six weeks: as far apart as public catalogues before and after a breakup tend to lie.
LONGEST_NS = 42 * DAY_NS
# A past younger than this cannot be told from the picture: sparsely tracked objects are renewed in days.
SHORTEST_NS = 3 * DAY_NS
# From 400 km nearly everything is down within a year, and one in twenty objects flies so low: their sets of
# six weeks are few enough to carry along.
LOW_PERIGEE_RADIUS_M = EARTH_RADIUS_WGS72_M + 400e3


def instant_of_past(first_epochs_tai_ns: Sequence[int], *, start_tai_ns: int) -> int | None:
    """Return the instant of the past: six weeks back, or as soon as the sky as a whole was known.

    ``first_epochs_tai_ns`` has the oldest epoch of each object.  A catalogue comes as a whole: those first
    known before three days after the median are taken to have come with it, those after it as new.
    Nothing is returned when that is too recent to compare with.
    """
    if not first_epochs_tai_ns:
        return None
    middle_tai_ns = sorted(first_epochs_tai_ns)[len(first_epochs_tai_ns) // 2]
    instant_tai_ns = max(start_tai_ns - LONGEST_NS, middle_tai_ns + SHORTEST_NS)
    return instant_tai_ns if instant_tai_ns <= start_tai_ns - SHORTEST_NS else None


def is_low(element_set: ElementSet) -> bool:
    """Say whether the perigee is low enough for the object to fall before long."""
    perigee_radius_m = (1.0 - element_set.eccentricity) * math.cbrt(
        EARTH_MU_WGS72_M3_S2 / element_set.mean_motion_rad_s**2
    )
    return perigee_radius_m < LOW_PERIGEE_RADIUS_M


def draw_past(known: Catalogue, histories: Iterable[ElementSet], *, as_of_tai_ns: int) -> Past | None:
    """Return the past with one orbit for each object known then; nothing when there is nothing to compare.

    Where nothing was known anew for a while, the past is as of the last epoch there was: what is new may
    have come about at any time since.  Of sets of one object with one epoch the one issued last stands in
    the history.
    """
    movable = filter(can_be_moved, histories)
    in_order = sorted(movable, key=lambda es: (es.identity.rank, es.epoch_tai_ns, es.created_tai_ns or 0))
    one_each = {(es.identity.object_id, es.epoch_tai_ns): es for es in in_order}
    then = draw_picture(known, as_of_tai_ns=as_of_tai_ns).element_sets
    past = Past(
        as_of_tai_ns=min(as_of_tai_ns, max((es.epoch_tai_ns for es in then), default=as_of_tai_ns)),
        element_sets=then,
        histories=tuple(one_each.values()),
    )
    n_objects = len({es.identity.object_id for es in past.histories})
    return past if past.element_sets or len(past.histories) > n_objects else None


def past_of(catalogue: Catalogue, *, start_tai_ns: int) -> Past | None:
    """Return the past that stands in a catalogue with several sets of an object, if it reaches back."""
    firsts = [min(es.epoch_tai_ns for es in sets) for _, sets in catalogue.by_object()]
    instant_tai_ns = instant_of_past(firsts, start_tai_ns=start_tai_ns)
    as_of_tai_ns = start_tai_ns - LONGEST_NS if instant_tai_ns is None else instant_tai_ns
    then = () if instant_tai_ns is None else catalogue.element_sets
    return draw_past(
        Catalogue(element_sets=tuple(es for es in then if es.epoch_tai_ns <= as_of_tai_ns)),
        (es for es in catalogue.element_sets if _is_recent(es, start_tai_ns) and is_low(es)),
        as_of_tai_ns=as_of_tai_ns,
    )


def _is_recent(element_set: ElementSet, start_tai_ns: int) -> bool:
    return start_tai_ns - LONGEST_NS <= element_set.epoch_tai_ns <= start_tai_ns
