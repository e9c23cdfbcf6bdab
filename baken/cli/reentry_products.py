"""``baken reentry products``: a re-entry as page, map, calendar, alert and message, in one folder."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from baken.assess.reentry.outlook import THRESHOLD_FRACTION, AskedOutlook
from baken.assess.reentry.regions import members_for
from baken.astro.time import utc_text, utc_texts
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reentry_withdraw import check_folder, sent_alert
from baken.cli.setting import Setting, instant, log_console, who_reads
from baken.errors import WrongUsage
from baken.formats.cap_reading import SentAlert
from baken.operations.follow_reentry import windows_kept
from baken.operations.publish_reentry import AskedProducts, publish_reentry
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import EarlierWindow, ReentryOutlook
from baken.report.reentry_figures import LIMIT
from baken.report.reentry_sentence import concerned_regions, least_told, sentence
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.code_version import code_version
from baken.wiring.files import write_bytes
from baken.wiring.geography import land_mask, population_of_file, regions_of_file
from baken.wiring.pages import pdf_of_reentry
from baken.wiring.stores import open_store
from baken.wiring.ways_documents import region_document

# Whom Baken was made for: the country, and the air above it.
CONCERNED = ("NLD", "EHAA")
N_WAYS = members_for(THRESHOLD_FRACTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which prediction is meant: of what object in what file, as of when, with what space weather."""

    file: str
    object_name: str | None
    as_of: str | None = None
    space_weather: str | None = None


