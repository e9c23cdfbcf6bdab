"""Is a breakup told as the project's own functions have it, and to each only what he may see?"""

import numpy as np
import pytest

from baken.assess.fragmentation.cloud import spread_of, spread_of_states
from baken.assess.fragmentation.detector import FragmentationDetector
from baken.assess.fragmentation.gabbard import gabbard
from baken.assess.fragmentation.outlook import AskedRisk, outlook_of
from baken.astro.elements import KeplerianElements, state_from_elements
from baken.astro.time import tai_ns_from_utc, utc_text
from baken.operations.look_at_breakup import look_at_breakup
from baken.records.marking import Realm
from tests.operations.two_worlds import NOT_FOR_HIM
from tests.web.happenings import BROKEN, FIRST_PIECE, N_PIECES, NOW_TAI_NS, happen


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    made = happen(tmp_path_factory.mktemp("breakups") / "home", FragmentationDetector(), orbits={})
    yield made
    made.home.store.close()


@pytest.fixture(scope="module")
def name(here):
    return str(here.event.event_id)


@pytest.fixture(scope="module")
def told(here, name):
    return here.get(f"/breakups/{name}/pieces")


def picture_of(here):
    service = here.service
    return service.skies.of(service.store, service.log, Realm.SIMULATED, now_tai_ns=NOW_TAI_NS).picture


def test_a_list_tells_of_each_breakup_what_its_finding_says(here, name):
    (row,) = here.get("/breakups", realm="SIMULATED")["breakups"]
    finding = here.event.finding
    assert (row["event_id"], row["n_pieces"]) == (name, N_PIECES)
    assert row["parent_norad_cat_id"] == BROKEN
    assert row["epoch_utc"] == utc_text(finding.peak_tai_ns)
    assert row["weights"]["explosion"] == finding.measure("weight_explosion")
    assert row["told_kind"] == "burst_or_hit", "motion does not tell a burst from a hit"


def test_its_pieces_are_found_again_in_the_sky_that_is_kept_and_no_others(here, told):
    assert told["is_told"]
    assert not told["is_by_past"], "what was known before is not kept, but for what broke up"
    assert sorted(one["norad_cat_id"] for one in told["pieces"]) == list(
        range(FIRST_PIECE, FIRST_PIECE + N_PIECES)
    )


def test_each_piece_stands_in_the_diagram_where_its_orbit_puts_it(here, told):
    sets = {es.identity.object_id: es for es in picture_of(here).element_sets}
    of = [sets[one["object_id"]] for one in told["pieces"]]
    points = gabbard(np.array([es.mean_motion_rad_s for es in of]), np.array([es.eccentricity for es in of]))
    assert [one["period_s"] for one in told["pieces"]] == points.period_s.tolist()
    assert [one["apogee_height_m"] for one in told["pieces"]] == points.apogee_height_m.tolist()
    assert [one["perigee_height_m"] for one in told["pieces"]] == points.perigee_height_m.tolist()


def test_pushes_are_against_what_broke_up_as_it_flew_before(here, name, told):
    """It is the one orbit of before that is kept, so that kicks come out as when it was found."""
    (parent,) = told["candidates"]
    row = here.get(f"/breakups/{name}")
    assert (parent["norad_cat_id"], parent["likelihood"]) == (BROKEN, row["parent_likelihood"])
    kicks_m_s = [one["kick_m_s"] for one in told["pieces"]]
    assert np.median(kicks_m_s) == pytest.approx(row["median_kick_m_s"], rel=0.02)
    assert told["parent_gabbard"]["period_s"] == pytest.approx(6_000.0, rel=0.2)


def test_risks_are_those_the_project_computes_the_most_endangered_first(here, told):
    finding, picture = here.event.finding, picture_of(here)
    known = here.home.store.element_sets_of(finding.object_ids[0], realm=Realm.SIMULATED)
    seen = look_at_breakup(finding, picture, known, NOW_TAI_NS)
    named = {one["object_id"] for one in told["assets"]}
    assets = tuple(es for es in picture.element_sets if es.identity.object_id in named)
    authority = outlook_of(seen.breakup, AskedRisk(assets=assets, known=picture.element_sets))
    rates = {one.identity.object_id: one.collisions_a_year.median for one in authority.assets}
    shown = [one["collisions_a_year"]["median"] for one in told["assets"]]
    assert {one["object_id"]: one["collisions_a_year"]["median"] for one in told["assets"]} == rates
    assert shown == sorted(shown, reverse=True)
    assert shown[0] > 0.0
    assert not any(" DEB" in one["name"] or "R/B" in one["name"] for one in told["assets"])
    assert [one["n_pieces"] for one in told["shells"]] == [one.n_pieces for one in authority.shells]


def test_the_cloud_begins_together_and_spreads_along_its_orbit_before_its_planes_do(told):
    along, planes = told["spread"]["along_orbit"], told["spread"]["in_node"]
    assert along[0] > 0.999
    assert planes[0] > 0.999
    assert along[-1] < 0.5 < planes[-1]
    assert tai_ns_from_utc(told["spread"]["at_utc"][-1]) > NOW_TAI_NS


def test_a_cloud_spreads_by_where_its_pieces_are_as_by_their_elements():
    rng = np.random.default_rng(7)
    rows = np.column_stack(
        [np.full(40, 7.2e6), np.full(40, 1e-9), np.full(40, 1.2), *rng.uniform(0, 2, (3, 40))]
    )
    position_m, velocity_m_s = state_from_elements(KeplerianElements(*rows.T))
    along, planes = spread_of_states(position_m[:, None], velocity_m_s[:, None])
    authority = spread_of(rows)
    assert along[0] == pytest.approx(authority.along_orbit, abs=1e-6)
    assert planes[0] == pytest.approx(authority.in_node, abs=1e-6)


def test_the_page_for_others_is_a_pdf(here, name):
    page = here.keeper.get(f"/api/v1/breakups/{name}/page.pdf", params={"language": "nl"})
    assert (page.status_code, page.content[:5]) == (200, b"%PDF-")


def test_pieces_kept_from_him_are_not_there_for_him_and_no_count_tells_of_them(tmp_path):
    hidden = dict.fromkeys(range(FIRST_PIECE, FIRST_PIECE + 5), NOT_FOR_HIM)
    world = happen(tmp_path / "home", FragmentationDetector(), orbits=hidden)
    name = str(world.event.event_id)
    told = world.get(f"/breakups/{name}/pieces", of=world.he)
    seen = {one["norad_cat_id"] for one in told["pieces"]}
    assert seen == set(range(FIRST_PIECE + 5, FIRST_PIECE + N_PIECES))
    everything = world.get(f"/breakups/{name}/pieces")
    assert len(everything["pieces"]) == N_PIECES
    assert sum(one["n_pieces"] for one in told["shells"]) < sum(
        one["n_pieces"] for one in everything["shells"]
    )
    world.home.store.close()


def test_a_breakup_that_he_may_not_see_is_not_there_for_him(tmp_path):
    world = happen(tmp_path / "home", FragmentationDetector(), orbits={}, finding=NOT_FOR_HIM)
    name = str(world.event.event_id)
    told = world.get("/breakups", of=world.he, realm="SIMULATED")
    assert (told["breakups"], told["marking"]) == ([], None)
    for noun in ("", "/pieces", "/page.pdf"):
        assert world.he.get(f"/api/v1/breakups/{name}{noun}").status_code == 404
    world.home.store.close()
