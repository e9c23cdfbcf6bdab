"""Put a breakup that was found on one page: look again at the pieces in the sky it was found in."""

from collections.abc import Iterable
from dataclasses import dataclass

from baken.assess.fragmentation.detector import FragmentationDetector
from baken.assess.fragmentation.outlook import AskedRisk, outlook_of
from baken.catalogue.motion import motion_of
from baken.records.catalogue import Picture
from baken.records.event import Event, Finding, gap_ns
from baken.records.orbit import ElementSet
from baken.report.breakup_page import BreakupPage


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBreakupPage:
    """What is asked of a page: when it is made, by which code, and for whom risks are told."""

    now_tai_ns: int
    code_version: str
    area_m2: float = 10.0
    assets: tuple[str, ...] = ()


def page_of_breakup(event: Event, picture: Picture, asked: AskedBreakupPage) -> BreakupPage | None:
    """Return the page of a breakup; nothing when this picture is not the one it was seen in.

    A finding keeps figures and no orbits: the pieces are looked at again, and have to gather when they did.
    ``assets`` are object ids.
    """
    finding = event.finding
    seen = FragmentationDetector().look_again(
        picture, motion_of(picture.element_sets), str(finding.measure("called"))
    )
    if seen is None or not _touches(finding, seen.pinch.start_tai_ns, seen.pinch.end_tai_ns):
        return None
    past = picture.past.element_sets if picture.past else ()
    known = {es.identity.object_id: es for es in (*past, *picture.element_sets)}
    risk = AskedRisk(
        area_m2=asked.area_m2, assets=_named(known.values(), asked.assets), known=tuple(known.values())
    )
    return BreakupPage(
        outlook=outlook_of(seen, risk),
        as_of_tai_ns=asked.now_tai_ns,
        called=str(event.event_id),
        code_version=asked.code_version,
    )


def _touches(finding: Finding, start_tai_ns: int, end_tai_ns: int) -> bool:
    return gap_ns(finding.start_tai_ns, finding.end_tai_ns, start_tai_ns, end_tai_ns) == 0


def _named(known: Iterable[ElementSet], names: tuple[str, ...]) -> tuple[ElementSet, ...]:
    return tuple(es for es in known if es.identity.object_id in names)
