"""Is a conjunction message in JSON the same message, whoever gave it, and does it come back whole?"""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput, WrongUsage
from baken.formats import cdm_json, cdm_kvn, omm_json
from baken.formats.reading import Strictness
from baken.formats.sniff import format_of
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.conjunction_notice import ConjunctionNotice
from tests.formats.ccsds import all_same, own, same
from tests.formats.test_cdm import of_version_2
from tests.formats.test_omm_json import SPACE_TRACK_ROW, document

# Of our own making, with the fields and the habits of Space-Track's class cdm_public.
SUMMARY = {
    "CDM_ID": "799500001",
    "CREATED": "2026-02-02 02:09:06.000000",
    "EMERGENCY_REPORTABLE": "Y",
    "TCA": "2026-02-04T01:03:42.235000",
    "MIN_RNG": "886",
    "PC": "0.000173503",
    "SAT_1_ID": "799500124",
    "SAT_1_NAME": "SIM BAKEN 1",
    "SAT1_OBJECT_TYPE": "PAYLOAD",
    "SAT1_RCS": "SMALL",
    "SAT_1_EXCL_VOL": "5.00",
    "SAT_2_ID": "799500125",
    "SAT_2_NAME": "UNKNOWN",
    "SAT2_OBJECT_TYPE": "UNKNOWN",
    "SAT2_RCS": None,
    "SAT_2_EXCL_VOL": "5.00",
}


def message() -> ConjunctionMessage:
    (record,) = cdm_kvn.read(own("conjunction.cdm")).records
    return record


def fields(record: ConjunctionMessage) -> dict[str, object]:
    (found,) = json.loads(cdm_json.write([record]))
    return found


def content_of(*found: dict[str, object], indent: int | None = None) -> bytes:
    return json.dumps(found, indent=indent).encode()


@pytest.mark.capability(
    "CDM in JSON, written and read back", status="MODELLED", authority="equality of every field"
)
@pytest.mark.parametrize("content", [own("conjunction.cdm"), of_version_2()], ids=["version 1", "version 2"])
def test_a_message_comes_back_as_it_was(content):
    records = cdm_kvn.read(content * 2).records
    written = cdm_json.write(records)
    assert format_of(written) is cdm_json
    read = cdm_json.read(written)
    assert read.deviations == read.rejected == ()
    assert all_same(read.records, records)


def test_both_matrices_keep_what_they_spell_alike():
    (record,) = cdm_kvn.read(of_version_2()).records
    values = record.first.covariance_rtn_si  # has a row of drag of its own
    both = replace(record, second=replace(record.second, covariance_rtn_si=values))
    (again,) = cdm_json.read(cdm_json.write([both])).records
    assert same(again, both)


def test_a_word_that_no_table_knows_keeps_its_key():
    sent = replace(message(), other_fields=(("CDM_ID", "42"), ("COLOUR", "red")))
    sent = replace(sent, second=replace(sent.second, other_fields=(("CDRG_DRG", "1.5"),)))
    content = cdm_json.write([sent])
    assert json.loads(content)[0]["COLOUR"] == "red"
    read = cdm_json.read(content, strictness=Strictness.LENIENT)
    assert all_same(read.records, (sent,))
    assert {told.keyword for told in read.deviations} == {"COLOUR", "CDRG_R"}


@settings(max_examples=40, deadline=None)
@given(
    comment=st.text(max_size=30),
    name=st.text(min_size=1, max_size=20).filter(lambda text: text == text.strip()),
    miss_m=st.floats(0.0, 1e7),
)
def test_any_text_and_any_number_comes_back(comment, name, miss_m):
    sent = replace(message(), miss_distance_m=miss_m, comments=(("header", (comment,)),), message_for=name)
    (again,) = cdm_json.read(cdm_json.write([sent]), strictness=Strictness.LENIENT).records
    assert (again.miss_distance_m, again.message_for) == (miss_m, name)
    assert dict(again.comments)["header"] == (comment,)


def nested(record: ConjunctionMessage) -> dict[str, object]:
    flat = fields(record)
    halves = [{k[5:]: v for k, v in flat.items() if k.startswith(f"SAT{n}_")} for n in (1, 2)]
    rest = {key: value for key, value in flat.items() if not key.startswith("SAT")}
    return {"header": rest, "segment": [{"metadata": half} for half in halves]}


