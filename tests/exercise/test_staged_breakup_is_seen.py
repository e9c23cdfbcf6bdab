"""Does a detector see what was staged: parent named, instant within its interval, every promise kept?"""

from baken.assess.fragmentation.detector import FragmentationDetector
from baken.catalogue.picture import draw_picture
from baken.exercise.staged_sky import BROKEN, N_PIECES, staged_past
from baken.records.catalogue import Catalogue
from baken.records.event import Window
from baken.testing.check_detector import check_detector, look
from baken.wiring.skies import drawn_sky, drawn_stage

NOW_TAI_NS = 783_000_000_000_000_000
DAY_NS = 86_400_000_000_000


def test_a_staged_breakup_is_found_with_its_parent_and_its_instant():
    sky = drawn_sky(seed=1, n_objects=200, epoch_tai_ns=NOW_TAI_NS)
    staged = drawn_stage(seed=5, epoch_tai_ns=NOW_TAI_NS)
    picture = draw_picture(
        Catalogue(element_sets=(*sky.element_sets, *staged.element_sets)),
        as_of_tai_ns=NOW_TAI_NS,
        past=staged_past(staged, sky.element_sets, epoch_tai_ns=NOW_TAI_NS),
    )
    window = Window(start_tai_ns=NOW_TAI_NS, end_tai_ns=NOW_TAI_NS + DAY_NS)
    (finding,) = look(FragmentationDetector(), picture, window).findings
    assert finding.measure("parent_name") == BROKEN
    assert finding.measure("n_pieces") == N_PIECES
    assert finding.start_tai_ns <= staged.breakup.epoch_tai_ns <= finding.end_tai_ns
    assert check_detector(FragmentationDetector(), picture, window) == ()