Predict = Callable[[Setting, Which], ReentryPrediction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the user named beside the prediction; files nobody named are not looked for."""

    folder: str
    regions: tuple[str, ...] = ()
    population: str | None = None
    mass_kg: float | None = None
    concerning: tuple[str, ...] = CONCERNED
    sender: str = "baken"
    next_tai_ns: int | None = None
    threshold_fraction: float = THRESHOLD_FRACTION
    earlier: tuple[EarlierWindow, ...] = ()
    replaced: SentAlert | None = None


def publish(setting: Setting, prediction: ReentryPrediction, named: Named) -> list[str]:
    """Write every product of a prediction into a folder, tell the sentence, and return the files' names.

    Raises: WrongUsage for a folder that is none, a mass or threshold that cannot be, a region nobody gave.
    """
    check_folder(named.folder)
    about = _about(named)
    missing = set(named.concerning) - {region.code for region in about.regions} - set(CONCERNED)
    if missing:
        raise WrongUsage(f"--for {min(missing)}: no region of that code in the files named with --regions")
    message_id = _message_id(prediction)
    asked = AskedProducts(
        about=about,
        now_tai_ns=now_tai_ns(),
        sender=named.sender,
        message_id=message_id,
        language=setting.language,
        concerning=named.concerning,
        next_tai_ns=named.next_tai_ns,
        replaced=named.replaced,
        land=land_mask(),
        code_version=code_version(),
    )
    made = publish_reentry(prediction, asked)
    files = [(f"{message_id}.pdf", pdf_of_reentry(made.page, setting.language))]
    files += [(f"{message_id}.{ending}", content) for ending, content in made.texts]
    paths = [str(Path(named.folder, name)) for name, _ in files]
    for path, (_, content) in zip(paths, files, strict=True):
        write_bytes(path, content)
    say = Speech(setting.language)
    told = sentence(made.outlook, concerned_regions(made.outlook, named.concerning), named.next_tai_ns, say)
    _tell(setting, told, paths, made.outlook)
    return paths


def _about(named: Named) -> AskedOutlook:
    if named.mass_kg is not None and not named.mass_kg > 0.0:
        raise WrongUsage(f"--mass is above nought, in kilograms; it was {named.mass_kg:g}")
    if not 0.0 < named.threshold_fraction < 1.0:
        raise WrongUsage(f"--clear-below lies between 0 and 1; it was {named.threshold_fraction:g}")
    return AskedOutlook(
        regions=tuple(region for path in named.regions for region in regions_of_file(path)),
        population=None if named.population is None else population_of_file(named.population),
        mass_kg=named.mass_kg,
        threshold_fraction=named.threshold_fraction,
        earlier=named.earlier,
    )


def _windows_kept(setting: Setting, prediction: ReentryPrediction) -> tuple[EarlierWindow, ...]:
    """Return what the watch kept of this fall before; a home that is not there is not made for it."""
    if not setting.home.is_dir():
        return ()
    with open_store(setting.home, who_reads(setting)) as store:
        return windows_kept(store, prediction)


def _message_id(prediction: ReentryPrediction) -> str:
    """Return a name that is the same for the same prediction, and tells a world not ours."""
    identity = prediction.identity
    what = identity.object_id if identity.norad_cat_id is None else str(identity.norad_cat_id)
    when = utc_text(prediction.as_of_tai_ns, 0).replace("-", "").replace(":", "")
    return f"{prediction.realm}-reentry-{what}-{when}"


def _tell(setting: Setting, told: str, paths: list[str], outlook: ReentryOutlook) -> None:
    if setting.as_json:
        edges = utc_texts(outlook.edge_tai_ns, 0)
        regions = [region_document(one) for one in outlook.regions]
        least = least_told(outlook)
        document = {"sentence": told, "files": paths, "edges_of_time": edges, "regions": regions}
        print_json({**document, "least_probability_told": least, "casualties": _casualties_json(outlook)})
        return
    log = log_console(setting)
    for line in (told, *paths):
        log.print(line, highlight=False, markup=False, soft_wrap=True)


def _casualties_json(outlook: ReentryOutlook) -> dict[str, object]:
    """Return the expectation as a range beside its limit, or why it is not known."""
    casualties = outlook.casualties
    if casualties is None:
        return {
            "low": None,
            "high": None,
            "limit": LIMIT,
            "is_unknown_because": "no --mass or no --population",
        }
    return {"low": casualties.low, "high": casualties.high, "limit": LIMIT}


def products_command(predict: Predict) -> Callable[..., int]:
    """Return the command ``products``, for a door that knows how to make a prediction from a file."""

    def products(
        context: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE")],
        what: Annotated[str, typer.Option("--object", help="Catalogue number or object id.")],
        folder: Annotated[str, typer.Option("--output", "-o", help="A folder that is there.")],
        regions: Annotated[
            list[str] | None, typer.Option(help="GeoJSON or .shp; as often as needed.")
        ] = None,
        population: Annotated[str | None, typer.Option(help="A grid of people, as GPW has it.")] = None,
        as_of: Annotated[str | None, typer.Option("--as-of", help="UTC; nothing later is looked at.")] = None,
        space_weather: Annotated[str | None, typer.Option(help="CelesTrak's text file.")] = None,
        mass: Annotated[float | None, typer.Option(help="Of the object, in kilograms.")] = None,
        concerning: Annotated[list[str] | None, typer.Option("--for", help="Codes of regions.")] = None,
        sender: Annotated[str, typer.Option("--from", help="Who says so, in alert and message.")] = "baken",
        following: Annotated[str | None, typer.Option("--next", help="When the next update comes.")] = None,
        threshold: Annotated[float, typer.Option("--clear-below")] = THRESHOLD_FRACTION,
        update: Annotated[
            str | None, typer.Option(metavar="ALERT", help="The .cap.xml this one takes the place of.")
        ] = None,
    ) -> int:
        """Write page, maps, calendar, alert and message of one re-entry into a folder."""
        setting: Setting = context.obj
        named = Named(
            folder=folder,
            regions=tuple(regions or ()),
            population=population,
            mass_kg=mass,
            concerning=tuple(concerning or CONCERNED),
            sender=sender,
            next_tai_ns=None if following is None else instant("--next", following),
            threshold_fraction=threshold,
            replaced=None if update is None else sent_alert(update),
        )
        which = Which(file=file, object_name=what, as_of=as_of, space_weather=space_weather)
        prediction = predict(setting, which)
        publish(setting, prediction, replace(named, earlier=_windows_kept(setting, prediction)))
        return Exit.DONE

    return products