@pytest.mark.parametrize(
    "dress",
    [
        lambda one: [one],
        lambda one: one,
        lambda one: {"data": [one], "request_metadata": {"Total": "1"}},
        lambda one: {"CCSDS_CDM": one},
        lambda one: [dict(reversed(one.items()))],
        lambda one: [{key: str(value) if isinstance(value, float) else value for key, value in one.items()}],
        lambda one: [{**one, "SAT1_OPERATOR_PHONE": None, "COMMENT_SCREENING_OPTION": None}],
        lambda one: [nested(message())],
    ],
    ids=["a list", "one", "an answer", "wrapped", "other order", "quoted", "nulls", "nested"],
)
def test_every_service_s_dress_gives_the_same_message(dress):
    for indent in (None, 2):
        read = cdm_json.read(json.dumps(dress(fields(message())), indent=indent).encode())
        assert read.deviations == read.rejected == ()
        assert all_same(read.records, (message(),))


def test_space_track_s_habits_are_understood():
    flat = fields(message())
    flat |= {
        "CONSTELLATION": "BAKEN",
        "TCA": "2026-02-03 04:05:06",
        "TCA_FRACTION": "78",
        "COMMENT_EMERGENCY_REPORTABLE": None,
        "COMMENT_EFFECTIVE_HBR": "15",
        "SAT1_COMMENT_APOGEE": "Apogee Altitude = 601   [km]",
    }
    read = cdm_json.read(content_of(flat), strictness=Strictness.LENIENT)
    (record,) = read.records
    assert record.tca_tai_ns == tai_ns_from_utc("2026-02-03T04:05:06.078Z")
    assert ("CONSTELLATION", "BAKEN") in record.other_fields
    comments = [text for _, texts in (*record.comments, *record.first.comments) for text in texts]
    assert "EFFECTIVE_HBR = 15" in comments
    assert "Apogee Altitude = 601   [km]" in comments
    assert [(told.keyword, told.message) for told in read.deviations] == [
        ("TCA_FRACTION", "is taken for milliseconds")
    ]


@pytest.mark.parametrize(
    ("change", "keyword", "at"),
    [
        ({"TCA": "soon"}, "TCA", "TCA"),
        ({"TCA_FRACTION": "1234"}, "TCA_FRACTION", "TCA_FRACTION"),
        ({"MISS_DISTANCE": True}, "MISS_DISTANCE", "MISS_DISTANCE"),
        ({"MISS_DISTANCE": None}, "MISS_DISTANCE", "TCA"),
        ({"MISS_DISTANCE_UNIT": "km"}, "MISS_DISTANCE", "MISS_DISTANCE"),
        ({"SAT2_X": "NaN"}, "X", "SAT2_X"),
        ({"SAT2_X": [1.0]}, "SAT2_X", "SAT2_X"),
        ({"SAT1_COVARIANCE_METHOD": "GUESS"}, "COVARIANCE_METHOD", "SAT1_COVARIANCE_METHOD"),
        ({"CCSDS_CDM_VERS": "7.0"}, "CCSDS_CDM_VERS", "CCSDS_CDM_VERS"),
        ({"COLLISION_PROBABILITY": 1.5}, "COLLISION_PROBABILITY", "COLLISION_PROBABILITY"),
        ({"SAT1_OBJECT": "OBJECT2"}, "OBJECT", "SAT1_OBJECT"),
        ({"COLOUR": "red"}, "COLOUR", "COLOUR"),
        ({"SAT3_X": "1"}, "SAT3_X", "SAT3_X"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_keyword(change, keyword, at):
    content = content_of({**fields(message()), **change}, fields(message()), indent=1)
    lines = content.decode().splitlines()
    read = cdm_json.read(content)
    assert len(read.records) == 1
    (rejection,) = read.rejected
    assert rejection.field == keyword
    # A version is told where its message begins.
    line = next(n for n, text in enumerate(lines, 1) if f'"{at}"' in text)
    assert rejection.line == (2 if at == "CCSDS_CDM_VERS" else line)


# --- Summaries without states ----------------------------------------------------------------------------


def test_a_public_summary_becomes_a_notice_and_comes_back():
    for content in (content_of(SUMMARY), json.dumps({"data": [SUMMARY]}).encode()):
        assert format_of(content) is cdm_json
        (notice,) = cdm_json.read(content).records
        assert isinstance(notice, ConjunctionNotice)
        assert notice.first.identity.norad_cat_id == 799_500_124
        assert (notice.miss_distance_m, notice.collision_probability) == (886.0, 0.000173503)
        assert notice.created_tai_ns == tai_ns_from_utc("2026-02-02T02:09:06Z")
        assert notice.is_emergency is True
        assert (notice.first.size, notice.second.size) == ("SMALL", "")
        assert notice.other_fields == (("SAT_1_EXCL_VOL", "5.00"), ("SAT_2_EXCL_VOL", "5.00"))
        assert cdm_json.read(cdm_json.write([notice])).records == (notice,)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"TCA": None}, "TCA"),
        ({"MIN_RNG": "-1"}, "MIN_RNG"),
        ({"PC": "2"}, "PC"),
        ({"EMERGENCY_REPORTABLE": "perhaps"}, "EMERGENCY_REPORTABLE"),
        ({"SAT_2_ID": None}, "SAT_2_ID"),
        ({"CREATED": "yesterday"}, "CREATED"),
        ({"SAT1_RCS": ["SMALL"]}, "SAT1_RCS"),
    ],
)
def test_a_bad_summary_is_rejected_alone(change, field):
    read = cdm_json.read(content_of({**SUMMARY, **change}, SUMMARY))
    assert len(read.records) == 1
    assert [one.field for one in read.rejected] == [field]


