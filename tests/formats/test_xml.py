"""Is XML read for what it says, and never for what it would like the reader to do?"""

import time

import pytest

from baken.errors import UnreadableInput
from baken.formats import _xml, cdm_xml, ndm_xml, ocm_xml, oem_xml, omm_xml, opm_xml, rdm_xml, tdm_xml
from tests.formats.ccsds import all_same, edited, lenient, own, sample

XML = [opm_xml, omm_xml, oem_xml, ocm_xml, cdm_xml, tdm_xml, rdm_xml]
A_MOMENT_S = 10.0
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10))


@pytest.mark.parametrize("form", XML)
@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE omm>",
        b'<!DOCTYPE omm SYSTEM "http://127.0.0.1:9/x.dtd">',
        b'<!DOCTYPE omm [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        b"<!DOCTYPE omm [" + LAUGHS + b"]>",
    ],
)
def test_a_document_type_is_refused_whatever_it_says(form, doctype):
    content = sample(form)
    declaration, rest = content.split(b"?>", 1)
    attack = edited(declaration + b"?>" + doctype + rest, "SIM BAKEN 1", "&x;&l9;")
    started_s = time.process_time()
    with pytest.raises(UnreadableInput, match="DOCTYPE"):
        form.read(attack)
    assert time.process_time() - started_s < A_MOMENT_S


@pytest.mark.parametrize("form", XML)
@pytest.mark.parametrize(
    "plant",
    [b"&undefined;", b"<b>" * 5000, b"<b>" * 100 + b"</b>" * 100, b"A" * 20_000_000, b"<b/>" * 3_000_000],
    ids=["entity", "deep", "nested", "long text", "many elements"],
)
def test_a_hostile_document_costs_a_moment(form, plant):
    content = sample(form).replace(b"SIM BAKEN 1", plant, 1)
    started_s = time.process_time()
    try:
        refused = bool(form.read(content).rejected)
    except UnreadableInput:
        refused = True
    assert refused
    assert time.process_time() - started_s < A_MOMENT_S


@pytest.mark.parametrize("form", XML)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "<header>",
            '<header xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/>',
        ),
        ("<header>", '<header note="' + "A" * 20_000_000 + '">'),
        ("<header>", "<header " + " ".join(f'a{n}="1"' for n in range(200_000)) + ">"),
        ("<header>", '<header><?xml-stylesheet href="file:///etc/passwd"?><root:x/>'),
    ],
    ids=["XInclude", "huge attribute", "many attributes", "unbound prefix"],
)
def test_nothing_is_fetched_and_nothing_swells(form, old, new):
    content = edited(sample(form), old, new)
    started_s = time.process_time()
    try:
        told = str(lenient(form, content))
    except UnreadableInput as refused:
        told = str(refused)
    assert "root:x:0" not in told.replace("<root:x", "")
    assert "/bin/" not in told
    assert time.process_time() - started_s < A_MOMENT_S


@pytest.mark.parametrize("form", XML)
def test_namespaces_xml_comments_and_indentation_change_nothing(form):
    content = sample(form)
    root = f"<{form.NAME.split('-')[0]} ".encode()
    dressed = content.replace(root, root + b'xmlns="urn:ccsds:schema:ndmxml" ', 1)
    dressed = dressed.replace(b"<header>", b"<!-- an aside --><header><?tool does not matter?>", 1)
    dressed = b"\n".join(line.strip() for line in dressed.splitlines())
    read = form.read(dressed)
    assert read.rejected == ()
    assert all_same(read.records, form.read(content).records)


@pytest.mark.parametrize("form", XML)
def test_many_messages_in_one_document_are_all_read(form):
    records = form.read(sample(form)).records
    content = form.write(records)
    inner = content.split(b"?>", 1)[1]
    together = b"<ndm>" + inner + inner + b"</ndm>"
    assert ndm_xml.sniff(together)
    assert not form.sniff(together)
    assert ndm_xml.read(together).format_name == form.NAME
    assert all_same(form.read(together).records, records + records)


