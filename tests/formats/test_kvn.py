"""Is KVN cut where the standard says, and does no text whatever bring the readers down?"""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import UnreadableInput, WrongUsage
from baken.formats import _kvn, cdm_kvn, ocm_kvn, oem_kvn, omm_kvn, opm_kvn, rdm_kvn, tdm_kvn
from baken.formats._grammar import (
    DEGREE,
    KILOMETRE,
    PER_CENT,
    REVOLUTION_PER_DAY,
    number,
    si_from,
    text_from_si,
)
from baken.formats._values import settle
from baken.formats.message import MAX_LINES, MAX_TOLD, Entry
from baken.formats.omm_table import GRAMMAR, MEAN_ELEMENTS
from baken.formats.reading import Reading, Strictness
from tests.formats.ccsds import ALL_FORMS, FORMS, all_same, edited, lenient, own, sample

KVN = [opm_kvn, omm_kvn, oem_kvn, ocm_kvn, cdm_kvn, tdm_kvn, rdm_kvn]
SPACED_EQUALS = re.compile(rb"^([A-Z][A-Z0-9_]*) = ", re.MULTILINE)
A_MOMENT_S = 20.0  # far more than any of these needs; a reader that hangs needs for ever


@pytest.mark.parametrize(
    ("line", "keyword", "text"),
    [
        ("EPOCH = 2020", "EPOCH", "2020"),
        ("EPOCH=2020", "EPOCH", "2020"),
        ("COMMENT a = b", "COMMENT", "a = b"),
        ("COMMENT", "COMMENT", ""),
        ("COMMENTARY = 1", "COMMENTARY", "1"),
        ("COMMENT  two spaces", "COMMENT", " two spaces"),
        ("META_START", "", "META_START"),
        ("= 1234", "", "= 1234"),
        ("A = b = c", "A", "b = c"),
    ],
)
def test_a_line_is_cut_at_its_first_equals_sign(line, keyword, text):
    assert _kvn.entry_of(line, 1) == Entry(keyword, text, 1)


@pytest.mark.parametrize(
    ("text", "kept", "fault"),
    [
        ("51.6 [deg]", "51.6", ""),
        ("51.6[deg]", "51.6", ""),
        ("51.6", "51.6", ""),
        ("51.6 [DEG]", "51.6", "is in 'DEG'; it must be in deg"),
        ("51.6 [km]", "51.6", "is in 'km'; it must be in deg"),
        ("51.6 [rad]", "", "is in 'rad'; it must be in deg"),
        ("51.6 [", "51.6", "has a unit that is cut off"),
        ("[deg]", "", "has no value"),
        ("1e308", "", "is a number too large to hold"),
        ("51,6", "", "is not a number: '51,6'"),
        ("1_0", "", "is not a number: '1_0'"),
        ("٥١", "", "is not a number: '٥١'"),
        ("9" * 1000, "", "is not a number: '" + "9" * 40 + "...'"),
    ],
)
def test_a_value_is_settled_by_its_field(text, kept, fault):
    assert settle(text, "", MEAN_ELEMENTS.places["RA_OF_ASC_NODE"][1]) == (kept, "") if not fault else True
    assert settle(text, "", GRAMMAR.block("meanElements").places["INCLINATION"][1]) == (kept, fault)


@pytest.mark.parametrize("form", KVN)
@pytest.mark.parametrize(
    "dress",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"\n", b"\n\n"),
        lambda text: text.replace(b"\n", b" \t \n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: b"\n\n" + text.rstrip(),
        lambda text: SPACED_EQUALS.sub(rb"\1=", text),
        lambda text: SPACED_EQUALS.sub(rb"\1     =  ", text),
    ],
)
def test_line_ends_blanks_and_spacing_change_nothing(form, dress):
    content = sample(form)
    read = form.read(dress(content))
    assert read.rejected == ()
    assert all_same(read.records, form.read(content).records)


