"""Do ephemerides come in, stand beside the elements, and go out as good as they say they are?"""

import gzip
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.interpolate import BarycentricInterpolator
from sgp4.api import WGS72, Satrec

from baken.astro.earth_data import no_earth_data
from baken.astro.frames import rotation_teme_to_gcrs
from baken.astro.interpolation import lagrange_at_midpoints
from baken.formats import ndm_xml, oem_kvn, oem_xml, omm_csv, omm_kvn
from baken.records.ephemeris import Ephemeris
from baken.records.identity import identity_from_norad
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.wiring.files import write_bytes
from tests.conftest import Deviation
from tests.formats.ccsds import edited, own
from tests.makers import EPOCH_TAI_NS, HOUR_NS, REVOLUTION_A_DAY_RAD_S, element_set

REALM_LINE = "COMMENT Before the burn\n"
ONE_METRE_M = 1.0
JD_2000 = 2_451_544.5
ISS_OEM = "precise_orbits/ISS.OEM_J2K_EPH_20250310.xml.gz"
# The orbits that hold an interpolator hardest: low and fast, through a low perigee, at rest over the equator.
REGIMES = {
    "low": {},
    "decaying": {"mean_motion_rad_s": 16.1 * REVOLUTION_A_DAY_RAD_S, "bstar_per_earth_radius": 1e-4},
    "Molniya": {
        "mean_motion_rad_s": 2.0061 * REVOLUTION_A_DAY_RAD_S,
        "eccentricity": 0.74,
        "inclination_rad": math.radians(63.4),
    },
    "transfer": {
        "mean_motion_rad_s": 2.27 * REVOLUTION_A_DAY_RAD_S,
        "eccentricity": 0.73,
        "inclination_rad": math.radians(6.0),
    },
    "geostationary": {
        "mean_motion_rad_s": 1.0027 * REVOLUTION_A_DAY_RAD_S,
        "inclination_rad": math.radians(0.05),
    },
}


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Return a message of two segments: an operator's plan, with a burn between them."""
    return written(tmp_path, "plan.oem", own("ephemeris.oem"))


@pytest.fixture
def elements(tmp_path: Path) -> Callable[..., str]:
    def write(**changes: object) -> str:
        return written(tmp_path, "sky.csv", omm_csv.write([element_set(**changes)]))

    return write


def written(folder: Path, name: str, content: bytes) -> str:
    write_bytes(str(folder / name), content)
    return str(folder / name)


# --- In ----------------------------------------------------------------------------------------------------


def test_the_states_of_a_comprehensive_message_are_taken_in_and_the_rest_is_told(ask, tmp_path):
    path = written(tmp_path, "orbit.ocm", own("orbit.ocm"))
    document = ask("--json", "catalogue", "import", path).document()
    (file,) = document["files"]
    assert (file["read"], file["accepted"], file["format"]) == (2, 1, "ocm-kvn")
    assert "KEPLERIAN" in file["rejected"][0]["reason"]
    told = ask("catalogue", "show", "799500124", "--realm", "EXERCISE")
    assert "GCRF" in told.out


def test_a_frame_nobody_knows_is_turned_away_in_one_line(ask, tmp_path):
    path = written(tmp_path, "orbit.ocm", edited(own("orbit.ocm"), "= GCRF", "= ZZRF"))
    told = ask("catalogue", "import", path)
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert "ZZRF, which Baken does not know" in told.err


@pytest.mark.parametrize("name", ["plan.oem", "plan.oem.gz", "plan.xml"])
def test_a_message_of_several_segments_is_taken_in_whatever_its_form(ask, tmp_path, name):
    content = own("ephemeris.oem")
    path = written(tmp_path, name, oem_xml.write(oem_kvn.read(content).records) if "xml" in name else content)
    document = ask("--json", "catalogue", "import", path).document()
    (file,) = document["files"]
    assert (file["read"], file["accepted"], file["rejected"]) == (2, 2, [])
    assert file["format"] == ("oem-xml" if "xml" in name else "oem-kvn")
    assert (document["objects"], document["element_sets"], document["ephemerides"]) == (1, 0, 2)
    again = ask("--json", "catalogue", "import", path).document()
    assert (again["ephemerides"], again["already_known"]) == (0, 2)


