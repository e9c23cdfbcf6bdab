"""Look again at the sky a finding was made from: the same files, instant, window and settings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.detector import ALL_OBJECTS, ConjunctionDetector
from baken.assess.fragmentation.detector import FragmentationDetector
from baken.assess.reentry.detector import ReentryDetector
from baken.astro.space_weather import SpaceWeatherTable
from baken.astro.space_weather_text import space_weather_from_celestrak
from baken.astro.time import tai_ns_from_utc
from baken.catalogue.past import past_of
from baken.catalogue.picture import digest_of_picture, draw_picture
from baken.errors import UnreadableInput
from baken.formats.hard_body_radii import read_hard_body_radii
from baken.formats.sniff import unpack
from baken.operations.assess_picture import (
    AS_OF,
    OF_ITS_OBJECTS,
    PICTURE,
    WINDOW_END,
    WINDOW_START,
    assess_picture,
)
from baken.operations.finding_inputs import refuse_missing
from baken.operations.import_catalogue import NamedContent, Provenance, catalogue_of, read_catalogue
from baken.operations.ports import Detector
from baken.records.catalogue import Picture
from baken.records.event import Finding, Runner, Window
from baken.records.lineage import NO_FILE

Contents = Mapping[str, bytes]
Settings = Mapping[str, str]
T = TypeVar("T")


def look_again(
    finding: Finding, picture: Picture, contents: Contents, detectors: Sequence[Detector], *, run: Runner
) -> tuple[Finding, ...]:
    """Return what the detectors of its kind see in the picture that a finding was seen in.

    ``contents`` are by digest and hold what was known beside the catalogue.
    Raises: UnreadableInput naming the setting that is not told, or cannot be followed.
    """
    settings = dict(finding.lineage.settings)
    try:
        window = Window(
            start_tai_ns=tai_ns_from_utc(_told(settings, WINDOW_START)),
            end_tai_ns=tai_ns_from_utc(_told(settings, WINDOW_END)),
        )
        of_kind = [_as_told(one, settings, contents) for one in detectors if one.kind is finding.kind]
    except ValueError as error:
        raise UnreadableInput(f"its settings cannot be followed: {error}") from error
    if not of_kind:
        raise UnreadableInput(f"no detector is installed here that looks for {finding.kind.name.lower()}")
    assessment = assess_picture(_of_concern(finding, picture), window, of_kind, run=run)
    return tuple(one for detection in assessment.detections for one in detection.findings)


def _of_concern(finding: Finding, picture: Picture) -> Picture:
    """Return as much of a picture as a finding of its kind depends on.

    Raises: UnreadableInput where that is all of it, and it is not the one it was seen in.
    """
    if finding.kind in OF_ITS_OBJECTS:
        ids = set(finding.object_ids)
        choices = tuple(one for one in picture.choices if one.chosen.identity.object_id in ids)
        return replace(picture, choices=choices)
    if digest_of_picture(picture) != _told(dict(finding.lineage.settings), PICTURE):
        raise UnreadableInput("its inputs do not make the picture it was seen in; more was known then")
    return picture


def as_of_told(finding: Finding) -> int:
    """Return the instant of the picture a finding was seen in.

    Raises: UnreadableInput when its settings do not tell.
    """
    told = _told(dict(finding.lineage.settings), AS_OF)
    try:
        return tai_ns_from_utc(told)
    except ValueError as error:
        raise UnreadableInput(f"its settings tell no instant as {AS_OF}: {error}") from error


def picture_of_files(finding: Finding, contents: Contents) -> Picture:
    """Draw the picture a finding was seen in from the catalogues among its inputs.

    Raises: UnreadableInput naming the input that is missing, or cannot be read.
    """
    refuse_missing(finding, contents)
    provenance = Provenance(realm=finding.realm, marking=finding.marking)
    read = (
        read_catalogue(NamedContent(name=source.name, content=contents[source.digest]), provenance)
        for source in finding.lineage.sources
    )
    catalogue, as_of_tai_ns = catalogue_of(read), as_of_told(finding)
    past = past_of(catalogue, start_tai_ns=as_of_tai_ns)
    return draw_picture(catalogue, as_of_tai_ns=as_of_tai_ns, past=past)


def _told(settings: Settings, name: str) -> str:
    if name not in settings:
        raise UnreadableInput(f"its settings do not tell {name}: it was made by an older Baken, or elsewhere")
    return settings[name]


def _as_told(detector: Detector, settings: Settings, contents: Contents) -> Detector:
    """Return a detector with the settings a finding tells; one of somebody else's, as it is."""
    if isinstance(detector, ConjunctionDetector):
        if _told(settings, "primaries") != ALL_OBJECTS:
            raise UnreadableInput("only some objects were screened for, and its settings do not tell which")
        radii_from = _told(settings, "hard_body_radii")
        return replace(
            _set(detector, settings),
            attention=_set(detector.attention, settings),
            circumstances=Circumstances(known_radius_m=_radii(radii_from, contents), known_from=radii_from),
        )
    if isinstance(detector, ReentryDetector):
        weather_from = _told(settings, "space_weather")
        return replace(
            _set(detector, settings),
            space_weather=_space_weather(weather_from, contents),
            space_weather_from=weather_from,
        )
    if isinstance(detector, FragmentationDetector):
        return replace(detector, attention=_set(detector.attention, settings))
    return detector


def _set(one: T, settings: Settings) -> T:
    """Return a detector or a rule with every number of it that settings tell."""
    numbers = {
        name: type(value)(settings[name])
        for name in one.__dataclass_fields__  # type: ignore[attr-defined]
        if isinstance(value := getattr(one, name), int | float) and name in settings
    }
    return replace(one, **numbers)  # type: ignore[type-var]


def _radii(digest: str, contents: Contents) -> Mapping[int, float]:
    return {} if digest == NO_FILE else read_hard_body_radii(_at_hand(digest, contents)).radius_m


def _space_weather(digest: str, contents: Contents) -> SpaceWeatherTable | None:
    if digest == NO_FILE:
        return None
    return space_weather_from_celestrak(unpack(_at_hand(digest, contents)).decode("utf-8", errors="replace"))


def _at_hand(digest: str, contents: Contents) -> bytes:
    if digest not in contents:
        raise UnreadableInput(f"not in this dossier: what its settings name as {digest}")
    return contents[digest]
