"""From the noun back to a Conjunction Data Message, whose form, KVN or XML, is another's business."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from baken.astro.time import utc_text
from baken.errors import WrongUsage
from baken.formats._cdm_labels import labels_to_add
from baken.formats._grammar import Block, Field, Kind, Need, text_from_si
from baken.formats.cdm import POSITION, RELATIVE_POSITION, RELATIVE_VELOCITY, SCREEN_VOLUME, VELOCITY
from baken.formats.cdm_table import (
    ADDITIONAL_PARAMETERS,
    COVARIANCE,
    DRAFT_BLOCKS,
    GRAMMAR,
    HEADER,
    METADATA,
    OD_PARAMETERS,
    OTHER_COVARIANCES,
    RELATIVE,
    STATE_VECTOR,
    XYZ_COVARIANCE,
)
from baken.formats.message import USER_DEFINED, USER_DEFINED_SECTION, Entry, Message, Section, no_room
from baken.records.conjunction_message import Comments, ConjunctionMessage, ConjunctionObject, Vector

VERSION, DRAFT_VERSION = "1.0", "2.0"
Said = Mapping[str, str | float | int | None]
Others = Sequence[tuple[str, str]]


def message_from(conjunction: object) -> Message:
    """Return the message of a conjunction.

    Raises: WrongUsage when it lacks a covariance, which the standard asks for, or is no conjunction at all.
    """
    if not isinstance(conjunction, ConjunctionMessage):
        raise no_room(conjunction, GRAMMAR.name)
    objects = (conjunction.first, conjunction.second)
    sections = (
        *_sections(_labelled(conjunction), _spoken(conjunction.other_fields), 0, _of_both(conjunction)),
        *(section for segment, one in enumerate(objects, 1) for section in _of_object(one, segment)),
        *_user_defined(conjunction),
    )
    return Message(kind=GRAMMAR.name, version=_version(sections), sections=sections)


def _version(sections: Sequence[Section]) -> str:
    """Return the version whose words a message uses: the published one wherever it can be."""
    for section in sections:
        block = GRAMMAR.block(section.name)
        if block is None or any(block.places[entry.keyword][1].is_draft for entry in section.entries):
            return DRAFT_VERSION
    return VERSION


def _labelled(conjunction: ConjunctionMessage) -> Comments:
    """Return the comments on both objects, with what has to be said of realm, label and size in front."""
    said_in = dict(conjunction.comments)
    said_in[RELATIVE.name] = (*labels_to_add(conjunction), *said_in.get(RELATIVE.name, ()))
    return tuple(said_in.items())


def with_a_place(one: ConjunctionMessage | ConjunctionObject) -> tuple[tuple[str, str], ...]:
    """Return those of the other fields for which version 2 has a place, or which the user defined."""
    return tuple(
        (keyword, text)
        for keyword, text in one.other_fields
        if keyword.startswith(USER_DEFINED) or keyword in _places(_blocks_of(one), one.other_fields)
    )


def without_a_place(one: ConjunctionMessage | ConjunctionObject) -> tuple[tuple[str, str], ...]:
    """Return those of the other fields that KVN and XML can only keep as comments."""
    placed = with_a_place(one)
    return tuple(pair for pair in one.other_fields if pair not in placed)


def _blocks_of(one: ConjunctionMessage | ConjunctionObject) -> Sequence[Block]:
    is_message = isinstance(one, ConjunctionMessage)
    return (HEADER, RELATIVE) if is_message else (METADATA, *GRAMMAR.data)


def _spoken(other_fields: Others) -> Others:
    return [(keyword, text) for keyword, text in other_fields if not keyword.startswith(USER_DEFINED)]


def _user_defined(conjunction: ConjunctionMessage) -> Iterator[Section]:
    """Yield what the user defined, which stands at the end."""
    said = [Entry(*field) for field in conjunction.other_fields if field[0].startswith(USER_DEFINED)]
    comments = dict(conjunction.second.comments).get(USER_DEFINED_SECTION, ())
    if said or comments:
        yield Section(USER_DEFINED_SECTION, tuple(said), comments, segment=2)


def _of_both(conjunction: ConjunctionMessage) -> Iterator[tuple[Block, Said]]:
    yield (
        HEADER,
        {
            "CREATION_DATE": _instant(conjunction.created_tai_ns),
            "ORIGINATOR": conjunction.originator,
            "MESSAGE_FOR": conjunction.message_for,
            "MESSAGE_ID": conjunction.message_id,
        },
    )
    yield (
        RELATIVE,
        {
            "TCA": _instant(conjunction.tca_tai_ns),
            "MISS_DISTANCE": conjunction.miss_distance_m,
            "RELATIVE_SPEED": conjunction.relative_speed_m_s,
            **_vector(RELATIVE_POSITION, conjunction.relative_position_rtn_m),
            **_vector(RELATIVE_VELOCITY, conjunction.relative_velocity_rtn_m_s),
            "START_SCREEN_PERIOD": _instant(conjunction.screened_from_tai_ns),
            "STOP_SCREEN_PERIOD": _instant(conjunction.screened_until_tai_ns),
            "SCREEN_VOLUME_FRAME": conjunction.screen_volume_frame,
            "SCREEN_VOLUME_SHAPE": conjunction.screen_volume_shape,
            **_vector(SCREEN_VOLUME, conjunction.screen_volume_m),
            "SCREEN_ENTRY_TIME": _instant(conjunction.screen_entry_tai_ns),
            "SCREEN_EXIT_TIME": _instant(conjunction.screen_exit_tai_ns),
            "COLLISION_PROBABILITY": conjunction.collision_probability,
            "COLLISION_PROBABILITY_METHOD": conjunction.collision_probability_method,
        },
    )


def _of_object(one: ConjunctionObject, segment: int) -> Iterator[Section]:
    parts = [
        (METADATA, _metadata(one, segment)),
        (OD_PARAMETERS, _orbit_determination(one)),
        (ADDITIONAL_PARAMETERS, _physical(one)),
        (STATE_VECTOR, {**_vector(POSITION, one.position_m), **_vector(VELOCITY, one.velocity_m_s)}),
        *_covariances(one),
    ]
    return _sections(one.comments, one.other_fields, segment, iter(parts))


def _metadata(one: ConjunctionObject, segment: int) -> Said:
    return {
        "OBJECT": f"OBJECT{segment}",
        "OBJECT_DESIGNATOR": one.designator,
        "CATALOG_NAME": one.catalog_name,
        "OBJECT_NAME": one.name,
        "INTERNATIONAL_DESIGNATOR": one.international_designator,
        "OBJECT_TYPE": one.kind,
        "OPERATOR_CONTACT_POSITION": one.operator.contact_position,
        "OPERATOR_ORGANIZATION": one.operator.organization,
        "OPERATOR_PHONE": one.operator.phone,
        "OPERATOR_EMAIL": one.operator.email,
        "EPHEMERIS_NAME": one.ephemeris_name,
        "COVARIANCE_METHOD": one.covariance_method,
        "MANEUVERABLE": one.manoeuvrable,
        "ORBIT_CENTER": one.centre,
        "REF_FRAME": one.frame,
        "GRAVITY_MODEL": one.forces.gravity,
        "ATMOSPHERIC_MODEL": one.forces.atmosphere,
        "N_BODY_PERTURBATIONS": one.forces.n_body,
        "SOLAR_RAD_PRESSURE": one.forces.solar_radiation_pressure,
        "EARTH_TIDES": one.forces.earth_tides,
        "INTRACK_THRUST": one.forces.intrack_thrust,
    }


def _orbit_determination(one: ConjunctionObject) -> Said:
    found = one.orbit_determination
    return {
        "TIME_LASTOB_START": _instant(found.last_observed_from_tai_ns),
        "TIME_LASTOB_END": _instant(found.last_observed_until_tai_ns),
        "RECOMMENDED_OD_SPAN": found.recommended_span_s,
        "ACTUAL_OD_SPAN": found.actual_span_s,
        "OBS_AVAILABLE": found.n_observations_available,
        "OBS_USED": found.n_observations_used,
        "TRACKS_AVAILABLE": found.n_tracks_available,
        "TRACKS_USED": found.n_tracks_used,
        "RESIDUALS_ACCEPTED": found.residuals_accepted_fraction,
        "WEIGHTED_RMS": found.weighted_rms,
    }


def _physical(one: ConjunctionObject) -> Said:
    found = one.physical
    return {
        "AREA_PC": found.collision_area_m2,
        "AREA_DRG": found.drag_area_m2,
        "AREA_SRP": found.radiation_area_m2,
        "MASS": found.mass_kg,
        "CD_AREA_OVER_MASS": found.drag_coefficient_area_over_mass_m2_kg,
        "CR_AREA_OVER_MASS": found.radiation_coefficient_area_over_mass_m2_kg,
        "THRUST_ACCELERATION": found.thrust_acceleration_m_s2,
        "SEDR": found.energy_dissipation_rate_w_kg,
    }


def _covariances(one: ConjunctionObject) -> Iterator[tuple[Block, Said]]:
    """Yield the blocks of covariance; version 2 has more of them, and may leave the first out."""
    others = dict(one.other_fields)
    matrix = one.covariance_rtn_si
    if matrix is not None:
        values = matrix[np.tril_indices(len(matrix))].tolist()
        keywords = (field.keyword for field in COVARIANCE.fields)
        yield COVARIANCE, dict(zip(keywords, values, strict=False))
    elif not any(block.fields[0].keyword in others for block in OTHER_COVARIANCES):
        raise WrongUsage(
            f"{one.name or one.designator} has no covariance; a CDM must have one for each object"
        )
    for block in DRAFT_BLOCKS:
        yield block, {}


def _vector(keywords: tuple[str, str, str], vector: Vector | None) -> Said:
    return {} if vector is None else dict(zip(keywords, vector, strict=True))


def _instant(epoch_tai_ns: int | None) -> str:
    if epoch_tai_ns is None:
        return ""
    n_decimals = next(n for n in (3, 6, 9) if epoch_tai_ns % 10 ** (9 - n) == 0)
    return utc_text(epoch_tai_ns, n_decimals).removesuffix("Z")


def _sections(
    comments: Comments, other_fields: Others, segment: int, parts: Iterator[tuple[Block, Said]]
) -> Iterator[Section]:
    """Yield the parts that say something; what no table has a word for becomes comments of the first."""
    said_in, blocks = dict(comments), list(parts)
    places = _places([block for block, _ in blocks], other_fields)
    unknown = tuple(f"{keyword} = {text}".rstrip() for keyword, text in other_fields if keyword not in places)
    for block, said in blocks:
        drafted = {keyword: text for keyword, text in other_fields if places.get(keyword) is block}
        entries = tuple(_entries(block, {**said, **drafted}))
        remarks = said_in.get(block.name, ()) + unknown
        if entries or remarks:
            yield Section(block.name, entries, remarks, segment=segment)
        unknown = ()


def _places(blocks: Sequence[Block], other_fields: Others) -> dict[str, Block]:
    return {keyword: block for block in blocks for keyword in _draft_keywords(block, other_fields)}


def _draft_keywords(block: Block, other_fields: Others) -> Iterator[str]:
    """Yield the keywords that are at home in a block by the draft of version 2."""
    said = {keyword for keyword, _ in other_fields}
    if block is XYZ_COVARIANCE and block.fields[0].keyword not in said:
        return  # the rows of drag are spelt alike in both matrices; alone they belong to the other
    yield from (field.keyword for field in block.fields if field.is_draft and field.keyword in said)


def _entries(block: Block, said: Said) -> Iterator[Entry]:
    for field in block.fields:
        value = said.get(field.keyword)
        text = _text(value, field)
        if text or field.need is Need.OBLIGATORY:
            yield Entry(field.keyword, text)


def _text(value: str | float | int | None, field: Field) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return (
        text_from_si(value, field.unit)
        if field.kind is Kind.REAL and not isinstance(value, str)
        else str(value)
    )
