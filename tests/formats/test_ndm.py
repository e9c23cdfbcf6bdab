"""Is every message of a combined document read by the format that knows it, and none of them lost?"""

import time

import pytest
from lxml import etree

from baken.errors import UnreadableInput, WrongUsage
from baken.formats import cdm_xml, ndm_xml, oem_xml, omm_xml
from baken.formats.message import KeptDocument, KeptMessage
from baken.formats.reading import Strictness
from baken.formats.sniff import format_of, read_any
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.ephemeris import Ephemeris
from baken.records.orbit import ElementSet
from tests.formats.ccsds import all_same, edited, sample

A_MOMENT_S = 10.0
KINDS = (omm_xml, cdm_xml, oem_xml)
ATTITUDE = b"""<apm id="CCSDS_APM_VERS" version="1.0"><header>
<CREATION_DATE>2026-02-14T19:23:57</CREATION_DATE></header><body/></apm>"""
WORDS = b"<MESSAGE_ID>NDM-1</MESSAGE_ID><COMMENT>of several kinds</COMMENT>"


def inner(form) -> bytes:
    return sample(form).split(b"?>", 1)[1]


def combined(*parts: bytes) -> bytes:
    return b"<?xml version='1.0'?>\n<ndm>" + b"\n".join(parts) + b"</ndm>"


def records_of(form) -> tuple:
    return form.read(sample(form)).records


def canonical(content: bytes) -> str:
    return etree.canonicalize(content.decode(), strip_text=True)


EVERYTHING = combined(WORDS, *map(inner, KINDS), ATTITUDE)


def test_every_constituent_becomes_what_its_own_format_makes_of_it():
    read = ndm_xml.read(EVERYTHING)
    assert read.rejected == read.deviations == ()
    words, attitude, *others = read.records
    assert isinstance(words, KeptMessage)
    assert words.message.texts() == {"MESSAGE_ID": "NDM-1"}
    assert words.message.comments == ("of several kinds",)
    assert isinstance(attitude, KeptDocument)
    assert (attitude.kind, attitude.content) == ("APM", ATTITUDE)
    assert "nobody here reads <apm>" in attitude.because
    assert all_same(tuple(others), tuple(record for form in KINDS for record in records_of(form)))


def test_a_document_of_one_kind_goes_by_the_name_of_that_kind():
    content = combined(inner(omm_xml), inner(omm_xml))
    assert format_of(content) is ndm_xml
    read = read_any(content)
    assert (read.format_name, len(read.records)) == ("omm-xml", 2)


def test_a_combined_message_is_written_as_one_and_comes_back_as_it_was():
    read = ndm_xml.read(EVERYTHING)
    written = ndm_xml.write(read.records)
    again = ndm_xml.read(written)
    assert again.rejected == again.deviations == ()
    assert [type(record) for record in again.records] == [type(record) for record in read.records]
    assert all_same(again.records[2:], read.records[2:])
    assert canonical(again.records[1].content) == canonical(ATTITUDE)
    assert ndm_xml.write(again.records) == written


def test_records_of_one_kind_are_written_as_one_document_of_that_kind():
    (record,) = records_of(cdm_xml)
    assert all_same(cdm_xml.read(ndm_xml.write([record])).records, (record,))


def test_what_no_format_can_write_is_refused_by_name():
    with pytest.raises(WrongUsage, match="no room for one str"):
        ndm_xml.write(["a text"])


def test_a_fault_is_told_at_its_line_in_the_document():
    bad = edited(inner(cdm_xml), '<MASS units="kg">251.6', '<MASS units="kg">x')
    content = combined(inner(omm_xml), bad, inner(oem_xml))
    line = next(n for n, text in enumerate(content.splitlines(), 1) if b'"kg">x' in text)
    read = ndm_xml.read(content)
    assert [(told.line, told.keyword) for told in read.deviations] == [(line, "MASS")]
    assert [(one.line, one.field) for one in read.rejected] == [(line, "MASS")]
    assert [type(record) for record in read.records] == [ElementSet, Ephemeris, Ephemeris]
    lenient = ndm_xml.read(content, strictness=Strictness.LENIENT)
    assert sum(isinstance(record, ConjunctionMessage) for record in lenient.records) == 1


@pytest.mark.parametrize(
    ("parts", "keyword"),
    [
        ((inner(omm_xml), b"<weather/>"), "weather"),
        ((inner(omm_xml), WORDS), "MESSAGE_ID"),
        ((b"<COMMENT>x</COMMENT>", WORDS), "MESSAGE_ID"),
        ((ATTITUDE.replace(b"CCSDS_APM_VERS", b"APM"),), "apm"),
    ],
)
def test_strict_refuses_what_has_no_place_in_the_wrapper(parts, keyword):
    content = combined(*parts)
    read = ndm_xml.read(content)
    assert read.deviations[0].keyword == read.rejected[0].field == keyword
    assert read.deviations[0].line > 0
    told = ndm_xml.read(content, strictness=Strictness.LENIENT)
    assert told.rejected == ()
    assert told.deviations == read.deviations


def test_an_empty_document_holds_nothing_and_says_so():
    read = ndm_xml.read(b"<?xml version='1.0'?><ndm>\n</ndm>")
    assert (read.n_read, read.deviations) == (0, ())


def test_a_message_that_nobody_reads_is_kept_up_to_a_size():
    long = ATTITUDE.replace(b"<body/>", b"<body>" + b"<x>1</x>" * 1_500_000 + b"</body>")
    with pytest.raises(UnreadableInput, match="too long to keep"):
        ndm_xml.read(combined(long))


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE ndm [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><ndm><COMMENT>&x;</COMMENT></ndm>",
        b"<ndm>" + b"<b>" * 5_000,
        b"<ndm><apm id='CCSDS_APM_VERS'>" + b"<b/>" * 3_000_000 + b"</apm></ndm>",
        b"<ndm>" + b"<COMMENT>x</COMMENT>" * 200_000,
        b"<ndm><omm>" + b"A" * 20_000_000 + b"</omm></ndm>",
    ],
    ids=["entity", "deep", "many", "broken off", "long"],
)
def test_a_hostile_document_costs_a_moment(content):
    started_s = time.process_time()
    with pytest.raises(UnreadableInput):
        ndm_xml.read(content)
    assert time.process_time() - started_s < A_MOMENT_S
