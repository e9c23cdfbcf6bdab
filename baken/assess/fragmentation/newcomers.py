"""Who is new between two pictures, and which newcomers belong together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from baken.assess.fragmentation.mean_orbits import normals_teme
from baken.assess.fragmentation.orbits_of_sets import mean_orbits_of
from baken.records.orbit import ElementSet

# Orbits of nameless pieces belong together when their planes are this near, and their heights.
SAME_PLANE_RAD = 0.03
SAME_HEIGHT_M = 100e3
# The words by which catalogues call a piece that is neither payload nor stage.
NAMES_OF_PIECES = (" DEB", "DEBRIS", "OBJECT ", "UNKNOWN", "TBA", "COOLANT")
LAUNCH_LENGTH = len("1982-092")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Newcomers that belong together, and who of the same launch was known before.

    ``called`` is the launch, as in ``1982-092``, or says that nobody named them.  ``companions`` are new too,
    and no pieces by name: the payloads and stages of a launch that nobody knew before.
    """

    called: str
    pieces: tuple[ElementSet, ...]
    relatives: tuple[ElementSet, ...] = ()
    companions: tuple[ElementSet, ...] = ()


def newcomers(before: Sequence[ElementSet], after: Sequence[ElementSet]) -> tuple[ElementSet, ...]:
    """Return the orbits of the objects that were not known before."""
    known = {es.identity.object_id for es in before}
    return tuple(es for es in after if es.identity.object_id not in known)


def groups_of(new: Sequence[ElementSet], before: Sequence[ElementSet]) -> tuple[Group, ...]:
    """Return newcomers by launch; those without a launch by nearness of planes and heights.

    Of a launch that nobody knew before only what is called a piece is taken: its payloads and stages are new
    because they were launched.
    """
    relatives, pieces = _by_launch(before), _by_launch(new)
    nameless = pieces.pop("", [])
    named = [
        Group(called=launch, pieces=tuple(members), relatives=tuple(relatives[launch]))
        if launch in relatives
        else _of_new_launch(launch, members)
        for launch, members in sorted(pieces.items())
    ]
    return (*(one for one in named if one.pieces), *_nameless_groups(nameless))


def launch_of(element_set: ElementSet) -> str:
    """Return the launch a COSPAR designator tells, or nothing.

    >>> from baken.records.identity import identity_from_norad
    >>> launch_of(
    ...     ElementSet(
    ...         identity=identity_from_norad(49516, cospar_id="1982-092D"),
    ...         epoch_tai_ns=0,
    ...         mean_motion_rad_s=1e-3,
    ...         eccentricity=0.0,
    ...         inclination_rad=1.0,
    ...         raan_rad=0.0,
    ...         argument_of_perigee_rad=0.0,
    ...         mean_anomaly_rad=0.0,
    ...     )
    ... )
    '1982-092'
    """
    return (element_set.identity.cospar_id or "")[:LAUNCH_LENGTH]


def _by_launch(element_sets: Sequence[ElementSet]) -> dict[str, list[ElementSet]]:
    by_launch: dict[str, list[ElementSet]] = defaultdict(list)
    for element_set in element_sets:
        by_launch[launch_of(element_set)].append(element_set)
    return by_launch


def _of_new_launch(launch: str, members: Sequence[ElementSet]) -> Group:
    pieces = tuple(es for es in members if _is_called_a_piece(es))
    companions = tuple(es for es in members if not _is_called_a_piece(es))
    return Group(called=launch, pieces=pieces, companions=companions)


def _is_called_a_piece(element_set: ElementSet) -> bool:
    name = element_set.identity.name
    return name is None or any(word in name.upper() for word in NAMES_OF_PIECES)


def _nameless_groups(element_sets: Sequence[ElementSet]) -> tuple[Group, ...]:
    if not element_sets:
        return ()
    orbits = mean_orbits_of(element_sets)
    normals = normals_teme(orbits, np.array([max(orbits.epoch_tai_ns)]))[:, 0]
    places = np.column_stack([normals / SAME_PLANE_RAD, orbits.semi_major_axis_m / SAME_HEIGHT_M])
    pairs = cKDTree(places).query_pairs(1.0, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), pairs.T), shape=(len(places),) * 2)
    _, label = connected_components(links, directed=False)
    return tuple(
        Group(
            called=_called_after(element_sets[int(np.argmax(label == one))]),
            pieces=tuple(element_sets[int(row)] for row in np.flatnonzero(label == one)),
        )
        for one in range(label.max() + 1)
    )


def _called_after(first: ElementSet) -> str:
    identity = first.identity
    return f"no launch named, first {identity.norad_cat_id or identity.name or identity.object_id}"