@pytest.mark.parametrize("form", KVN)
def test_letters_beyond_ascii_are_kept_and_control_characters_refused(form):
    content = sample(form).replace(b"SIM BAKEN 1", "SÏM BAKEN é".encode())
    assert form.read(content).rejected == ()
    assert "SÏM BAKEN é".encode() in form.write(form.read(content).records)
    bell = edited(sample(form), "SIM BAKEN 1", "SIM\x07BAKEN")
    assert "printable" in form.read(bell).rejected[0].reason


@pytest.mark.parametrize("form", KVN)
def test_nothing_can_be_smuggled_into_another_line(form):
    (record, *_) = form.read(sample(form)).records
    content = form.write([record])
    (kept,) = omm_kvn.read(own("other_theory.omm")).records
    assert content  # the record itself can be written
    with pytest.raises(WrongUsage, match="one line"):
        _kvn.checked("A\nNORAD_CAT_ID = 1", "OBJECT_NAME")
    with pytest.raises(WrongUsage, match="no keyword"):
        _kvn.checked_keyword("A = 1\nB")
    assert kept.message.texts()["OBJECT_NAME"] == "SIM BAKEN 2"


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize("kind", FORMS)
def test_a_record_of_another_kind_has_no_room_in_a_message(form, kind):
    records = FORMS[kind][0].read(sample(FORMS[kind][0])).records
    if form in FORMS[kind]:
        return
    with pytest.raises(WrongUsage, match="no room"):
        form.write(records)


def test_keywords_of_a_block_keep_their_order():
    content = own("element_set.omm").decode().splitlines()
    content[17], content[18] = content[18], content[17]
    (told,) = omm_kvn.read("\n".join(content).encode()).deviations
    assert (told.line, told.keyword) == (19, "MEAN_MOTION")


@pytest.mark.parametrize(("form", "name"), [(omm_kvn, "element_set.omm"), (rdm_kvn, "reentry.rdm")])
def test_a_strange_keyword_does_not_pass_for_user_defined_by_standing_beside_one(form, name):
    content = own(name) + b"USER_DEFINED_COLOUR = red\nSHADE = dark\n"
    assert [told.keyword for told in form.read(content).deviations] == ["SHADE"]


def test_blocks_keep_their_order():
    content = edited(own("element_set.omm"), "MASS = 123.5 [kg]\n", "") + b"MASS = 123.5 [kg]\n"
    (told,) = omm_kvn.read(content).deviations
    assert told.keyword == "MASS"


@settings(max_examples=500)
@given(
    st.floats(-1e12, 1e12, allow_subnormal=False),
    st.sampled_from([DEGREE, KILOMETRE, PER_CENT, REVOLUTION_PER_DAY]),
)
def test_a_number_that_was_sent_in_a_unit_can_be_written_in_it_to_the_last_bit(sent, unit):
    value_si = si_from(sent, unit)
    assert si_from(number(text_from_si(value_si, unit)), unit) == value_si


# --- Whatever comes ---------------------------------------------------------------------------------------


def outcome(form, content: bytes, strictness: Strictness) -> Reading | str:
    """Return what a reader makes of a content; anything but a reading or a clear refusal is a failure."""
    try:
        read = form.read(content, strictness=strictness)
    except UnreadableInput:
        return "unreadable"
    assert all(rejection.reason for rejection in read.rejected)
    assert len(read.deviations) <= MAX_TOLD
    return read


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize("strictness", Strictness)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_text_brings_a_reader_down(form, strictness, data):
    content = bytearray(sample(form))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["cut", "drop", "plant", "repeat", "flip"])):
            case "cut":
                del content[at:]
                content += b"\n"
            case "drop":
                del content[at : at + data.draw(st.integers(1, 200))]
                content += b"\n"
            case "plant":
                content[at:at] = data.draw(st.sampled_from(PLANTS))
            case "repeat":
                content[at:at] = content[at : at + data.draw(st.integers(1, 300))]
            case "flip":
                content[at] = data.draw(st.integers(0, 255))
    outcome(form, bytes(content), strictness)


