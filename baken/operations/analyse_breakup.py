"""Look for breakups between two catalogues, and analyse the pieces of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from baken.assess.fragmentation.analysis import analyse
from baken.assess.fragmentation.breakup import Breakup
from baken.assess.fragmentation.detector import FragmentationDetector
from baken.assess.fragmentation.newcomers import Group, groups_of, launch_of, newcomers
from baken.catalogue.motion import motion_of
from baken.catalogue.picture import catalogue_date, draw_picture
from baken.errors import WrongUsage
from baken.records.catalogue import Catalogue, Past, Picture
from baken.records.event import Detection, Runner, Window
from baken.records.orbit import ElementSet

DAY_NS = 86_400 * 1_000_000_000
# How long before their elements pieces are followed back when nothing was known before.
LOOKED_BACK_DAYS = 60


def detect_breakups(before: Catalogue, after: Catalogue, *, run: Runner) -> Detection:
    """Return the breakups between the dates of two catalogues.

    Raises: WrongUsage when the second is not later than the first, or they speak of two worlds.
    """
    picture = _picture(before, after)
    window = Window(start_tai_ns=picture.as_of_tai_ns, end_tai_ns=picture.as_of_tai_ns + DAY_NS)
    return FragmentationDetector().detect(picture, motion_of(picture.element_sets), window, run=run)


def _picture(before: Catalogue, after: Catalogue) -> Picture:
    if before.realm is not after.realm:
        raise WrongUsage(f"worlds never mix: one catalogue is {before.realm}, the other {after.realm}")
    then, now = catalogue_date(before), catalogue_date(after)
    if now <= then:
        raise WrongUsage("the second catalogue is not later than the first; give BEFORE and then AFTER")
    past = Past(as_of_tai_ns=then, element_sets=draw_picture(before, as_of_tai_ns=then).element_sets)
    return draw_picture(after, as_of_tai_ns=now, past=past)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBreakup:
    """What pieces are to be analysed: of one launch or all, against whom, and since when."""

    launch: str | None = None
    parent: int | None = None
    since_tai_ns: int | None = None


def analyse_breakup(pieces: Catalogue, before: Catalogue | None, asked: AskedBreakup) -> Breakup:
    """Return what motion says of the pieces in a catalogue that were not known before.

    Raises: WrongUsage when fewer than three pieces are left, or the parent is nowhere.
    """
    now = draw_picture(pieces, as_of_tai_ns=catalogue_date(pieces)).element_sets
    then = draw_picture(before, as_of_tai_ns=_newest(before)).element_sets if before else ()
    group = _group(asked, then, now)
    if len(group.pieces) < 3:
        raise WrongUsage(f"{len(group.pieces)} pieces are new in what was given; a pinch point needs three")
    end_tai_ns = sorted(es.epoch_tai_ns for es in group.pieces)[len(group.pieces) // 2]
    start_tai_ns = _start(asked, before, end_tai_ns)
    if start_tai_ns >= end_tai_ns:
        raise WrongUsage("the pieces' elements are older than the time since which they are asked about")
    return analyse(
        group,
        _looked_among(asked, then, now),
        {es.identity.object_id: es for es in now} if before else {},
        start_tai_ns=start_tai_ns,
        end_tai_ns=end_tai_ns,
    )


def _group(asked: AskedBreakup, then: Sequence[ElementSet], now: Sequence[ElementSet]) -> Group:
    """Return the pieces asked for; of a launch nobody knew before its payloads and stages stand apart.

    Those are candidates for the parent, unless one is named.
    """
    new = [
        es
        for es in newcomers(then, now)
        if es.identity.norad_cat_id != asked.parent and (asked.launch in (None, launch_of(es)))
    ]
    if asked.launch is None or not then or asked.parent is not None:
        return Group(called=asked.launch or _called(new), pieces=tuple(new))
    groups = groups_of(new, then)
    return next((one for one in groups if one.called == asked.launch), Group(called=asked.launch, pieces=()))


def _newest(before: Catalogue) -> int:
    """Return the newest epoch: of what was known before the latest counts, however old the others."""
    return max(es.epoch_tai_ns for es in before.element_sets)


def known_beside(pieces: Catalogue, before: Catalogue | None) -> Picture:
    """Return one orbit for each object of both catalogues, the newest."""
    both = Catalogue(element_sets=(*(before.element_sets if before else ()), *pieces.element_sets))
    return draw_picture(both, as_of_tai_ns=catalogue_date(pieces))


def _start(asked: AskedBreakup, before: Catalogue | None, end_tai_ns: int) -> int:
    if asked.since_tai_ns is not None:
        return asked.since_tai_ns
    return catalogue_date(before) if before else end_tai_ns - LOOKED_BACK_DAYS * DAY_NS


def _called(pieces: Sequence[ElementSet]) -> str:
    launches = sorted({launch_of(es) or "no launch named" for es in pieces})
    return launches[0] if len(launches) == 1 else f"{len(launches)} launches"


def _looked_among(
    asked: AskedBreakup, then: Sequence[ElementSet], now: Sequence[ElementSet]
) -> tuple[ElementSet, ...]:
    """Return the objects among which the parent is looked for; the one named alone, when one was named."""
    if asked.parent is None:
        return tuple(then)
    named = [es for es in (*then, *now) if es.identity.norad_cat_id == asked.parent]
    if not named:
        raise WrongUsage(f"--parent {asked.parent}: in none of the files; give one that holds its elements")
    return tuple(named[:1])