def test_a_notice_has_no_states_and_no_other_format_has_room_for_it():
    (notice,) = cdm_json.read(content_of(SUMMARY)).records
    with pytest.raises(WrongUsage, match="no room for one ConjunctionNotice"):
        cdm_kvn.write([notice])


# --- What is no conjunction message ----------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"[]", b"{}", b"[1, 2]", b'[{"a": 1}]', b'{"data": []}', b"[{", b"no"])
def test_what_holds_no_message_is_unreadable(content):
    with pytest.raises(UnreadableInput):
        cdm_json.read(content)


def test_element_sets_and_warnings_are_told_apart():
    assert not cdm_json.sniff(document(SPACE_TRACK_ROW))
    assert not omm_json.sniff(content_of(SUMMARY))
    assert not omm_json.sniff(cdm_json.write([message()])[:4096])


def test_a_text_that_breaks_off_gives_what_stood_before():
    content = cdm_json.write([message(), message()])[:-200]
    read = cdm_json.read(content)
    assert len(read.records) == len(read.rejected) == 1


# --- TraCSS ----------------------------------------------------------------------------------------------

# The fields its interface names for a message, beside those of version 1 (TraCSS, API documentation, 2026).
TRACSS = {
    "CORRELATION_ID": "dd8c054b",
    "CLASSIFICATION": "UNCLASSIFIED",
    "CONJUNCTION_ID": "000005e5-d1dd",
    "MAHALANOBIS_DISTANCE": 4.5,
    "MAHALANOBIS_DISTANCE_UNIT": None,
    "APPROACH_ANGLE": 12.5,
    "APPROACH_ANGLE_UNIT": "deg",
    "COLLISION_MAX_PROBABILITY": 2e-5,
    "COLLISION_MAX_PC_METHOD": "SCALE_COMBINED_COVAR",
    "SAT1_OPS_STATUS": "OPERATIONAL",
    "SAT1_HBR": 2.5,
    "SAT1_HBR_UNIT": "m",
    "SAT1_APOAPSIS_ALTITUDE": 800,
    "SAT1_APOAPSIS_ALTITUDE_UNIT": "km",
    "SAT1_PERIAPSIS_ALTITUDE": 750,
    "SAT1_INCLINATION": 89,
    "SAT1_INCLINATION_UNIT": "deg",
    "SAT2_HBR": 5,
    "USER_DEFINED_MEETS_ALERTABLE_CRITERIA": "true",
    "USER_DEFINED_DILUTION_STATUS": "NOT DILUTED",
}


def test_what_traffic_coordination_sends_is_known_word_for_word():
    flat = {key: value for key, value in fields(replace(message(), comments=())).items() if "VERS" not in key}
    flat = {key: value for key, value in flat.items() if "COMMENT" not in key}
    read = cdm_json.read(
        content_of({"TRACSS_CDM_VERS": "2.1", **flat, **TRACSS}), strictness=Strictness.LENIENT
    )
    assert {told.keyword for told in read.deviations} == {"TRACSS_CDM_VERS", "CCSDS_CDM_VERS"}
    (record,) = read.records
    assert record.hard_body_radius_m == 7.5
    assert dict(record.other_fields)["USER_DEFINED_DILUTION_STATUS"] == "NOT DILUTED"
    assert dict(record.first.other_fields)["APOAPSIS_ALTITUDE"] == "800"
    again = cdm_json.read(cdm_json.write([record]))
    assert again.deviations == ()
    assert sorted(again.records[0].other_fields) == sorted(record.other_fields)