def test_one_file_may_speak_of_several_objects(ask, tmp_path):
    content = own("ephemeris.oem")
    other = edited(edited(content, "2026-001A", "2026-001B"), "2026-001A", "2026-001B")
    path = written(tmp_path, "two.oem", content + b"\n" + other)
    document = ask("--json", "catalogue", "import", path).document()
    assert (document["objects"], document["ephemerides"]) == (2, 4)


def test_element_sets_and_ephemerides_come_in_beside_each_other(ask, elements, table):
    who = identity_from_norad(900_001, name="MADE", cospar_id="2026-001A")
    document = ask("--json", "catalogue", "import", elements(identity=who), table).document()
    assert (document["objects"], document["element_sets"], document["ephemerides"]) == (1, 1, 2)
    shown = ask("--json", "catalogue", "show", "900001").document()
    assert len(shown["element_sets"]) == 1
    last, first = shown["ephemerides"]
    assert (first["originator"], first["frame"], first["states"]) == ("BAKEN", "GCRF", 4)
    # The source lets nobody use the outermost rows; its clock is terrestrial time.
    assert (first["start_utc"], first["end_utc"]) == (
        "2026-02-01T11:59:00.816000Z",
        "2026-02-01T11:59:10.816000Z",
    )
    assert (first["covariance"], last["covariance"], last["realm"]) == (True, False, "REAL")
    assert first["age_h"] > 0.0
    told = ask("catalogue", "show", "2026-001A")
    for word in ("GCRF", "BAKEN", "2026-02-01T11:59:01Z", "owner only"):
        assert word in told.out


def test_under_strict_a_file_with_a_faulty_message_is_not_kept(ask, tmp_path):
    content = own("ephemeris.oem")
    faulty = content + b"\n" + edited(content, "-.08 7.5", "-.08 x7.5")
    path = written(tmp_path, "faulty.oem", faulty)
    told = ask("--json", "catalogue", "import", "--strict", path)
    assert (told.code, told.document()["ephemerides"]) == (1, 0)
    (rejected,) = told.document()["files"][0]["rejected"]
    assert rejected["line"] == content.count(b"\n") + 1 + 24
    assert ask("--json", "catalogue", "import", path).document()["ephemerides"] == 3


def test_an_exercise_stays_an_exercise(ask, tmp_path):
    carried = REALM_LINE + "COMMENT USER_DEFINED_BAKEN_REALM = EXERCISE\n"
    content = own("ephemeris.oem")
    both = edited(content, REALM_LINE, carried).replace(
        b"META_START\nOBJECT_NAME",
        b"META_START\nCOMMENT USER_DEFINED_BAKEN_REALM = EXERCISE\nOBJECT_NAME",
    )
    path = written(tmp_path, "game.oem", both)
    assert ask("catalogue", "import", path).code == 0
    assert "no REAL object" in ask("catalogue", "show", "2026-001A").err
    shown = ask("--json", "catalogue", "show", "2026-001A", "--realm", "EXERCISE").document()
    assert [one["realm"] for one in shown["ephemerides"]] == ["EXERCISE", "EXERCISE"]
    assert "the file says EXERCISE, not TEST" in ask("catalogue", "import", path, "--realm", "TEST").err


@pytest.mark.parametrize(
    ("realm", "said"),
    [("EXERCISE", "several worlds at once"), ("ELSEWHERE", "there is no realm 'ELSEWHERE'")],
)
def test_a_message_of_two_worlds_or_of_none_is_refused(ask, tmp_path, realm, said):
    carried = REALM_LINE + f"COMMENT USER_DEFINED_BAKEN_REALM = {realm}\n"
    told = ask(
        "catalogue",
        "import",
        written(tmp_path, "odd.oem", edited(own("ephemeris.oem"), REALM_LINE, carried)),
    )
    assert told.code == 2
    assert said in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("watch", [("run", "--once"), ("screen",)])
