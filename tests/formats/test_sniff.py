"""Is every input known for what it is, and is whatever is none named in one line that says what to do?"""

import bz2
import gzip
import io
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import UnreadableInput, WrongUsage
from baken.formats import sniff
from baken.formats.reading import Reading, Strictness
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from tests.formats.element_sets import VANGUARD, VANGUARD_ROW, content_of
from tests.formats.test_omm_csv import SPACE_TRACK_ROW, table
from tests.formats.test_omm_json import document

OURS = ("3le", "omm-csv", "omm-json", "omm-kvn", "omm-xml")
SAMPLES = {
    "3le": content_of(*VANGUARD),
    "omm-csv": table(SPACE_TRACK_ROW),
    "omm-json": document(SPACE_TRACK_ROW),
}


def zipped(content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("catalogue.csv", content)
    return archive.getvalue()


def tarred(content: bytes) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("catalogue.3le"))
    return archive.getvalue() + content


def test_our_formats_are_listed_like_a_strangers_in_one_order() -> None:
    names = list(sniff.known_formats())
    assert set(OURS) <= set(names)
    assert names == sorted(names)
    assert all(name == known.NAME for name, known in sniff.known_formats().items())


@pytest.mark.parametrize("name", OURS)
def test_every_format_recognises_what_it_writes(name: str) -> None:
    (element_set,) = sniff.read_any(SAMPLES["omm-csv"]).records
    written = sniff.writer_of(name)([element_set])
    assert name == sniff.format_of(written).NAME
    reading = sniff.read_any(gzip.compress(written))
    assert reading.format_name == name
    assert reading.records[0].identity == element_set.identity


@pytest.mark.parametrize("name", SAMPLES)
def test_exactly_one_format_claims_each_sample(name: str) -> None:
    for content in (SAMPLES[name], b"\xef\xbb\xbf" + SAMPLES[name], b"\r\n" + SAMPLES[name]):
        claims = [known.NAME for known in sniff.known_formats().values() if known.sniff(content)]
        assert claims == [name]


def test_a_named_format_ends_all_guessing() -> None:
    with pytest.raises(UnreadableInput):
        sniff.read_any(SAMPLES["omm-csv"], format_name="3le")
    with pytest.raises(WrongUsage, match="there is no format 'pdf'; the formats are 3le, "):
        sniff.read_any(SAMPLES["omm-csv"], format_name="pdf")
    with pytest.raises(WrongUsage):
        sniff.writer_of("pdf")


def test_realm_marking_and_lineage_reach_every_record() -> None:
    carried = {
        "realm": Realm.EXERCISE,
        "marking": Marking(owner="NL"),
        "lineage": Lineage(method="as published"),
    }
    for content in SAMPLES.values():
        (record,) = sniff.read_any(content, **carried).records  # type: ignore[arg-type]
        assert {"realm": record.realm, "marking": record.marking, "lineage": record.lineage} == carried


def test_reading_is_lenient_unless_strictness_is_asked() -> None:
    content = content_of("# A remark", *VANGUARD)
    assert sniff.read_any(content).rejected == ()
    assert len(sniff.read_any(content, strictness=Strictness.STRICT).rejected) == 1


def test_a_reading_without_orbits_says_so() -> None:
    assert sniff.orbits_among(Reading(format_name="3le", records=())) == ()
    said = "no element sets or ephemerides are in it: its cdm-kvn holds records of SimpleNamespace"
    with pytest.raises(UnreadableInput, match=said):
        sniff.orbits_among(Reading(format_name="cdm-kvn", records=(SimpleNamespace(),)))


