"""Does a finding come out the same from its inputs and settings, and is anything else told?"""

import gzip
from dataclasses import replace

import numpy as np
import pytest

from baken.assess.conjunction.detector import ConjunctionDetector
from baken.assess.fragmentation.detector import FragmentationDetector
from baken.assess.reentry.detector import ReentryDetector
from baken.astro.space_weather_text import space_weather_from_celestrak
from baken.astro.time import tai_ns_from_utc
from baken.catalogue.past import past_of
from baken.catalogue.picture import draw_picture
from baken.errors import WrongUsage
from baken.formats import cdm_kvn
from baken.operations.assess_picture import AS_OF, WINDOW_END, assess_picture, keep_assessment
from baken.operations.export_catalogue import text_of
from baken.operations.finding_evidence import entry_of_finding
from baken.operations.finding_inputs import input_of
from baken.operations.import_catalogue import NamedContent, Provenance, catalogue_of, read_catalogue
from baken.operations.ports import Detector
from baken.operations.receive_messages import read_warnings
from baken.operations.recompute_finding import ToldFinding, Verdict, recompute_finding
from baken.records.event import Event, Finding, Window, read_event_id
from baken.records.lineage import digest_of_bytes
from baken.records.orbit import ElementSet
from baken.store.home import open_home
from baken.wiring.assessors import assessor_of_warnings
from baken.wiring.recomputing import means_of
from baken.wiring.skies import drawn_sky, drawn_stage
from tests.assess.fragmentation.made_breakups import AFTER_TAI_NS, ball_of_kicks, kicked, moved_on, parent
from tests.astro.space_weather import celestrak_line
from tests.makers import DAY_NS, EPOCH_TAI_NS, HOUR_NS, crossing_pair, element_set, warning

MEANS = means_of(map)
REALM = parent().realm
FALL_TAI_NS = tai_ns_from_utc("2029-01-01T00:00:00Z")
EVENT_ID = read_event_id("NL-CJ26-0001")
WARNING = cdm_kvn.write([warning("HERE"), warning("THERE", radial_m=50.0)])


def sky(**changes) -> bytes:
    """Return a catalogue of two that meet among two hundred that do not."""
    others = drawn_sky(seed=31, n_objects=200, epoch_tai_ns=EPOCH_TAI_NS).element_sets
    realm = others[0].realm
    pair = crossing_pair(realm=realm, **changes)
    return text_of([*pair, *others], "omm-csv")


SKY = sky()


def all_by(detector: Detector, content: bytes, *, start_tai_ns: int, days: float) -> tuple[Finding, ...]:
    """Return what a detector sees in a file, as the watch finds it."""
    catalogue = catalogue_of([read_catalogue(NamedContent(name="sky.csv", content=content), Provenance())])
    picture = draw_picture(
        catalogue, as_of_tai_ns=start_tai_ns, past=past_of(catalogue, start_tai_ns=start_tai_ns)
    )
    window = Window(start_tai_ns=start_tai_ns, end_tai_ns=start_tai_ns + round(days * DAY_NS))
    return assess_picture(picture, window, [detector], run=map).detections[0].findings


def found_by(detector: Detector, content: bytes, *, start_tai_ns: int, days: int) -> Finding:
    return all_by(detector, content, start_tai_ns=start_tai_ns, days=days)[0]


def seen_in(content: bytes) -> Finding:
    return found_by(ConjunctionDetector(), content, start_tai_ns=EPOCH_TAI_NS, days=1)


def quiet(n: int) -> list[ElementSet]:
    """Return objects to which nothing happens."""
    return [element_set(920_001 + row, raan_rad=0.1 * row, realm=REALM) for row in range(n)]


def steady_weather() -> bytes:
    """Return space weather of five years from January 2024, each day as the last."""
    days = [celestrak_line(day, 150.0) for day in range(1830)]
    return "\n".join(["BEGIN OBSERVED", *days, "END OBSERVED"]).encode()


def falling_stage() -> list[ElementSet]:
    """Return the sets of a stage that is down within days."""
    drawn = drawn_stage(seed=31, epoch_tai_ns=FALL_TAI_NS)
    return [one for one in (*drawn.histories, *drawn.element_sets) if "FALLING" in str(one.identity.name)]


def warned(content: bytes, at: int = 0) -> Finding:
    given = NamedContent(name="warnings.cdm", content=content)
    return read_warnings(given, Provenance(), assessor_of_warnings()).received[at].finding


def told(
    finding: Finding, *contents: bytes, hidden: str = "", code_version: str = MEANS.code_version
) -> ToldFinding:
    """Return a finding as a dossier shows it."""
    event = Event(event_id=EVENT_ID, finding=finding)
    entry = entry_of_finding(event, actor="officer", at_tai_ns=1, code_version=code_version)
    return ToldFinding(
        entry_id="EV-1",
        fields={name: value for name, value in entry.disclosable if name != hidden},
        contents={digest_of_bytes(content): content for content in contents},
        realm=finding.realm,
    )


