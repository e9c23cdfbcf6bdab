"""Choose, for every object, the element set that a picture uses; say why; keep what was passed over."""

from collections.abc import Sequence

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.records.catalogue import Catalogue, Choice, Past, Picture
from baken.records.lineage import digest_of_bytes
from baken.records.orbit import ElementSet, Theory

# Element sets are sometimes issued for a coming node crossing; further ahead than this the epoch is a mistake
# or a plan, and a picture of the present does not rest on it while it has anything else.
MAX_LEAD_S = 2 * 86_400.0


def draw_picture(catalogue: Catalogue, *, as_of_tai_ns: int, past: Past | None = None) -> Picture:
    """Return one orbit for each object, as it would have been believed at ``as_of_tai_ns``.

    The rule, in order: a theory Baken can move; an epoch not too far ahead; the latest epoch; of two sets
    with the same epoch the one issued last; then the one that stood last in the source.
    """
    choices = (
        _choose(element_sets, as_of_tai_ns)
        for _, element_sets in catalogue.by_object()
        if any(can_be_moved(element_set) for element_set in element_sets)
    )
    in_order = tuple(sorted(choices, key=lambda choice: choice.chosen.identity.rank))
    return Picture(as_of_tai_ns=as_of_tai_ns, choices=in_order, realm=catalogue.realm, past=past)


def objects_left_out(catalogue: Catalogue) -> tuple[ElementSet, ...]:
    """Return one element set of each object that no picture can hold, since Baken cannot move its theory."""
    return tuple(
        element_sets[-1]
        for _, element_sets in catalogue.by_object()
        if not any(can_be_moved(element_set) for element_set in element_sets)
    )


def catalogue_date(catalogue: Catalogue) -> int:
    """Return the instant a catalogue speaks of: the epoch that all but one in a hundred sets have reached.

    The last hundredth is left out because a few sets in every public catalogue are issued for days ahead.
    """
    epochs = sorted(element_set.epoch_tai_ns for element_set in catalogue.element_sets)
    if not epochs:
        raise ValueError("an empty catalogue has no date")
    return epochs[(len(epochs) - 1) * 99 // 100]


def digest_of_picture(picture: Picture) -> str:
    """Return the digest of every orbit a picture uses and compares with, whatever order its own stand in."""
    lines = [picture.realm, *sorted(map(_line, picture.element_sets))]
    if (past := picture.past) is not None:
        lines += ["known before", str(past.as_of_tai_ns), *map(_line, past.element_sets)]
        lines += ["histories", *map(_line, past.histories)]
    return digest_of_bytes("\n".join(lines).encode())


def _line(es: ElementSet) -> str:
    return (
        f"{es.identity.object_id} {es.epoch_tai_ns} {es.mean_motion_rad_s!r} {es.eccentricity!r} "
        f"{es.inclination_rad!r} {es.raan_rad!r} {es.argument_of_perigee_rad!r} {es.mean_anomaly_rad!r} "
        f"{es.bstar_per_earth_radius!r}"
    )


def _choose(element_sets: Sequence[ElementSet], as_of_tai_ns: int) -> Choice:
    def rank(numbered: tuple[int, ElementSet]) -> tuple[bool, bool, int, int, int]:
        place, element_set = numbered
        return (
            can_be_moved(element_set),
            _is_timely(element_set, as_of_tai_ns),
            element_set.epoch_tai_ns,
            element_set.created_tai_ns or 0,
            place,
        )

    ranked = [element_set for _, element_set in sorted(enumerate(element_sets), key=rank, reverse=True)]
    return Choice(
        chosen=ranked[0],
        because=_reason(ranked, as_of_tai_ns),
        passed_over=tuple(ranked[1:]),
    )


def _reason(ranked: Sequence[ElementSet], as_of_tai_ns: int) -> str:
    if len(ranked) == 1:
        return "the only element set"
    if not _is_timely(ranked[0], as_of_tai_ns):
        return f"the latest of {len(ranked)}, all issued for more than two days ahead"
    if ranked[0].epoch_tai_ns == ranked[1].epoch_tai_ns:
        return f"of {len(ranked)}, issued last for the latest epoch"
    return f"the latest epoch of {len(ranked)}"


def can_be_moved(element_set: ElementSet) -> bool:
    """Say whether Baken has the theory these elements belong to."""
    return element_set.theory is Theory.SGP4 and element_set.ephemeris_type != 4


def _is_timely(element_set: ElementSet, as_of_tai_ns: int) -> bool:
    return element_set.epoch_tai_ns <= as_of_tai_ns + int(MAX_LEAD_S) * NANOSECONDS_A_SECOND
