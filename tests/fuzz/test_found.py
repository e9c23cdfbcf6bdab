"""What fuzzing found, and must never be found again: each case is a loss that nobody was told of."""

import pytest

from baken.astro.earth_data import earth_data_from_finals2000a
from baken.errors import BadMessage
from baken.formats import (
    _xml,
    cdm_kvn,
    cdm_xml,
    ndm_xml,
    ocm_kvn,
    oem_kvn,
    oem_xml,
    omm_kvn,
    omm_xml,
    tdm_xml,
)
from tests.formats.ccsds import edited, lenient, own, sample
from tests.fuzz.laws import hold
from tests.fuzz.tables import sound_tables

OD_KEYWORD = "ACTUAL_OD_SPAN = 5.5 [d]\n"
OF_ROWS = ("<body>", "<segment>", "<metadata>", "<data>")
TURNED = b"2026-02-01T12:00:00.000 7000.0"


def told(form, content: bytes) -> set[str]:
    hold(form.NAME, content)
    return {one.keyword for one in lenient(form, content).deviations}


def without(content: bytes, *lines: str) -> bytes:
    for line in lines:
        content = edited(content, f"{line}\n", "")
    return content


def test_a_parameter_of_the_user_said_twice_is_told():
    content = own("element_set.omm") + b"USER_DEFINED_SOURCE = another\n"
    assert told(omm_kvn, content) == {"USER_DEFINED_SOURCE"}
    assert "SOURCE" not in dict(lenient(omm_kvn, content).records[0].other_fields)  # two meanings are none


def test_a_field_of_an_object_before_the_first_object_takes_nothing_from_that_object():
    content = edited(own("conjunction.cdm"), "OBJECT = OBJECT1\n", f"{OD_KEYWORD}OBJECT = OBJECT1\n")
    assert "ACTUAL_OD_SPAN" in told(cdm_kvn, content)
    (read,) = lenient(cdm_kvn, content).records
    (sound,) = cdm_kvn.read(own("conjunction.cdm")).records
    assert read.first.orbit_determination == sound.first.orbit_determination


def test_metadata_whose_end_is_missing_is_told():
    content = without(own("ephemeris.oem"), "META_STOP", "COVARIANCE_START")
    assert "COVARIANCE_STOP" in told(oem_kvn, content)
    assert lenient(oem_kvn, content).rejected[0].field == "EPOCH"


def test_metadata_that_stand_among_covariances_are_told():
    content = without(own("ephemeris.oem"), "COVARIANCE_STOP")
    head, _, rest = content.rpartition(b"META_START\n")
    assert {"OBJECT_NAME", "TIME_SYSTEM", "META_STOP"} <= told(oem_kvn, head + rest)


def test_metadata_among_covariances_on_a_clock_nobody_knows_are_told_too():
    content = without(own("ephemeris.oem"), "COVARIANCE_STOP").replace(
        b"TIME_SYSTEM = TT", b"TIME_SYSTEM = MET"
    )
    head, _, rest = content.rpartition(b"META_START\n")
    assert {"OBJECT_NAME", "TIME_SYSTEM", "META_STOP"} <= told(oem_kvn, head + rest)


def test_a_covariance_without_a_segment_is_told():
    content = own("ephemeris.oem")
    start = content.index(b"COVARIANCE_START")
    stop = content.index(b"COVARIANCE_STOP")
    head = content[: content.index(b"META_START")]
    alone = head + content[start:stop] + b"COVARIANCE_STOP\n" + content[content.rindex(b"META_START") :]
    assert {"EPOCH", "COV_REF_FRAME", "CX_X"} <= told(oem_kvn, alone)


def test_every_line_of_a_second_block_is_told():
    content = edited(sample(ocm_kvn), "OD_START\n", "OD_START\nOD_START\n")
    assert {"OD_START", "OD_ID", "OD_METHOD", "WEIGHTED_RMS"} <= told(ocm_kvn, content)


@pytest.mark.parametrize(
    ("form", "before"),
    [
        (omm_xml, "<MASS "),
        (omm_xml, "<segment>"),
        (omm_xml, "<header>"),
        (oem_xml, "<Y>"),
        (oem_xml, "<CY_Y "),
        (oem_xml, "<segment>"),
        (oem_xml, "<covarianceMatrix>"),
        (oem_xml, "<COMMENT>"),
        *(
            (form, before)
            for form in (oem_xml, tdm_xml)
            for before in (*OF_ROWS, *(f"</{name[1:]}" for name in OF_ROWS))
        ),
        (oem_xml, "<stateVector>"),
        (tdm_xml, "<EPOCH>"),
        (tdm_xml, "<observation>"),
        (tdm_xml, "</observation>"),
    ],
)
@pytest.mark.parametrize("n_bytes", [1, 65_536])  # fed at a time
def test_words_between_elements_are_told(form, before, n_bytes, monkeypatch):
    monkeypatch.setattr(_xml, "CHUNK_LENGTH", n_bytes)
    content = edited(sample(form), before, f"lost words {before}")
    assert form.read(content).rejected
    told_of = [one for one in lenient(form, content).deviations if "stand in no element" in one.message]
    assert len(told_of) == 1


@pytest.mark.parametrize("form", [oem_xml, tdm_xml])
@pytest.mark.parametrize("before", ["<header>", "</body>", *OF_ROWS, *(f"</{name[1:]}" for name in OF_ROWS)])
def test_an_element_nobody_knows_is_told_wherever_it_stands(form, before):
    content = edited(sample(form), before, f"<lost/>{before}")
    assert form.read(content).rejected
    assert "lost" in {one.keyword for one in lenient(form, content).deviations}


@pytest.mark.parametrize("before", ["<cdm ", "<oem ", "</ndm>"])
@pytest.mark.parametrize("n_bytes", [1, 65_536])
def test_words_between_the_messages_of_a_combined_document_are_told(before, n_bytes, monkeypatch):
    monkeypatch.setattr(_xml, "CHUNK_LENGTH", n_bytes)
    inner = (sample(form).split(b"?>", 1)[1].decode() for form in (cdm_xml, oem_xml))
    content = edited(b"<ndm>" + "".join(inner).encode() + b"</ndm>", before, f"lost words {before}")
    assert [one.field for one in ndm_xml.read(content).rejected] == ["ndm"]
    assert [one.keyword for one in lenient(ndm_xml, content).deviations] == ["ndm"]


def test_days_of_the_earth_that_are_out_of_order_are_named_by_their_line():
    lines = sound_tables()["finals2000a"].decode().splitlines()
    with pytest.raises(BadMessage, match=r"^2 mjd: day 60000 stands after day 60000"):
        earth_data_from_finals2000a("\n".join(lines[:1] + lines))


@pytest.mark.parametrize(
    ("bad", "said"), [(" 1234.00", "day 1234 is not between"), ("     nan", "'     nan' is no number")]
)
def test_days_of_the_earth_that_no_clock_knows_are_named_by_their_line(bad, said):
    text = sound_tables()["finals2000a"].decode().replace("60000.00", bad)
    with pytest.raises(BadMessage, match=f"^1 mjd: {said}"):
        earth_data_from_finals2000a(text)
