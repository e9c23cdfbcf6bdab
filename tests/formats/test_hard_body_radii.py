"""Is a size taken only where somebody measured one?"""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.errors import UnreadableInput
from baken.formats.hard_body_radii import read_hard_body_radii


def test_a_table_of_our_own_is_read():
    radii = read_hard_body_radii(b"hard_body_radius_m,note,norad_cat_id\n55,station,25544\n2.5,,799500124\n")
    assert radii.radius_m == {25_544: 55.0, 799_500_124: 2.5}
    assert (radii.n_read, radii.n_without_size, radii.rejected) == (2, 0, ())


def test_what_nobody_measured_in_the_table_of_cara_is_no_size():
    table = (
        b"ObjectID,HBR,HBRSigma,HBRSource,Mass,MassSigma,MassSource\n"
        b"1,,0,DISCOS DB,,0,DISCOS DB\n"
        b"2,0,0,DISCOS DB,,0,DISCOS DB\n"
        b"3,14.5,0,Default,,0,DISCOS DB\n"
        b"4,3.25,0.1,SFK RCS Estimate,,0,DISCOS DB\n"
    )
    radii = read_hard_body_radii(gzip.compress(table))
    assert (dict(radii.radius_m), radii.n_without_size, radii.rejected) == ({4: 3.25}, 3, ())


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (b"x,1", "norad_cat_id"), (b"-5,1", "norad_cat_id"), (b"1234567890,1", "norad_cat_id"),
        (b"5,-1", "hard_body_radius_m"), (b"5,nan", "hard_body_radius_m"), (b"5,inf", "hard_body_radius_m"),
        (b"5,1e9", "hard_body_radius_m"), (b"5,big", "hard_body_radius_m"), (b"5", "row"), (b'5,"1', "row"),
        (b"25544,3", "norad_cat_id"),
    ],
)  # fmt: skip
def test_a_bad_row_is_rejected_by_line_and_field_and_the_others_stand(row, field):
    radii = read_hard_body_radii(b"norad_cat_id,hard_body_radius_m\n25544,55\n" + row + b"\n7,1\n")
    assert dict(radii.radius_m) == {25_544: 55.0, 7: 1.0}
    assert [(one.line, one.field) for one in radii.rejected] == [(3, field)]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"a,b\n1,2\n", b"<html><title>x</title>", b"ObjectID,HBR\nx,1\n"]
)
def test_what_is_no_table_of_radii_is_refused(content):
    with pytest.raises(UnreadableInput):
        read_hard_body_radii(content)


@given(st.binary(max_size=300))
def test_whatever_is_handed_in_gives_radii_or_one_refusal(content):
    try:
        radii = read_hard_body_radii(b"ObjectID,HBR\n" + content)
    except UnreadableInput:
        return
    assert all(0.0 < radius_m <= 1_000.0 for radius_m in radii.radius_m.values())


def test_the_radii_of_cara_are_read(shared_data):
    (path,) = (shared_data / "objects").glob("HBR_Mass_Estimates_*.csv.gz")
    radii = read_hard_body_radii(path.read_bytes())
    assert len(radii.radius_m) == 13_154
    assert radii.rejected == ()