def test_a_watch_over_a_file_of_ephemerides_is_refused_in_one_line(ask, table, watch):
    told = ask(*watch, "--catalogue", table)
    assert (told.code, told.raw) == (2, b"")
    assert told.err.startswith(f"baken: {table}: it holds ephemerides, and only element sets are screened")
    assert told.err.count("\n") == 1


def test_the_station_is_known_by_the_name_nasa_gives_it(ask, elements, shared_data):
    station = identity_from_norad(25544, name="ISS (ZARYA)", cospar_id="1998-067A")
    told = ask("catalogue", "import", elements(identity=station), str(shared_data / ISS_OEM))
    assert (told.code, "at odds" in told.err) == (0, False)
    shown = ask("--json", "catalogue", "show", "25544").document()
    (of_nasa,) = shown["ephemerides"]
    assert (of_nasa["originator"], of_nasa["states"], len(shown["element_sets"])) == ("JSC", 5_413, 1)
    assert (of_nasa["frame"], of_nasa["start_utc"]) == ("EME2000", "2025-02-26T12:00:00.000000Z")


# --- Out ---------------------------------------------------------------------------------------------------


def exported(ask, tmp_path: Path, path: str, *words: str, name: str = "out.oem") -> Ephemeris:
    """Import a sky, hand on its object, and read what was handed on as strictly as anybody could."""
    assert ask("catalogue", "import", path).code == 0
    out = str(tmp_path / name)
    form = "oem-xml" if ".xml" in name else "oem"
    told = ask("catalogue", "export", "--format", form, "--object", "900001", *words, "-o", out)
    assert told.code == 0, told.err
    assert ask("validate", "--strict", out).code == 0
    content = Path(out).read_bytes()
    content = gzip.decompress(content) if name.endswith(".gz") else content
    (record,) = (oem_xml if ".xml" in name else oem_kvn).read(content).records
    return record


def by_python_sgp4(elements: ElementSet, epoch_tai_ns: np.ndarray) -> np.ndarray:
    """Return where python-sgp4 has an object, turned to GCRF: nothing of Baken but the rotation."""
    satrec = Satrec()
    days_of_1950 = (elements.epoch_tai_ns / 1e9 - 37.0) / 86_400.0 + 18_263.0
    satrec.sgp4init(
        WGS72, "i", 1, days_of_1950, elements.bstar_per_earth_radius, 0.0, 0.0, elements.eccentricity,
        elements.argument_of_perigee_rad, elements.inclination_rad, elements.mean_anomaly_rad,
        elements.mean_motion_rad_s * 60.0, elements.raan_rad,
    )  # fmt: skip
    minutes = (epoch_tai_ns - elements.epoch_tai_ns) / 60e9
    position_teme_m = np.array([satrec.sgp4_tsince(minute)[1] for minute in minutes]) * 1000.0
    rotation = rotation_teme_to_gcrs(epoch_tai_ns, no_earth_data())
    return np.einsum("kij,kj->ki", rotation, position_teme_m)