def made_from(finding: Finding, content: bytes) -> Finding:
    """Return a finding that says it was made from something else than it was."""
    source = replace(finding.lineage.sources[0], digest=digest_of_bytes(content))
    return replace(finding, lineage=replace(finding.lineage, sources=(source,)))


def with_setting(finding: Finding, name: str, value: str | None) -> Finding:
    settings = dict(finding.lineage.settings) | {name: value}
    kept = tuple((one, text) for one, text in sorted(settings.items()) if text is not None)
    return replace(finding, lineage=replace(finding.lineage, settings=kept))


@pytest.mark.capability(
    "a finding made again from a dossier", status="VALIDATED", authority="the digest of the finding itself"
)
@pytest.mark.parametrize(
    ("finding", "content"), [(warned(WARNING), WARNING), (warned(WARNING, 1), WARNING), (seen_in(SKY), SKY)]
)
def test_a_finding_comes_out_the_same_to_the_last_byte(finding, content):
    made = recompute_finding(told(finding, content), MEANS)
    assert (made.verdict, made.digest, made.differences, made.remark) == (
        Verdict.SAME, finding.digest, (), ""
    )  # fmt: skip


def test_a_fall_is_made_again_with_the_space_weather_it_was_told_under():
    content = text_of(falling_stage(), "omm-csv")
    weather = steady_weather()
    detector = ReentryDetector(
        space_weather=space_weather_from_celestrak(weather.decode()),
        space_weather_from=digest_of_bytes(weather),
        n_members=20,
    )
    finding = found_by(detector, content, start_tai_ns=FALL_TAI_NS, days=7)
    assert "Space weather as known at the time" in " ".join(finding.assumptions)
    made = recompute_finding(told(finding, content, weather), MEANS)
    assert (made.verdict, made.digest) == (Verdict.SAME, finding.digest)
    made = recompute_finding(told(finding, content), MEANS)
    assert (made.verdict, "space_weather (sha256:" in made.because) == (Verdict.CANNOT, True)


def test_a_breakup_is_made_again_from_what_was_known_before_and_after():
    rng = np.random.default_rng(11)
    known = [parent(), *quiet(60)]
    now = [moved_on(one, AFTER_TAI_NS) for one in known]
    pieces = kicked(parent(), ball_of_kicks(30, 45.0, rng), rng)
    content = text_of([*known, *now, *pieces], "omm-csv")
    finding = found_by(FragmentationDetector(), content, start_tai_ns=AFTER_TAI_NS + HOUR_NS, days=1)
    assert finding.measure("parent_norad_cat_id") == parent().identity.norad_cat_id
    made = recompute_finding(told(finding, content), MEANS)
    assert (made.verdict, made.digest) == (Verdict.SAME, finding.digest)
    less = text_of([*known[:-1], *now, *pieces], "omm-csv")
    made = recompute_finding(told(made_from(finding, less), less), MEANS)
    assert (made.verdict, "more was known then" in made.because) == (Verdict.CANNOT, True)


def test_a_later_look_is_made_again_under_the_name_of_the_first():
    finding = replace(seen_in(SKY), encounter_key="as it was called first")
    made = recompute_finding(told(finding, SKY), MEANS)
    assert (made.verdict, made.digest) == (Verdict.SAME, finding.digest)


def test_a_file_under_another_name_is_the_same_file():
    finding = seen_in(SKY)
    elsewhere = replace(finding.lineage.sources[0], name="elsewhere/first.csv")
    finding = replace(finding, lineage=replace(finding.lineage, sources=(elsewhere,)))
    assert recompute_finding(told(finding, SKY), MEANS).digest == finding.digest


def test_a_figure_that_its_maker_changed_is_told_old_and_new():
    for finding, content in ((warned(WARNING), WARNING), (seen_in(SKY), SKY)):
        changed = tuple((n, 1.0 if n == "miss_distance_m" else v) for n, v in finding.measures)
        made = recompute_finding(told(replace(finding, measures=changed), content), MEANS)
        assert made.verdict is Verdict.DIFFERS
        (difference,) = made.differences
        assert (difference.name, difference.told) == ("measures.miss_distance_m", 1.0)
        assert difference.recomputed == finding.measure("miss_distance_m")


def test_another_input_than_it_was_made_from_gives_something_else():
    moved = sky(bstar_per_earth_radius=1e-3)
    assert moved != SKY
    made = recompute_finding(told(made_from(seen_in(SKY), moved), moved), MEANS)
    assert made.verdict is Verdict.DIFFERS
    assert any(one.name.startswith("measures.miss") for one in made.differences)
    other = cdm_kvn.write([warning("HERE", radial_m=31.0)])
    made = recompute_finding(told(made_from(warned(WARNING), other), other), MEANS)
    assert "measures.miss_distance_m" in [one.name for one in made.differences]


