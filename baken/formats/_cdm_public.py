"""The public summary of a conjunction message, as Space-Track's class cdm_public gives it.

It has no states, so it becomes a notice and not a message.

Source: Space-Track, documentation of the class cdm_public; MIN_RNG is in metres.
"""

from collections.abc import Mapping

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.errors import BadMessage
from baken.formats._grammar import Field, Kind, number, text_from_si
from baken.formats._values import settle
from baken.formats.object_identity import identity_from_object_id
from baken.records.conjunction_notice import ConjunctionNotice, NoticedObject
from baken.records.identity import Identity
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm

ORIGINATOR = "SPACE-TRACK"  # the one source of this class; the summary itself does not say
MARK = "MIN_RNG"
FIELDS = {
    field.keyword: field
    for field in (
        Field("CDM_ID"),
        Field("CREATED", kind=Kind.INSTANT),
        Field("EMERGENCY_REPORTABLE", allowed=("Y", "N")),
        Field("TCA", kind=Kind.INSTANT),
        Field(MARK, kind=Kind.REAL, least=0.0),
        Field("PC", kind=Kind.REAL, least=0.0, most=1.0),
        *(Field(f"SAT_{n}_ID") for n in (1, 2)),
        *(Field(f"SAT_{n}_NAME") for n in (1, 2)),
        *(Field(f"SAT{n}_OBJECT_TYPE") for n in (1, 2)),
        *(Field(f"SAT{n}_RCS") for n in (1, 2)),
    )
}


def notice_from(
    fields: Mapping[str, str], realm: Realm, marking: Marking, lineage: Lineage
) -> ConjunctionNotice:
    """Make a notice of the fields of one summary.

    Raises: BadMessage naming the field it cannot do without, or that cannot be what it should.
    """
    said = {keyword: _settled(keyword, text) for keyword, text in fields.items() if text}
    emergency = said.get("EMERGENCY_REPORTABLE")
    return ConjunctionNotice(
        originator=ORIGINATOR,
        message_id=_needed(said, "CDM_ID"),
        created_tai_ns=tai_ns_from_utc(_needed(said, "CREATED")),
        tca_tai_ns=tai_ns_from_utc(_needed(said, "TCA")),
        miss_distance_m=number(_needed(said, MARK)),
        collision_probability=number(said["PC"]) if "PC" in said else None,
        is_emergency=None if emergency is None else emergency == "Y",
        first=_object(said, 1),
        second=_object(said, 2),
        realm=realm,
        marking=marking,
        lineage=lineage,
        other_fields=tuple((keyword, text) for keyword, text in said.items() if keyword not in FIELDS),
    )


def fields_from(notice: ConjunctionNotice) -> dict[str, str]:
    """Return a notice as the summary has it."""
    emergency = {None: "", True: "Y", False: "N"}[notice.is_emergency]
    probability = notice.collision_probability
    fields = {
        "CDM_ID": notice.message_id,
        "CREATED": _text(notice.created_tai_ns),
        "EMERGENCY_REPORTABLE": emergency,
        "TCA": _text(notice.tca_tai_ns),
        MARK: text_from_si(notice.miss_distance_m),
        "PC": "" if probability is None else text_from_si(probability),
    }
    for n, one in enumerate((notice.first, notice.second), 1):
        fields[f"SAT_{n}_ID"] = _id_text(one.identity)
        fields[f"SAT_{n}_NAME"] = one.name
        fields[f"SAT{n}_OBJECT_TYPE"] = one.kind
        fields[f"SAT{n}_RCS"] = one.size
    return {**fields, **dict(notice.other_fields)}


def _settled(keyword: str, text: str) -> str:
    field = FIELDS.get(keyword)
    if field is None:
        return text
    if field.kind is Kind.INSTANT:
        text = text.strip().replace(" ", "T", 1)
    usable, complaint = settle(text, "", field)
    if complaint:
        raise BadMessage(complaint, field=keyword)
    return usable


def _needed(said: Mapping[str, str], keyword: str) -> str:
    if not said.get(keyword):
        raise BadMessage("is missing", field=keyword)
    return said[keyword]


def _object(said: Mapping[str, str], n: int) -> NoticedObject:
    name = said.get(f"SAT_{n}_NAME", "")
    return NoticedObject(
        identity=identity_from_object_id(_needed(said, f"SAT_{n}_ID"), name),
        name=name,
        kind=said.get(f"SAT{n}_OBJECT_TYPE", ""),
        size=said.get(f"SAT{n}_RCS", ""),
    )


def _id_text(identity: Identity) -> str:
    if identity.norad_cat_id is not None:
        return str(identity.norad_cat_id)
    return next((other.value for other in identity.others), identity.cospar_id or "")


def _text(instant_tai_ns: int) -> str:
    n_decimals = next(n for n in (6, 9) if instant_tai_ns % 10 ** (9 - n) == 0)
    return utc_text(instant_tai_ns, n_decimals).removesuffix("Z")
