"""Are gravity fields read as ICGEM writes them, and refused when they are something else?"""

import gzip
from pathlib import Path

import numpy as np
import pytest

from baken.astro.forces.gravity import egm2008
from baken.errors import BadMessage, UnreadableInput
from baken.formats.gravity_field import read_gravity_field

HEAD = """modelname a_field
earth_gravity_constant 0.3986004415D+15
radius 6378136.3
max_degree 2
tide_system zero_tide
end_of_head ====
gfc 0 0 1.0 0.0
"""


def field_of(*lines: str, head: str = HEAD) -> bytes:
    return (head + "\n".join(lines) + "\n").encode()


def test_a_field_is_read_packed_or_not() -> None:
    content = field_of("gfc 2 0 -0.484D-03 0.0 1e-11 0.0", "gfc 2 1 1e-10 2e-9", "gfc 3 0 1.0 0.0")
    for packed in (content, gzip.compress(content)):
        field = read_gravity_field(packed, 2)
        assert (field.name, field.mu_m3_s2, field.tide_system) == ("a_field", 3.986004415e14, "zero_tide")
        assert (field.cosine[2, 0], field.sine[2, 1]) == (-0.484e-3, 2e-9)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"gfc 2 0 1 0\n", "no line says end_of_head"),
        (field_of(head=HEAD.replace("6378136.3", "far")), "radius"),
        (field_of(head="norm unnormalized\n" + HEAD), "norm"),
        (field_of("gfc 2 0 none 0.0"), "8 gfc"),
        (field_of("gfc 2 3 0.0 0.0"), "order 3 does not belong to degree 2"),
        (field_of("gfct 2 0 -0.4e-3 0.0 20050101"), "changes with time"),
        (field_of(head=HEAD.replace("max_degree 2", "max_degree 1")), "ends at degree 1"),
    ],
)
def test_what_is_no_static_field_is_refused_with_its_place(content: bytes, what: str) -> None:
    with pytest.raises((BadMessage, UnreadableInput), match=what):
        read_gravity_field(content, 2)


@pytest.mark.capability("Gravity fields of ICGEM", status="VALIDATED", authority="EGM2008, as in heyoka 7.13")
def test_egm2008_from_its_file_is_what_heyoka_carries(shared_data: Path) -> None:
    field = read_gravity_field((shared_data / "gravity" / "EGM2008_120.gfc.gz").read_bytes(), 70)
    ours = egm2008(70)
    assert np.array_equal(field.cosine, ours.cosine)
    assert np.array_equal(field.sine, ours.sine)