def test_a_message_of_another_kind_beside_ours_is_passed_over():
    content = own("element_set.xml").split(b"?>", 1)[1]
    together = b"<ndm><opm id='CCSDS_OPM_VERS' version='3.0'><header/></opm>" + content + b"</ndm>"
    assert len(omm_xml.read(together).records) == 1


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ('id="CCSDS_OMM_VERS"', 'id="OMM"', "omm"),
        ('version="3.0"', 'version="9.9"', "CCSDS_OMM_VERS"),
        ('<INCLINATION units="deg">', '<INCLINATION units="rad">', "INCLINATION"),
        ("<BSTAR>.16091E-2</BSTAR>", "<BSTAR/>", "BSTAR"),
        ("<EPHEMERIS_TYPE>0", "<COMMENT>x</COMMENT><EPHEMERIS_TYPE>0", None),
        ("<NORAD_CAT_ID>", "<COMMENT>x</COMMENT><NORAD_CAT_ID>", "COMMENT"),
        ("<spacecraftParameters>", "<tleParameters/><spacecraftParameters>", "spacecraftParameters"),
        ("<spacecraftParameters>", "<weather/><spacecraftParameters>", "weather"),
        ("<MASS units", "<MASS><X/></MASS><MASS units", "MASS"),
        (' parameter="SOURCE"', "", "USER_DEFINED"),
        ("</segment>", "</segment><segment/>", "segment"),
        ("<header>", "<header/><header>", "header"),
    ],
)
def test_strict_refuses_and_names_the_element(old, new, keyword):
    read = omm_xml.read(edited(own("element_set.xml"), old, new))
    if keyword is None:
        assert read.rejected == ()
        return
    assert keyword in [told.keyword for told in read.deviations]
    assert all(told.line > 0 for told in read.deviations)


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ("<Y>75", "<Y>x75", "Y"),
        ("<Y>75", "<Y units='m'>75", "Y"),
        ("<Y>75", "<Q>1</Q><Y>75", "Q"),
        ("<stateVector>", "<weather/><stateVector>", "weather"),
        ("</covarianceMatrix>", "</covarianceMatrix><stateVector/>", "stateVector"),
        ("<data>", "<metadata/><data>", "metadata"),
        ("<segment>", "<stateVector/><segment>", "stateVector"),
        ("<CX_X ", "<NEW/><CX_X ", "NEW"),
        ("</data>", "</data><more/>", "more"),
    ],
)
def test_strict_refuses_and_names_the_element_of_an_ephemeris(old, new, keyword):
    read = oem_xml.read(edited(sample(oem_xml), old, new))
    assert keyword in [told.keyword for told in read.deviations]
    assert read.records == ()


def test_nil_says_that_an_optional_field_is_not_known_and_cannot_say_it_of_an_obligatory_one():
    content = edited(sample(cdm_xml), '<MASS units="kg">251.6</MASS>', '<MASS nil="true" units="kg"/>')
    assert cdm_xml.read(content).records[0].first.physical.mass_kg is None
    content = edited(sample(cdm_xml), '<X units="km">2570.097065</X>', '<X nil="true" units="km"/>')
    (rejection,) = lenient(cdm_xml, content).rejected
    assert rejection.field == "X"


def test_lines_are_counted_past_what_sixteen_bits_hold():
    content = own("element_set.xml").split(b"?>", 1)[1]
    bad = edited(content, "<BSTAR>.16091E-2", "<BSTAR>x")
    line = [b"<BSTAR>" in text for text in bad.splitlines()].index(True)
    together = b"<ndm>" + b"\n" * 70_000 + bad + b"</ndm>"
    assert omm_xml.read(together).rejected[0].line == 70_000 + line + 1


def test_an_element_is_let_go_when_it_is_read():
    content = b"<ndm>" + own("element_set.xml").split(b"?>", 1)[1] * 3 + b"</ndm>"
    kept = []
    for element in _xml.closed_elements(content, ["omm"]):
        _xml.let_go(element)
        kept.append(len(element.getparent()))
    assert kept == [3, 2, 1]
