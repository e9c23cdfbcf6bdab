"""Does every reader refuse a hostile file in one line, soon, and without a mistake of ours?"""

import gzip
import zlib
from collections.abc import Callable

import pytest

from baken.errors import BakenError
from baken.evidence.check_proof import check_proof
from baken.evidence.signed_note import read_note, read_verifier_key
from baken.evidence.witness import read_split_view
from baken.exercise.scenario import read_scenario
from baken.feeds.answers import Format, what_is_wrong_with
from baken.formats.cacao import read_cacao
from baken.formats.cap_reading import read_cap
from baken.formats.gravity_field import read_gravity_field
from baken.formats.hard_body_radii import read_hard_body_radii
from baken.formats.population_grid import read_population_grid
from baken.formats.regions_geojson import read_regions_geojson
from baken.formats.regions_shapefile import read_regions_shapefile
from baken.formats.sniff import read_any
from baken.formats.toml_table import read_toml
from baken.formats.triage_rules import read_triage_rules
from baken.incident.determination import determination_of
from baken.incident.priority_file import read_priority_rules
from baken.records.region import RegionKind
from baken.respond.directory_file import read_directory
from baken.respond.mechanism_file import read_mechanism

SECRET = "a line of a file nobody was to see"
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "lol">'
    + b"".join(b'<!ENTITY %s%d "%s">' % (b"x", n, b"&x%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><omm>&x9;</omm>"
)
HOSTILE = {
    "nothing": b"",
    "nested lists": b"[" * 100_000,
    "nested lists that close": b"[" * 50_000 + b"]" * 50_000,
    "nested objects": b'{"a":' * 100_000,
    "nested tables of TOML": b"a = " + b"[" * 100_000,
    "nested inline tables of TOML": b"a = " + b"{b=" * 50_000,
    "a number of TOML without end": b"a = " + b"9" * 100_000,
    "a key of TOML without end": b"a." * 50_000 + b"a = 1",
    "a number without end": b'{"a": ' + b"9" * 100_000 + b"}",
    "half a character": b'{"a": "\\ud800"}',
    "no text": bytes(range(256)) * 100,
    "a list of nothing": b"[null]",
    "entities of entities": BILLION,
    "an entity from a file": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:FILE">]><alert>&x;</alert>',
    "nested elements": b'<?xml version="1.0"?><alert>' + b"<a>" * 100_000,
    "a packed flood": gzip.compress(b"0" * 4_000_000, 1),
    "a damaged archive": gzip.compress(b"1 2 3")[:-9] + b"\xff" * 9,
    "an archive of nothing": b"\x1f\x8b\x08\x00" + b"\xff" * 60,
}


def text_reader(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda content: read(content.decode("utf-8", "replace"))


READERS: dict[str, Callable[[bytes], object]] = {
    "any format": read_any,
    "toml": text_reader(read_toml),
    "scenario": text_reader(read_scenario),
    "priority rules": text_reader(read_priority_rules),
    "triage rules": read_triage_rules,
    "directory": text_reader(read_directory),
    "mechanism": text_reader(read_mechanism),
    "cacao": text_reader(read_cacao),
    "cap": read_cap,
    "gravity field": lambda content: read_gravity_field(content, 4),
    "hard-body radii": read_hard_body_radii,
    "population grid": read_population_grid,
    "regions geojson": lambda content: read_regions_geojson(content, RegionKind.SEA),
    "regions shapefile": lambda content: read_regions_shapefile(content, content, RegionKind.SEA),
    "determination": determination_of,
    "split view": read_split_view,
    "proof": lambda content: check_proof(content, ()),
    "signed note": read_note,
    "verifier key": text_reader(read_verifier_key),
    "answer of a service": lambda content: what_is_wrong_with(content, Format.JSON),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_file_is_refused_and_never_a_mistake_of_ours(reader: str, tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    for name, content in HOSTILE.items():
        told = answered(READERS[reader], content.replace(b"FILE", str(secret).encode()))
        assert isinstance(told, str), f"{reader}, given {name}: {type(told).__name__}: {str(told)[:200]}"
        assert SECRET not in told


def answered(read: Callable[[bytes], object], content: bytes) -> str | Exception:
    """Return what a reader makes of a content, its refusal in words, or its mistake."""
    try:
        read(content)
    except BakenError as refused:
        return str(refused)
    except (ValueError, TypeError, LookupError, RecursionError, OSError, zlib.error) as mistake:
        return mistake
    return ""