def interpolated(record: Ephemeris, epoch_tai_ns: np.ndarray) -> np.ndarray:
    """Return positions as a reader of the table is told to: through the nearest rows, without velocity."""
    n_nodes = record.interpolation_degree + 1
    after = np.searchsorted(record.epoch_tai_ns, epoch_tai_ns)
    first = np.clip(after - n_nodes // 2, 0, len(record) - n_nodes)
    position_m = []
    for row, epoch in zip(first, epoch_tai_ns, strict=True):
        nodes_s = (record.epoch_tai_ns[row : row + n_nodes] - epoch) / 1e9
        position_m.append(BarycentricInterpolator(nodes_s, record.position_m[row : row + n_nodes])(0.0))
    return np.array(position_m)


@pytest.mark.capability(
    "An orbit handed on as OEM: between its rows it is the SGP4 it was made of",
    status="VALIDATED",
    authority="python-sgp4, interpolated by SciPy as the message says",
)
@pytest.mark.parametrize("regime", REGIMES)
def test_between_its_rows_a_table_is_within_a_metre_of_sgp4(
    ask, tmp_path, elements, regime: str, deviation: Deviation
):
    said = element_set(**REGIMES[regime])
    record = exported(ask, tmp_path, elements(**REGIMES[regime]), "--days", "1")
    assert (record.interpolation, record.frame, record.time_system) == ("LAGRANGE", "GCRF", "UTC")
    times = np.sort(np.random.default_rng(5).integers(record.start_tai_ns, record.stop_tai_ns, 2_000))
    # Where it is hardest: in the outermost intervals, where rows lie to one side.
    ends = record.start_tai_ns + np.diff(record.epoch_tai_ns)[0] * np.linspace(0.01, 0.99, 50)
    times = np.concatenate([ends.astype(np.int64), times])
    away_m = np.linalg.norm(interpolated(record, times) - by_python_sgp4(said, times), axis=1)
    deviation(float(away_m.max()), "m", ONE_METRE_M)
    told = next(comment for comment in record.comments if comment.startswith("LAGRANGE of degree 7"))
    assert away_m.max() < float(told.split()[-2])


def test_rows_are_the_states_of_sgp4(ask, tmp_path, elements):
    record = exported(ask, tmp_path, elements(), "--days", "0.1", "--step-s", "60")
    assert set(np.diff(record.epoch_tai_ns)) == {60_000_000_000}
    away_m = np.linalg.norm(record.position_m - by_python_sgp4(element_set(), record.epoch_tai_ns), axis=1)
    assert away_m.max() < 1e-3
    slope_m_s = np.gradient(record.position_m, 60.0, axis=0, edge_order=2)[1:-1]
    assert np.linalg.norm(slope_m_s - record.velocity_m_s[1:-1], axis=1).max() < 10.0


@pytest.mark.parametrize("name", ["out.oem", "out.xml", "out.oem.gz"])
def test_a_table_says_what_it_was_made_of(ask, tmp_path, elements, name):
    record = exported(ask, tmp_path, elements(originator="CELESTRAK"), "--days", "0.5", name=name)
    comments = "\n".join(record.comments)
    for said in (
        "NORAD_CAT_ID = 900001",
        "SGP4 from the element set of 2026-03-01T00:00:00.000000Z, as said by CELESTRAK; the only",
        "covariance is not known",
    ):
        assert said in comments
    assert record.originator == "LOCAL"


def test_a_span_is_covered_from_its_start_to_its_end(ask, tmp_path, elements):
    words = ("--start", "2026-03-02T00:00:00Z", "--days", "0.3")
    record = exported(ask, tmp_path, elements(), *words)
    assert record.start_tai_ns == EPOCH_TAI_NS + 24 * HOUR_NS
    assert record.stop_tai_ns >= record.start_tai_ns + round(7.2 * HOUR_NS)


def test_what_was_invented_says_so_wherever_it_goes(ask, tmp_path, elements):
    carried = (("USER_DEFINED_BAKEN_REALM", "SIMULATED"),)
    record = exported(
        ask,
        tmp_path,
        elements(other_fields=carried, realm=Realm.SIMULATED),
        *("--realm", "SIMULATED", "--days", "0.1"),
    )
    assert "USER_DEFINED_BAKEN_REALM = SIMULATED" in record.metadata_comments
    assert ask("catalogue", "import", str(tmp_path / "out.oem")).code == 0
    back = ask("--json", "catalogue", "show", "900001", "--realm", "SIMULATED").document()
    assert [one["realm"] for one in back["ephemerides"]] == ["SIMULATED"]
    assert "no REAL object" in ask("catalogue", "show", "900001").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name it with --object ID"),
        (("--object", "900001", "--step-s", "1200"), "interpolation is off by"),
        (("--object", "900001", "--step-s", "0"), "choose a longer one"),
        (("--object", "900001", "--days", "0"), "--days is more than 0"),
        (("--object", "900001", "--start", "tomorrow"), "--start"),
        (("--object", "12345"), "no REAL object is known as 12345"),
    ],
)
def test_a_table_that_cannot_be_made_is_refused_in_one_line(ask, elements, words, said):
    ask("catalogue", "import", elements())
    told = ask("catalogue", "export", "--format", "oem", *words)
    assert (told.code, told.raw) == (2, b"")
    assert said in told.err
    assert told.err.count("\n") == 1


