"""Look at an encounter again: as a warning has it, or in the orbits that are kept now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from baken.assess.conjunction.approach import Approaches
from baken.assess.conjunction.conjunction_table import Circumstances, conjunction_table
from baken.assess.conjunction.message_states import states_at_encounter
from baken.assess.conjunction.messages import Sender, conjunction_messages
from baken.assess.conjunction.passage import half_span_s, passage_rtn_m
from baken.assess.conjunction.why_not import why_not
from baken.astro.arrays import Floats
from baken.catalogue.motion import motion_of
from baken.errors import WrongUsage
from baken.operations.ports import KeptConjunctionMessage
from baken.operations.receive_messages import Assessor
from baken.records.catalogue import Choice, Picture
from baken.records.collision_assessment import CollisionAssessment, Said
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.event import SAME_HAPPENING_NS, Window

FROM_OLD_ORBITS = Said(
    name="from_old_orbits",
    text="states from the element sets kept now, which are too old to estimate a covariance from",
)
N_MOMENTS = 121
# For one pair the threshold is of no consequence: the nearest approach is what is asked for.
ANYWHERE_M = 1e8
FROM_ORBITS = Said(
    name="from_orbits",
    text="states from the element sets kept now; covariance ESTIMATED from differences of element sets",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passage:
    """Where the second object is in the first one's RTN, from a little before closest approach."""

    after_s: Floats
    relative_rtn_m: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LookedAt:
    """What one originator says now, and all that can be drawn of it.

    ``message`` and ``assessment`` are None where nothing can be drawn, and ``why_not`` says why.
    ``is_from_orbits`` tells that the message is none: it was made from orbits, its covariance is estimated.
    """

    update: ConjunctionUpdate
    is_from_orbits: bool
    message: ConjunctionMessage | None = None
    assessment: CollisionAssessment | None = None
    passage: Passage | None = None
    why_not: str = ""


def looks_at(
    case: ConjunctionCase,
    messages: Sequence[KeptConjunctionMessage],
    picture: Picture | None,
    *,
    assessor: Assessor,
    now_tai_ns: int,
) -> Iterator[LookedAt]:
    """Yield what can be drawn of each originator's last word, in order of name."""
    of_digest = {kept.digest: kept.message for kept in messages}
    for update in case.standing:
        said = of_digest.get(update.digest)
        if said is not None:
            yield _looked(update, said, assessor, is_from_orbits=False)
            continue
        made = None if picture is None else encounter_in(picture, update, now_tai_ns=now_tai_ns)
        if made is None:
            yield LookedAt(update=update, is_from_orbits=True, why_not="no_orbits")
        else:
            yield _looked(update, made, assessor, is_from_orbits=True)


def encounter_in(
    picture: Picture, update: ConjunctionUpdate, *, now_tai_ns: int
) -> ConjunctionMessage | None:
    """Return an encounter as the orbits of a picture have it, as a message; its covariances are estimated.

    None where the picture lacks one of the two, or they do not meet within ten minutes of when they should.
    """
    chosen = _pair_of(picture, (update.parties[0].object_id, update.parties[1].object_id))
    if chosen is None:
        return None
    pair, is_turned = chosen
    tca_tai_ns = update.assessment.tca_tai_ns
    window = Window(start_tai_ns=tca_tai_ns - SAME_HAPPENING_NS, end_tai_ns=tca_tai_ns + SAME_HAPPENING_NS)
    motion = motion_of(pair.element_sets)
    first, second = (1, 0) if is_turned else (0, 1)
    found = why_not(motion, first, second, window.start_tai_ns, window.end_tai_ns, ANYWHERE_M).minima
    nearest = _nearest(found)
    if nearest is None:
        return None
    here = replace(nearest, first=np.array([first]), second=np.array([second]))
    table = conjunction_table(pair, here, Circumstances())
    sender = Sender(
        originator=update.originator,
        created_tai_ns=now_tai_ns,
        window=window,
        miss_threshold_m=float(nearest.miss_distance_m[0]),
    )
    made = next(iter(conjunction_messages(table, pair, motion, sender, Circumstances())))
    told = replace(made, hard_body_radius_m=update.assessment.hard_body_radius_m)
    # Of elements too old to estimate one from, a message carries a covariance that stands for "nobody knows".
    return told if table["probability"][0] is not None else _without_covariance(told)


def _without_covariance(message: ConjunctionMessage) -> ConjunctionMessage:
    first, second = (replace(one, covariance_rtn_si=None) for one in (message.first, message.second))
    return replace(message, first=first, second=second)


def _pair_of(picture: Picture, object_ids: tuple[str, str]) -> tuple[Picture, bool] | None:
    """Return the picture of two alone, and whether they stand in it the other way about."""
    theirs: dict[str, Choice] = {
        choice.chosen.identity.object_id: choice
        for choice in picture.choices
        if choice.chosen.identity.object_id in object_ids
    }
    if len(theirs) != len(set(object_ids)):
        return None
    choices = tuple(theirs.values())
    is_turned = choices[0].chosen.identity.object_id != object_ids[0]
    return Picture(as_of_tai_ns=picture.as_of_tai_ns, choices=choices, realm=picture.realm), is_turned


def _nearest(found: Approaches) -> Approaches | None:
    inside = found.select(found.is_interior)
    if not len(inside):
        return None
    return inside.select(np.array([int(np.argmin(inside.miss_distance_m))]))


def _looked(
    update: ConjunctionUpdate, message: ConjunctionMessage, assessor: Assessor, *, is_from_orbits: bool
) -> LookedAt:
    try:
        passage = _passage(message)
    except WrongUsage as error:
        return LookedAt(update=update, is_from_orbits=is_from_orbits, why_not=str(error))
    return LookedAt(
        update=update,
        is_from_orbits=is_from_orbits,
        message=message,
        assessment=_as_screened(assessor.assess(message), update) if is_from_orbits else update.assessment,
        passage=passage,
    )


def _as_screened(found: CollisionAssessment, update: ConjunctionUpdate) -> CollisionAssessment:
    """Say of a figure from orbits what it rests on: the screening's body, and an estimated covariance."""
    source = update.assessment.hard_body_source or "asked for"
    radius = f"{found.hard_body_radius_m:g}"
    body = Said(
        name="hard_body",
        text=f"hard body: a sphere of {radius} m ({source})",
        figures=(("radius", radius), ("source", source)),
    )
    others = tuple(said for said in found.assumptions if said.name != body.name)
    states = FROM_ORBITS if found.sigma_rtn_m is not None else FROM_OLD_ORBITS
    return replace(found, hard_body_source=source, assumptions=(states, body, *others))


def _passage(message: ConjunctionMessage) -> Passage:
    states = states_at_encounter(message, (1.0, 1.0))
    half_s = half_span_s(
        float(np.linalg.norm(states.relative_position_m)), float(np.linalg.norm(states.relative_velocity_m_s))
    )
    after_s = np.linspace(-half_s, half_s, N_MOMENTS)
    return Passage(
        after_s=after_s,
        relative_rtn_m=passage_rtn_m(states.position_gcrs_m, states.velocity_gcrs_m_s, after_s),
    )