LOGIN_PAGE = b"""<!DOCTYPE html>
<html><head><title>Space-Track.Org</title></head><body><form><input type="password"></form></body></html>"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this is empty; fetch it anew"),
        (b" \r\n\r\n", "this is empty"),
        (b"\xef\xbb\xbf", "this is empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00" * 9, "this is binary"),
        (content_of(*VANGUARD)[:30] + b"\x00\x01", "no known format|binary"),
        (zipped(content_of(*VANGUARD)), "this is a ZIP archive; give what is inside it"),
        (tarred(content_of(*VANGUARD)), "this is a tar archive; give what is inside it"),
        (bz2.compress(content_of(*VANGUARD)), "this is a bzip2 archive"),
        (gzip.compress(gzip.compress(content_of(*VANGUARD))), "a gzip archive within a gzip archive"),
        (b"%PDF-1.7", "this is a PDF document"),
        (content_of(*VANGUARD).decode().encode("utf-16"), "this is text in UTF-16; save it as UTF-8"),
        (LOGIN_PAGE, "this is a web page titled 'Space-Track.Org', not data; log in and fetch it anew"),
        (b"<html><body>Not Found</body></html>", "this is a web page, not data; check the address"),
        (b"No GP data found", 'answered "No GP data found"; check the name or number'),
        (
            b"GP data has not updated since your last successful download of GROUP=active at 2026-07-10.",
            "answered .GP data has not updated.*; use the copy you have, and ask again in two hours",
        ),
        (b'{"Login":"Failed"}', "check the account's name and password"),
        (b'{"Login": "Failed"}', "check the account's name and password"),
        (b'[{"error":"You\'ve violated your query rate limit. Please refer to"}]', "wait an hour"),
        (b'Invalid query: "CATNRS=5" (CATNR)', "check the address"),
        (
            b"dear reader,\n",
            "this is of no known format: it begins 'dear reader,'; name one with --format: 3le",
        ),
        (b'{\n  "type": "bundle",\n  "id": 7}', 'begins \'{ "type": "bundle", "id": 7}\''),
        (b"a" * 10_000_000, "no known format: it begins 'aaaa"),
    ],
)
def test_what_is_no_format_is_named_in_one_line(content: bytes, said: str) -> None:
    for packed in (content, gzip.compress(content)):
        if content.startswith(b"\x1f\x8b") and packed is not content:
            continue
        with pytest.raises(UnreadableInput, match=said) as refused:
            sniff.read_any(packed)
        assert "\n" not in str(refused.value)
        assert len(str(refused.value)) < 300


def test_a_page_is_named_also_when_a_format_was_asked_for() -> None:
    for name in OURS:
        with pytest.raises(UnreadableInput, match="this is a web page"):
            sniff.read_any(LOGIN_PAGE, format_name=name)


# --- gzip ------------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.integers(2, len(gzip.compress(SAMPLES["omm-csv"], mtime=0)) - 1))
def test_an_archive_cut_anywhere_is_named(length: int) -> None:
    with pytest.raises(UnreadableInput, match=r"gzip archive is (cut short|damaged)"):
        sniff.unpack(gzip.compress(SAMPLES["omm-csv"], mtime=0)[:length])


@settings(max_examples=30)
@given(st.data())
def test_a_damaged_archive_is_named_or_its_damage_told_by_its_content(data: st.DataObject) -> None:
    packed = bytearray(gzip.compress(SAMPLES["omm-csv"], mtime=0))
    at = data.draw(st.integers(10, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(UnreadableInput, match="gzip archive"):
        sniff.unpack(bytes(packed))


def test_archives_one_after_another_are_one_content() -> None:
    assert sniff.unpack(gzip.compress(b"1 ") + gzip.compress(b"2 ")) == b"1 2 "


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"0" * 5_000_000)
    with pytest.raises(UnreadableInput, match="grows past 1000000 bytes"):
        sniff.unpack(bomb, max_length=1_000_000)


def refusal_of(content: bytes) -> str:
    try:
        sniff.read_any(content)
    except UnreadableInput as refused:
        return str(refused)
    return ""


@settings(max_examples=40)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_guess_stumble(content: bytes) -> None:
    for start in (b"", b"\x1f\x8b", b"<", b"{", b"EPOCH,MEAN_MOTION,"):
        assert "\n" not in refusal_of(start + content)


def test_the_kinds_of_shared_files_are_known(shared_data: Path) -> None:
    for path in [*shared_data.glob("catalogue/*.gz"), *shared_data.glob("breakup/*/*.gz")]:
        with gzip.open(path) as content:
            known = sniff.format_of(content.read(sniff.HEAD_LENGTH))
        assert ("csv" in path.name) == (known.NAME == "omm-csv")
        assert ("csv" not in path.name) == (known.NAME == "3le")


def test_a_quoted_row_is_no_format_of_its_own() -> None:
    assert sniff.format_of(table(VANGUARD_ROW, quoting=1)).NAME == "omm-csv"