def test_an_object_that_decays_within_the_span_is_refused_with_the_instant(ask, elements):
    ask(
        "catalogue",
        "import",
        elements(mean_motion_rad_s=16.55 * REVOLUTION_A_DAY_RAD_S, bstar_per_earth_radius=0.01),
    )
    told = ask("catalogue", "export", "--format", "oem", "--object", "900001", "--days", "7")
    assert told.code == 2
    assert "SGP4 gives no state from 2026-03-" in told.err
    late = ("--start", "2027-03-01T00:00:00Z")
    told = ask("catalogue", "export", "--format", "oem", "--object", "900001", *late)
    assert "choose another --start" in told.err


def test_an_object_with_ephemerides_alone_has_no_elements_to_hand_on(ask, table):
    ask("catalogue", "import", table)
    told = ask("catalogue", "export", "--format", "oem", "--object", "2026-001A")
    assert (told.code, "has no element set that SGP4 can move" in told.err) == (2, True)


def test_the_words_for_tables_go_with_tables_only(ask, elements):
    ask("catalogue", "import", elements())
    told = ask("catalogue", "export", "--format", "omm-csv", "--object", "900001")
    assert (told.code, "--format oem" in told.err) == (2, True)


def test_element_sets_are_not_bent_into_tables_by_convert(ask, elements, tmp_path):
    told = ask("convert", elements(), "-o", str(tmp_path / "out.oem"))
    assert told.code == 2
    assert not (tmp_path / "out.oem").exists()
    assert "OEM has no room for one ElementSet" in told.err


# --- The measure of it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("degree", [1, 3, 7])
def test_midpoints_are_exact_for_polynomials_and_equal_scipys(degree):
    rng = np.random.default_rng(degree)
    at = np.arange(30.0)
    polynomial_m = np.stack([np.polyval(rng.normal(size=degree + 1), at / 30.0) for _ in range(3)], axis=-1)
    walk_m = rng.normal(size=(30, 3))
    for rows_m in (polynomial_m, walk_m):
        middles_m = lagrange_at_midpoints(rows_m, degree)
        for k in (0, 1, 14, 27, 28):
            first = min(max(k + 1 - (degree + 1) // 2, 0), 29 - degree)
            nodes = slice(first, first + degree + 1)
            expected_m = BarycentricInterpolator(at[nodes], rows_m[nodes])(k + 0.5)
            assert np.allclose(middles_m[k], expected_m, atol=1e-9)


def test_too_few_rows_for_a_degree_are_refused():
    with pytest.raises(ValueError, match="degree 7 asks for 8 rows"):
        lagrange_at_midpoints(np.zeros((7, 3)), 7)


def test_a_what_if_is_never_kept_beside_what_flies(ask, tmp_path):
    text = own("ephemeris.oem").replace(b"META_START\n", b"META_START\nCOMMENT HYPOTHETICAL: a plan\n", 1)
    (tmp_path / "plan.oem").write_bytes(text)
    told = ask("catalogue", "import", "plan.oem")
    assert (told.code, told.err.count("\n")) == (3, 1)
    assert "HYPOTHETICAL" in told.err


def test_a_combined_message_is_kept_with_all_its_orbits(ask, tmp_path):
    parts = [*oem_kvn.read(own("ephemeris.oem")).records, *omm_kvn.read(own("element_set.omm")).records]
    (tmp_path / "both.xml").write_bytes(ndm_xml.write(parts))
    told = ask("--json", "catalogue", "import", "both.xml").document()
    assert told["element_sets"] >= 1
    assert told["files"][0]["accepted"] == told["files"][0]["read"] == len(parts)
    again = ask("--json", "catalogue", "import", "both.xml")
    assert again.code == 0
