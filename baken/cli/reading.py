"""Read files named on the command line, each refusal with the file's name in front."""

import math
from collections.abc import Sequence

from rich.console import Console

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.astro.space_weather import SpaceWeatherTable
from baken.astro.space_weather_text import space_weather_from_celestrak
from baken.cli.setting import Setting, log_console
from baken.errors import BadMessage, WrongUsage
from baken.formats.hard_body_radii import read_hard_body_radii
from baken.formats.reading import Rejection, Strictness
from baken.formats.sniff import unpack
from baken.operations.import_catalogue import NamedContent, Provenance, ReadFile, read_catalogue
from baken.records.catalogue import Picture
from baken.records.lineage import NO_FILE, digest_of_bytes
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes, said_of
from baken.wiring.skies import Sky, sky_of_files

REJECTIONS_SHOWN = 5


def read_catalogue_file(
    path: str,
    provenance: Provenance,
    *,
    format_name: str | None = None,
    strictness: Strictness = Strictness.LENIENT,
) -> ReadFile:
    """Read one file of element sets.

    Raises: UnreadableInput in one line that begins with the file's name, also when every record is bad.
    """
    content = read_bytes(path)
    with said_of(path):
        read = read_catalogue(
            NamedContent(name=path, content=content),
            provenance,
            format_name=format_name,
            strictness=strictness,
        )
        _refuse_when_all_bad(read)
        return read


def _refuse_when_all_bad(read: ReadFile) -> None:
    reading = read.reading
    if reading.records or not reading.rejected:
        return
    first = reading.rejected[0]
    raise BadMessage(
        first.reason,
        line=first.line,
        field=first.field,
        next_step=f"not one of {reading.n_read:,} records could be read: fetch it anew",
    )


def rejection_line(path: str, rejection: Rejection) -> str:
    """Return one rejected record as a person reads it.

    >>> rejection_line("sky.3le", Rejection(3, "LINE1", "the checksum is 5, the line adds up to 7"))
    'sky.3le:3 LINE1: the checksum is 5, the line adds up to 7'
    """
    return f"{path}:{rejection.line} {rejection.field}: {rejection.reason}"


def rejection_document(rejection: Rejection) -> dict[str, object]:
    """Return one rejected record as JSON."""
    return {"line": rejection.line, "field": rejection.field, "reason": rejection.reason}


def given_sky(setting: Setting, paths: Sequence[str], realm: Realm | None) -> Sky:
    """Return the sky that stands in files, and say what could not be taken from them.

    Raises: UnreadableInput when one of them holds no catalogue; WrongUsage when they speak of several worlds.
    """
    read = [read_catalogue_file(path, Provenance(realm=realm)) for path in paths]
    for one in read:
        tell_rejections(log_console(setting), one.file.name, one.reading.rejected)
    worlds = {es.realm: one.file.name for one in read for es in one.reading.records[:1]}
    if len(worlds) > 1:
        told = ", ".join(f"{name} is {world}" for world, name in sorted(worlds.items()))
        raise WrongUsage(f"worlds never mix, and {told}; give files of one world")
    return sky_of_files(read, now_tai_ns=now_tai_ns())


def object_ids(picture: Picture, names: list[str], option: str) -> frozenset[str]:
    """Return the ids of objects of a picture that were named by catalogue number or id.

    Raises: WrongUsage for a name that is not in it.
    """
    known: dict[str, str] = {}
    for element_set in picture.element_sets:
        identity = element_set.identity
        known |= {
            str(name): identity.object_id
            for name in (identity.norad_cat_id, identity.object_id)
            if name is not None
        }
    # A number is a number, with or without the zeros that old formats put before it.
    names = [str(int(name)) if name.isdecimal() else name for name in names]
    if missing := [name for name in names if name not in known]:
        raise WrongUsage(
            f"{option} {missing[0]}: not in this catalogue; give a catalogue number or an object id that is"
        )
    return frozenset(known[name] for name in names)


def chosen(picture: Picture, names: list[str], option: str) -> tuple[ElementSet, ...]:
    """Return the orbits of objects that were named by catalogue number or id, in the picture's order.

    Raises: WrongUsage for a name that is not in it.
    """
    wanted = object_ids(picture, names, option)
    return tuple(one for one in picture.element_sets if one.identity.object_id in wanted)


def checked_area(area_m2: float) -> None:
    """Refuse a cross-section that cannot be.

    Raises: WrongUsage when it is not a number above 0.
    """
    if not 0.0 < area_m2 < math.inf:
        raise WrongUsage(f"--asset-area-m2 is a number above 0; it was {area_m2:g}")


def given_circumstances(setting: Setting, path: str | None) -> Circumstances:
    """Return what is known of sizes: the radii in a file, if there is one, and say what was made of it.

    Raises: UnreadableInput when the file holds no table of radii.
    """
    if path is None:
        return Circumstances()
    content = read_bytes(path)
    with said_of(path):
        radii = read_hard_body_radii(content)
    log = log_console(setting)
    tell_rejections(log, path, radii.rejected)
    taken = f"{len(radii.radius_m):,} radii taken, {radii.n_without_size:,} rows tell no size"
    log.print(
        f"{path}: {taken}, {len(radii.rejected):,} rejected", highlight=False, markup=False, soft_wrap=True
    )
    return Circumstances(known_radius_m=radii.radius_m, known_from=digest_of_bytes(content))


def given_space_weather(path: str | None) -> SpaceWeatherTable | None:
    """Return the space weather in CelesTrak's text file, if one is named.

    Raises: UnreadableInput naming the file, line and field that cannot be read.
    """
    return told_space_weather(path)[0]


def told_space_weather(path: str | None) -> tuple[SpaceWeatherTable | None, str]:
    """Return the space weather in CelesTrak's text file, if one is named, and the digest of that file.

    Raises: UnreadableInput naming the file, line and field that cannot be read.
    """
    if path is None:
        return None, NO_FILE
    content = read_bytes(path)
    with said_of(path):
        table = space_weather_from_celestrak(unpack(content).decode("utf-8", errors="replace"))
    return table, digest_of_bytes(content)


def tell_rejections(
    log: Console, path: str, rejected: Sequence[Rejection], shown: int = REJECTIONS_SHOWN
) -> None:
    """Say which records were not taken, the first few by line."""
    for rejection in rejected[:shown]:
        log.print(rejection_line(path, rejection), highlight=False, markup=False, soft_wrap=True)
    if (more := len(rejected) - shown) > 0:
        log.print(f"{path}: and {more:,} more records rejected", highlight=False, markup=False)
