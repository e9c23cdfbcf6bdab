"""A re-entry for maps, calendars and warning systems: what they are given, in words of a language."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from baken.astro.arrays import Floats
from baken.formats.cap import Alert, AlertWords, MessageType
from baken.formats.cap_reading import SentAlert
from baken.formats.icalendar import CalendarEntry
from baken.records.map_feature import MapFeature, Shape
from baken.records.reentry_outlook import ReentryOutlook, RegionOutlook
from baken.report.reentry_life import life_parameters, uid_of
from baken.report.reentry_sentence import (
    READY_FROM,
    concerned_regions,
    decimal_text,
    least_told,
    object_name,
    percent_text,
    region_name,
    sentence,
)
from baken.report.words import Speech

CAP_LANGUAGES = (("nl", "nl-NL"), ("en", "en-GB"))
LONGEST_HEADLINE = 160  # CAP 1.2, 3.2.2: what fits a display of that many letters
ALERT_REGIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Telling:
    """An outlook, told: by whom, when, under which name, to whom, in place of which alert, and when again."""

    outlook: ReentryOutlook
    message_id: str
    sender: str
    now_tai_ns: int
    concerning: tuple[str, ...] = ()
    next_tai_ns: int | None = None
    replaced: SentAlert | None = None


def map_features(outlook: ReentryOutlook, say: Speech) -> Iterator[MapFeature]:
    """Yield track, boxes, re-entries, and each region that is not clear."""
    prediction = outlook.prediction
    track, ensemble = prediction.track, prediction.ensemble
    window = prediction.window_start_tai_ns, prediction.window_end_tai_ns
    within = (track.epoch_tai_ns >= window[0]) & (track.epoch_tai_ns <= window[1])
    if within.sum() >= 2:
        line_rad = np.column_stack([track.longitude_rad, track.latitude_rad])[within]
        yield _feature("track", say("reentry.feature.track"), Shape.LINE, ((line_rad,),), window)
    if outlook.boxes:
        swath = tuple((box.ring_rad,) for box in outlook.boxes)
        probability = ("probability", prediction.window_probability)
        yield _feature("window", say("reentry.feature.window"), Shape.POLYGONS, swath, window, probability)
    for n, box in enumerate(outlook.boxes, 1):
        name, span = f"{say('reentry.feature.box')} {n}", (box.start_tai_ns, box.clear_until_tai_ns)
        probability = ("probability", box.probability)
        yield _feature("box", name, Shape.POLYGONS, ((box.ring_rad,),), span, probability)
    if len(ensemble.epoch_tai_ns):
        places_rad = np.column_stack([ensemble.longitude_rad, ensemble.latitude_rad])
        span = int(ensemble.epoch_tai_ns.min()), int(ensemble.epoch_tai_ns.max())
        yield _feature("entry", say("reentry.feature.entry"), Shape.POINTS, ((places_rad,),), span)
    for one in outlook.regions:
        if not one.is_clear:
            yield _region_feature(one, outlook, say)


def _feature(
    kind: str,
    name: str,
    shape: Shape,
    parts_rad: tuple[tuple[Floats, ...], ...],
    span_tai_ns: tuple[int, int],
    *properties: tuple[str, float],
) -> MapFeature:
    return MapFeature(
        kind=kind,
        name=name,
        shape=shape,
        parts_rad=parts_rad,
        start_tai_ns=span_tai_ns[0],
        end_tai_ns=span_tai_ns[1],
        properties=properties,
    )


def _region_feature(one: RegionOutlook, outlook: ReentryOutlook, say: Speech) -> MapFeature:
    return MapFeature(
        kind="region",
        name=region_name(one, say),
        shape=Shape.POLYGONS,
        parts_rad=one.region.polygons_rad,
        start_tai_ns=one.earliest_tai_ns,
        end_tai_ns=one.clear_from_tai_ns,
        properties=(
            ("code", one.region.code),
            ("region_kind", one.region.kind.value),
            ("probability", one.probability),
            ("touched_probability", one.touched_probability),
            ("least_probability_told", least_told(outlook)),
        ),
    )


def calendar_entries(told: Telling, say: Speech) -> Iterator[CalendarEntry]:
    """Yield the window, and for each region asked for, or else each, the span until it is clear.

    Of who waited before and is clear now, or is not asked for any more, the entry is cancelled.
    """
    outlook, prediction = told.outlook, told.outlook.prediction
    concerned = concerned_regions(outlook, told.concerning)
    yield CalendarEntry(
        uid=_uid(told, "window"),
        summary=say("reentry.entry.window", what=object_name(outlook)),
        start_tai_ns=prediction.window_start_tai_ns,
        end_tai_ns=prediction.window_end_tai_ns,
        description=sentence(outlook, concerned, told.next_tai_ns, say),
    )
    for one in outlook.regions:
        is_shown = not one.is_clear and (not concerned or one in concerned)
        if is_shown and one.earliest_tai_ns is not None and one.clear_from_tai_ns is not None:
            yield _wait(one, told, say, one.earliest_tai_ns, one.clear_from_tai_ns)
        elif one.has_waited and not is_shown:
            window = prediction.window_start_tai_ns, prediction.window_end_tai_ns
            yield replace(_wait(one, told, say, *window), is_cancelled=True)


def _wait(
    one: RegionOutlook, told: Telling, say: Speech, start_tai_ns: int, end_tai_ns: int
) -> CalendarEntry:
    return CalendarEntry(
        uid=_uid(told, one.region.key),
        summary=say("reentry.entry.wait", region=region_name(one, say), what=object_name(told.outlook)),
        start_tai_ns=start_tai_ns,
        end_tai_ns=max(start_tai_ns, end_tai_ns),
        description=sentence(told.outlook, [one], told.next_tai_ns, say),
    )


def _uid(told: Telling, key: str) -> str:
    prediction = told.outlook.prediction
    return uid_of(prediction.realm, prediction.identity.object_id, key)


def alert(told: Telling) -> Alert:
    """Return the alert in Dutch and English; how grave and how sure follows those it is for, else all."""
    outlook, prediction = told.outlook, told.outlook.prediction
    concerned = concerned_regions(outlook, told.concerning)
    chances = [one.touched_probability for one in (concerned or outlook.regions)]
    all_clear = bool(concerned) and all(one.is_clear for one in concerned)
    chance = max(chances, default=None)
    probability = () if chance is None else (("touched_probability", f"{chance:.3g}"),)
    is_ready = chance is not None and chance >= READY_FROM
    return Alert(
        identifier=told.message_id,
        sender=told.sender,
        sent_tai_ns=told.now_tai_ns,
        onset_tai_ns=prediction.window_start_tai_ns,
        expires_tai_ns=_expires(outlook, concerned),
        urgency="Past" if prediction.window_end_tai_ns < told.now_tai_ns else "Future",
        severity="Unknown" if chance is None else "Minor" if all_clear else "Moderate",
        certainty="Unknown" if chance is None else "Possible" if is_ready else "Unlikely",
        response="AllClear" if all_clear else "Prepare" if is_ready else "Monitor",
        words=tuple(_words(told, concerned, Speech(short), tag) for short, tag in CAP_LANGUAGES),
        rings_rad=tuple(box.ring_rad for box in outlook.boxes),
        geocodes=tuple(
            (one.region.kind.value, one.region.code) for one in outlook.regions if not one.is_clear
        ),
        parameters=(
            ("window_probability", f"{prediction.window_probability:g}"),
            ("least_probability_told", f"{least_told(outlook):.3g}"),
            *probability,
            *life_parameters(prediction, object_name(outlook), outlook.earlier),
        ),
        message_type=MessageType.ALERT if told.replaced is None else MessageType.UPDATE,
        references=() if told.replaced is None else told.replaced.references,
        realm=prediction.realm,
        marking=prediction.marking,
    )


def _expires(outlook: ReentryOutlook, concerned: list[RegionOutlook]) -> int:
    """Return when the window is over and all has fallen, and nobody it is for waits any more."""
    over_tai_ns = outlook.prediction.window_end_tai_ns + round(outlook.footfall.fall_s * 1e9)
    return max([over_tai_ns, *(one.clear_from_tai_ns or over_tai_ns for one in concerned)])


def _words(told: Telling, concerned: list[RegionOutlook], say: Speech, tag: str) -> AlertWords:
    outlook = told.outlook
    what = object_name(outlook)
    body = sentence(outlook, concerned, told.next_tai_ns, say)
    return AlertWords(
        language=tag,
        event=say("reentry.event"),
        headline=f"{say('reentry.event')}: {what}"[:LONGEST_HEADLINE],
        description=body,
        instruction=say("reentry.instruction"),
        area=_area(outlook, concerned, say),
    )


def _area(outlook: ReentryOutlook, concerned: list[RegionOutlook], say: Speech) -> str:
    """Return where: between which latitudes, and which regions are not clear, the likeliest first."""
    inclination_rad = outlook.prediction.inclination_rad
    steepest_rad = min(inclination_rad, math.pi - inclination_rad)
    reach = decimal_text(f"{math.degrees(steepest_rad):.1f}°", say)
    between = say("reentry.area", south=f"{reach}S", north=f"{reach}N")
    waiting = [one for one in outlook.regions if not one.is_clear and one not in concerned]
    waiting.sort(key=lambda one: -one.touched_probability)
    named = [
        f"{region_name(one, say)} ({percent_text(one.touched_probability, say)} %)"
        for one in [*concerned, *waiting][:ALERT_REGIONS]
    ]
    return "; ".join([between, *named])
