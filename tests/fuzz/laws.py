"""What every reader owes to a text it has never seen, whatever it says, and sound texts to begin from."""

import signal
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager
from itertools import chain
from types import FrameType
from typing import Any

from baken.errors import BakenError, WrongUsage
from baken.formats import cdm_json, ndm_xml, omm_csv, omm_json, tle
from baken.formats._kvn import KEYWORD, entries
from baken.formats.oem_kvn import TRIANGLE
from baken.formats.reading import Reading, Strictness
from baken.formats.sniff import Format, known_formats, unpack
from tests.formats.ccsds import ALL_FORMS, sample
from tests.formats.element_sets import VANGUARD, content_of

A_MOMENT_S = 20  # a text of some thousand bytes is read in milliseconds


def sound_texts() -> dict[str, bytes]:
    """Return a text that each format accepts; a new message joins by its sample in ``ccsds``."""
    samples = {form.NAME: sample(form) for form in ALL_FORMS}
    (element_set,) = tle.read(content_of(*VANGUARD)).records
    roots = (samples[name].split(b"?>", 1)[1] for name in samples if name.endswith("-xml"))
    warning = next(form for form in ALL_FORMS if form.NAME == "cdm-kvn").read(samples["cdm-kvn"]).records
    return {
        **samples,
        "3le": content_of(*VANGUARD),
        "omm-csv": omm_csv.write([element_set]),
        "omm-json": omm_json.write([element_set]),
        "cdm-json": cdm_json.write(warning),
        ndm_xml.NAME: b"<ndm><COMMENT>x</COMMENT>%s<apm id='CCSDS_APM_VERS'/></ndm>" % b"".join(roots),
    }


def hold(name: str, content: bytes) -> None:
    """Read a text and hold the reader to its laws.

    It answers in a moment; it raises nothing but a mistake of the sender's; what it takes comes back as it
    was; every line of KVN that says something is found again or told.
    """
    known = known_formats()[name]
    with within(A_MOMENT_S):
        readings = {strictness: _read(known, content, strictness) for strictness in Strictness}
        lenient, strict = readings[Strictness.LENIENT], readings[Strictness.STRICT]
        if lenient is not None and strict is not None and not lenient.deviations:
            assert len(strict.records) == len(lenient.records), (
                "strict refuses, and lenient has nothing to tell"
            )
        if lenient is not None:
            _is_told_or_found(known, content, lenient)


def _read(known: Format, content: bytes, strictness: Strictness) -> Reading[Any] | None:
    try:
        reading = known.read(unpack(content), strictness=strictness)
    except BakenError:
        return None
    assert all(one.reason for one in reading.rejected)
    _comes_back(known, reading)
    return reading


def _comes_back(known: Format, reading: Reading[Any]) -> None:
    """Write what was read, and read it again: as many records, and the same text for ever after."""
    try:
        written = known.write(reading.records)
    except WrongUsage:
        return  # it says what has no room
    if reading.records:
        again = known.read(written, strictness=Strictness.LENIENT)
        assert len(again.records) == len(reading.records), again.rejected
        assert _spoken(known.write(again.records)) == _spoken(written)


def _spoken(text: bytes) -> list[bytes]:
    """Return the lines that say something; in KVN a comment alone in its block moves to the next one."""
    return sorted(line for line in text.splitlines() if line.strip())


def _is_told_or_found(known: Format, content: bytes, reading: Reading[Any]) -> None:
    if not known.NAME.endswith("-kvn") or reading.rejected or len(reading.deviations) > 1_000:
        return
    try:
        written = known.write(reading.records)
    except WrongUsage:
        return
    told = {one.keyword for one in reading.deviations}
    if told & {"EPOCH", *TRIANGLE}:
        told |= {"EPOCH", "COV_REF_FRAME"}  # a matrix stands or falls as a whole
    lines = {one.line for one in reading.deviations}
    lost = _said(content, but_lines=lines) - _said(written, also_in_comments=True)
    assert not lost.keys() - told, f"neither kept nor told: {lost}"


def _said(
    content: bytes, *, but_lines: Set[int] = frozenset(), also_in_comments: bool = False
) -> Counter[str]:
    """Count the keywords that say something."""
    words: Iterator[str] = chain.from_iterable(
        _keywords(entry.keyword, entry.text, also_in_comments)
        for entry in entries(content)
        if entry.line not in but_lines
    )
    return Counter(word for word in words if not word.startswith("CCSDS_"))


def _keywords(keyword: str, text: str, also_in_comments: bool) -> Iterator[str]:
    if keyword == "COMMENT":
        word = text.partition("=")[0].strip()
        yield from [word] if also_in_comments and KEYWORD.fullmatch(word) else []
    elif KEYWORD.fullmatch(keyword) and text.strip() and not text.strip().startswith("["):
        yield keyword


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail where the work takes longer.  Works in a main thread only, where tests and fuzzers run."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"no answer within {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