PLANTS = [
    *(
        b"\n" + word + b"\n"
        for word in (
            *(b"META_START", b"META_STOP", b"COVARIANCE_START", b"COVARIANCE_STOP"),
            *(b"TRAJ_START", b"TRAJ_STOP", b"MAN_START", b"USER_STOP", b"DATA_START", b"DATA_STOP"),
        )
    ),
    *(
        b"\n" + word + b"\n"
        for word in (b"OBJECT = OBJECT2", b"EPOCH = 2016-12-31T23:59:60", b"COMMENT x", b"=")
    ),
    *(
        b"\nCCSDS_" + kind + b"_VERS = 3.0\n"
        for kind in (b"OPM", b"OMM", b"OEM", b"OCM", b"CDM", b"TDM", b"RDM")
    ),
    *(
        b"<segment>",
        b"</segment>",
        b"<metadata/>",
        b"<stateVector/>",
        b"<observation/>",
        b"<COMMENT>",
        b"&lol;",
        b"<!-- x -->",
    ),
    *(
        b"\x00",
        b"\xff\xfe",
        b"nan",
        b"1e400",
        b"[km]",
        b"-",
        b"\n1 2 3\n",
        b"\n2026-02-01T12:00:00 1 2 3 4 5 6\n",
    ),
]


@pytest.mark.parametrize("form", ALL_FORMS)
@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=300))
def test_bytes_that_are_no_message_are_refused_in_one_line(form, content):
    assert outcome(form, content, Strictness.LENIENT) == "unreadable"


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\x00" * 1000, b"\x89PNG\r\n\x1a\n", b"<html></html>", b"{}"]
)
def test_what_is_no_message_is_refused_in_one_line(form, content):
    assert not form.sniff(content)
    with pytest.raises(UnreadableInput) as refusal:
        form.read(content)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_message_cut_short_is_not_taken_for_whole(form):
    content = sample(form)
    for at in range(len(content) // 10, len(content) * 9 // 10, max(1, len(content) // 12)):
        read = outcome(form, content[:at], Strictness.STRICT)
        if form is oem_kvn and at > content.index(b"META_STOP"):
            continue  # a table has no last line: cut between two rows it is a shorter table
        if form is opm_kvn and at > content.index(b"Z_DOT"):
            continue  # all that follows the state may be absent
        if form is ocm_kvn and at > content.index(b"META_STOP"):
            continue  # cut between two blocks, it is a message with fewer blocks
        assert read == "unreadable" or read.rejected


@pytest.mark.parametrize("form", KVN)
@pytest.mark.parametrize(
    "attack",
    [
        lambda head: head + b"A" * 5_000_000,
        lambda head: head + b"COMMENT x\n" * (MAX_LINES + 1),
        lambda head: head + b"A = 1\n" * (MAX_LINES + 1),
        lambda head: head + b"USER_DEFINED_A = 1\n" * (MAX_LINES - 10),
        lambda head: head + b"COMMENT x\nA = 1\n" * (MAX_LINES // 2 - 10),
        lambda head: head * 20_000,
        lambda head: head + b"META_START\nMETA_STOP\n" * 20_000,
        lambda head: head + b"META_START\nTIME_SYSTEM = UTC\nMETA_STOP\n" + b"1 2\n" * 100_000,
    ],
)
def test_a_hostile_text_costs_a_moment(form, attack):
    head = sample(form).splitlines()[0] + b"\n"
    started_s = time.process_time()
    outcome(form, attack(head), Strictness.LENIENT)
    assert time.process_time() - started_s < A_MOMENT_S


def test_one_bad_message_does_not_hide_the_next():
    good = sample(cdm_kvn)
    read = lenient(cdm_kvn, b"CCSDS_CDM_VERS = 1.0\nTCA = never\n" + good)
    assert (len(read.records), len(read.rejected)) == (1, 1)