def test_a_setting_that_was_another_one_gives_something_else():
    finding = with_setting(seen_in(SKY), WINDOW_END, "2026-03-01T00:05:00Z")
    made = recompute_finding(told(finding, SKY), MEANS)
    assert (made.verdict, made.because) == (Verdict.DIFFERS, "nothing of the kind is found in its inputs")
    finding = with_setting(warned(WARNING), "covariance_scales", "7")
    made = recompute_finding(told(finding, WARNING), MEANS)
    assert (made.verdict, made.differences[0].name) == (Verdict.DIFFERS, "settings.covariance_scales")


def test_what_is_missing_is_named():
    finding = seen_in(SKY)
    unsaid = with_setting(finding, AS_OF, None)
    for case, why in (
        (told(finding), "not in this dossier: sky.csv (sha256:"),
        (told(warned(WARNING), SKY), "not in this dossier: warnings.cdm (sha256:"),
        (told(unsaid, SKY), "do not tell as_of_utc"),
        (told(with_setting(finding, AS_OF, "lately"), SKY), "tell no instant as as_of_utc"),
        (told(with_setting(finding, WINDOW_END, "1999-01-01T00:00:00Z"), SKY), "cannot be followed"),
        (told(with_setting(finding, "probability", "high"), SKY), "cannot be followed"),
        (told(with_setting(finding, "primaries", "some"), SKY), "only some objects"),
        (told(with_setting(finding, "hard_body_radii", "sha256:0"), SKY), "hard_body_radii (sha256:0)"),
        (told(finding, SKY, hidden="miss_distance_m"), "miss_distance_m of the finding withheld"),
        (told(finding, SKY, hidden="made_with_settings"), "made_with_settings of the finding withheld"),
        (told(finding, SKY, hidden="finding_digest"), "finding_digest of the finding withheld"),
    ):
        made = recompute_finding(case, MEANS)
        assert (made.verdict, made.digest) == (Verdict.CANNOT, "")
        assert why in made.because


def test_an_input_in_which_nothing_can_be_read_is_told_and_not_passed_over():
    finding = made_from(warned(WARNING), b"nonsense")
    made = recompute_finding(told(finding, b"nonsense"), MEANS)
    assert (made.verdict, bool(made.because)) == (Verdict.CANNOT, True)


def test_another_baken_than_it_was_kept_with_is_said():
    finding = warned(WARNING)
    other = replace(MEANS, code_version="99.0")
    made = recompute_finding(told(finding, WARNING), other)
    assert (made.verdict, made.remark) == (
        Verdict.SAME,
        f"kept with Baken {MEANS.code_version}; this is 99.0",
    )
    assert "not told" in recompute_finding(told(finding, WARNING, code_version=""), MEANS).remark


def test_only_what_a_finding_was_made_from_is_one_of_its_inputs_packed_or_not():
    finding = seen_in(SKY)
    assert input_of(finding, "sky.csv", SKY) == SKY
    assert input_of(finding, "sky.csv.gz", gzip.compress(SKY)) == SKY
    packed = gzip.compress(SKY, mtime=0)
    assert input_of(made_from(finding, packed), "sky.csv.gz", packed) == packed
    with pytest.raises(
        WrongUsage, match=r"other\.csv .* is not what this finding was made from; that is sky"
    ):
        input_of(finding, "other.csv", SKY + b"\n")


def test_a_look_that_says_nothing_new_leaves_the_last_one_standing(tmp_path):
    store = open_home(tmp_path, None).store
    catalogue = catalogue_of([read_catalogue(NamedContent(name="sky.csv", content=SKY), Provenance())])
    kept = []
    for hour in (-2, -1):
        start_tai_ns = EPOCH_TAI_NS + hour * HOUR_NS
        picture = draw_picture(catalogue, as_of_tai_ns=start_tai_ns)
        window = Window(start_tai_ns=start_tai_ns, end_tai_ns=start_tai_ns + DAY_NS)
        seen = assess_picture(picture, window, [ConjunctionDetector()], run=map)
        kept.append(keep_assessment(store, seen, wall_s=1.0, at_tai_ns=start_tai_ns)[0])
    store.close()
    assert kept[0] == kept[1]
    assert dict(kept[0].finding.lineage.settings)[AS_OF] == "2026-02-28T22:00:00.000000000Z"


def test_findings_of_a_whole_real_catalogue_come_out_the_same(shared_data):
    content = (shared_data / "catalogue" / "cat_20191219_odap.3le.gz").read_bytes()
    start_tai_ns = tai_ns_from_utc("2019-12-19T21:00:00Z")
    findings = all_by(ConjunctionDetector(), content, start_tai_ns=start_tai_ns, days=0.1)
    assert len(findings) > 3
    for finding in findings[:2] + findings[-2:]:
        made = recompute_finding(told(finding, content), MEANS)
        assert (made.verdict, made.digest) == (Verdict.SAME, finding.digest)
