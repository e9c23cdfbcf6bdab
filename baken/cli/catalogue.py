"""``baken catalogue``: take in element sets and ephemerides, look at them, hand them on."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.ephemeris_view import (
    Asked,
    ephemeris_document,
    export_ephemeris,
    print_ephemerides,
    says_text,
)
from baken.cli.exits import Exit
from baken.cli.import_label import label_of_import
from baken.cli.label_options import Demands, For
from baken.cli.pairs import paired_table
from baken.cli.reading import read_catalogue_file, rejection_document, rejection_line
from baken.cli.setting import Setting, instant, log_console, table_console, who_reads
from baken.errors import WrongUsage
from baken.formats.reading import Strictness
from baken.operations.export_catalogue import FORMATS_WITHOUT_ROOM, export_catalogue, labelled_text_of
from baken.operations.export_ephemeris import FORMATS as EPHEMERIS_FORMATS
from baken.operations.fetch_catalogue import fetch_catalogue
from baken.operations.import_catalogue import Imported, Provenance, import_catalogue
from baken.operations.look_up import Listed, ListedEphemeris, list_objects, object_named
from baken.operations.ports import Added
from baken.operations.taken_back import orbits_taken_back
from baken.records.marking import Realm
from baken.report.quantities import duration_text
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import write_bytes
from baken.wiring.networks import Service, catalogue_feed, resume
from baken.wiring.skies import drawn_sky
from baken.wiring.stores import open_evidence, open_store

app = typer.Typer(help="Element sets and ephemerides: import, show, list, export.", no_args_is_help=True)
REJECTIONS_SHOWN = 10
OBJECT_PAIRS = (
    ("number", "name"),
    ("regime", "incl. deg"),
    ("perigee km", "apogee km"),
    ("epoch UTC", "age"),
    ("says", "may see"),
)
WORDY = frozenset({"name", "says"})


@app.command("import")
def import_files(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="Files, plain or .gz; - is standard input.")],
    source: Annotated[str, typer.Option(help="Who says so; else the originator named in the file.")] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Keep nothing of a file with a bad record.")
    ] = False,
    format_name: Annotated[str | None, typer.Option("--format", help="Else it is recognised.")] = None,
    realm: Annotated[Realm | None, typer.Option(help="Which world the file speaks of.")] = None,
    releasable_to: For = "",
    label: Demands = None,
) -> int:
    """Read element sets or ephemerides and keep them, side by side with what other sources say."""
    setting: Setting = context.obj
    marking = label_of_import(setting, releasable_to, label)
    provenance = Provenance(source=source, realm=realm, marking=marking)
    strictness = Strictness.STRICT if strict else Strictness.LENIENT
    read = [
        read_catalogue_file(path, provenance, format_name=format_name, strictness=strictness)
        for path in files
    ]
    with open_store(setting.home, who_reads(setting)) as store:
        imported = import_catalogue(store, read, provenance, at_tai_ns=now_tai_ns(), strict=strict)
    if setting.as_json:
        print_json(_import_document(imported))
    else:
        _show_import(imported, setting)
    refused = strict and any(one.rejected for one in imported)
    return Exit.DOES_NOT_HOLD if refused else Exit.DONE


@app.command("show")
def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Catalogue number, COSPAR id or object id.")],
    realm: Annotated[Realm, typer.Option()] = Realm.REAL,
) -> int:
    """Show one object: its names, and every opinion about its orbit with source and age."""
    setting: Setting = context.obj
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        taken_back = orbits_taken_back(log, realm, at_tai_ns=now_tai_ns())
        identity = object_named(store, name, realm=realm)
        element_sets = store.element_sets_of(identity.object_id, realm=realm)
        ephemerides = store.ephemerides_of(identity.object_id, realm=realm)
    listed = [Listed.of(element_set, taken_back) for element_set in reversed(element_sets)]
    tables = [ListedEphemeris.of(ephemeris, taken_back) for ephemeris in reversed(ephemerides)]
    if setting.as_json:
        print_json(
            {
                "object_id": identity.object_id,
                "norad_cat_id": identity.norad_cat_id,
                "cospar_id": identity.cospar_id,
                "name": identity.name,
                "element_sets": [_listed_document(one) for one in listed],
                "ephemerides": [ephemeris_document(one) for one in tables],
            }
        )
        return Exit.DONE
    names = (identity.name, identity.norad_cat_id, identity.cospar_id, identity.object_id)
    _print_objects(listed, " · ".join(str(name) for name in names if name is not None))
    if tables:
        print_ephemerides(tables)
    return Exit.DONE


@app.command("list")
def list_command(
    context: typer.Context,
    regime: Annotated[str | None, typer.Option(help="LEO, MEO, GEO or HEO.")] = None,
    name: Annotated[str | None, typer.Option(help="Part of the name.")] = None,
    realm: Annotated[Realm, typer.Option()] = Realm.REAL,
    limit: Annotated[int, typer.Option(min=0, help="How many to show; 0 is all.")] = 50,
) -> int:
    """List the objects of the stored picture."""
    setting: Setting = context.obj
    now = now_tai_ns()
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        listed = list_objects(
            store,
            realm=realm,
            as_of_tai_ns=now,
            regime=regime,
            name_part=name,
            taken_back=orbits_taken_back(log, realm, at_tai_ns=now),
        )
    shown = listed[:limit] if limit else listed
    if setting.as_json:
        print_json({"objects": len(listed), "listed": [_listed_document(one) for one in shown]})
        return Exit.DONE
    title = f"Objects, {realm}: {len(listed):,}"
    _print_objects(shown, f"{title}, the first {limit:,}" if len(shown) < len(listed) else title)
    return Exit.DONE


@app.command("export")
def export(
    context: typer.Context,
    format_name: Annotated[
        str,
        typer.Option("--format", help="omm-json, omm-csv, omm-xml, omm-kvn, 3le; for one object oem(-xml)."),
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="Where to; - is standard output.")] = "-",
    realm: Annotated[Realm, typer.Option()] = Realm.REAL,
    name: Annotated[str | None, typer.Option("--object", metavar="ID", help="For OEM: of whom.")] = None,
    start: Annotated[str | None, typer.Option(help="For OEM: UTC; else now, or the elements' date.")] = None,
    days: Annotated[float | None, typer.Option(help="For OEM: how far ahead; else 7.")] = None,
    step_s: Annotated[float | None, typer.Option(help="For OEM; else what interpolation allows.")] = None,
) -> int:
    """Write the stored picture, one orbit for each object; or one object's orbit as a table of states."""
    setting: Setting = context.obj
    if format_name in EPHEMERIS_FORMATS:
        asked = Asked(name=name, start_utc=start, days=days, step_s=step_s, realm=realm)
        return export_ephemeris(setting, asked, format_name=format_name, output=output)
    if (name, start, days, step_s) != (None,) * 4:
        raise WrongUsage(
            "--object, --start, --days and --step-s are for --format oem, the table of one object"
        )
    if output == "-" and setting.as_json and format_name != "omm-json":
        raise WrongUsage("--json promises one JSON document on standard output; name a file with -o")
    now = now_tai_ns()
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        taken_back = orbits_taken_back(log, realm, at_tai_ns=now)
        content, n_objects = export_catalogue(
            store, format_name=format_name, realm=realm, as_of_tai_ns=now, taken_back=taken_back
        )
    write_bytes(output, content)
    log_console(setting).print(f"{n_objects:,} objects written as {format_name}")
    if format_name in FORMATS_WITHOUT_ROOM:
        log_console(setting).print(
            f"{format_name} has no room for labels; those who get it have to be told them"
        )
    return Exit.DONE


@app.command("fetch")
def fetch(
    context: typer.Context,
    contact: Annotated[str, typer.Option(help="Who the service can write to, such as ops@example.org.")],
    service: Annotated[Service, typer.Option(help="Which service to ask.")] = Service.CELESTRAK,
    group: Annotated[str, typer.Option(help="CelesTrak's group of objects.")] = "active",
    resume_service: Annotated[
        bool, typer.Option("--resume", help="Ask again after a ban, once somebody has read why.")
    ] = False,
) -> int:
    """Fetch the newest catalogue inside the service's published limits, and keep it."""
    setting: Setting = context.obj
    feed = catalogue_feed(service, setting.home, contact=contact, group=group, now_tai_ns=now_tai_ns)
    log = log_console(setting)
    if resume_service:
        because = resume(feed)
        log.print(
            f"asking {feed.service} again; {because or 'it was not halted'}", highlight=False, markup=False
        )
    with open_store(setting.home, who_reads(setting)) as store:
        fetched = fetch_catalogue(feed, store, at_tai_ns=now_tai_ns())
    for note in (fetched.answer.because, *fetched.answer.notes):
        if note:
            log.print(note, highlight=False, markup=False)
    if setting.as_json:
        print_json(
            {
                **_import_document((fetched.imported,)),
                "service": feed.service,
                "from_cache": fetched.answer.from_cache,
                "age_s": round(fetched.answer.age_s, 3),
                "digest": fetched.answer.digest,
            }
        )
    else:
        _show_import((fetched.imported,), setting)
    return Exit.DONE


@app.command("simulate")
def simulate(
    context: typer.Context,
    output: Annotated[str, typer.Option("--output", "-o", help="Where to; - is standard output.")],
    n_objects: Annotated[int, typer.Option("--objects", help="How many.")] = 30_000,
    seed: Annotated[int, typer.Option(help="The same seed and epoch give the same sky.")] = 1,
    epoch: Annotated[str | None, typer.Option(help="UTC; else the running hour.")] = None,
    format_name: Annotated[str, typer.Option("--format", help="Any of the OMM formats.")] = "omm-csv",
) -> int:
    """Write an invented sky, each record marked SIMULATED."""
    if n_objects < 1:
        raise WrongUsage(f"--objects is at least 1; it was {n_objects}")
    epoch_tai_ns = instant("--epoch", epoch) if epoch else now_tai_ns()
    sky = drawn_sky(seed=seed, n_objects=n_objects, epoch_tai_ns=epoch_tai_ns)
    write_bytes(output, labelled_text_of(sky.element_sets, format_name))
    log_console(context.obj).print(
        f"{n_objects:,} invented objects written as {format_name}, realm SIMULATED"
    )
    return Exit.DONE


def _show_import(imported: tuple[Imported, ...], setting: Setting) -> None:
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("file", "format"):
        table.add_column(column)
    for column in ("read", "rejected", "objects new", "element sets new", "ephemerides new", "already known"):
        table.add_column(column, justify="right")
    for one in imported:
        counts = _counts(one.added) if one.added else ("refused",) * 4
        cells = (one.file.n_read, one.file.n_rejected, *counts)
        table.add_row(one.file.name, one.format_name, *(f"{n:,}" if isinstance(n, int) else n for n in cells))
    table_console().print(table)
    log = log_console(setting)
    for one in imported:
        for rejection in one.rejected[:REJECTIONS_SHOWN]:
            log.print(rejection_line(one.file.name, rejection), highlight=False, markup=False)
        if (more := len(one.rejected) - REJECTIONS_SHOWN) > 0:
            log.print(f"{one.file.name}: and {more:,} more rejected; --json lists them all")
        for conflict in one.added.conflicts[:REJECTIONS_SHOWN] if one.added else ():
            log.print(f"{one.file.name}: {conflict.text}", highlight=False, markup=False)


def _counts(added: Added) -> tuple[int, ...]:
    return added.objects_new, added.element_sets_new, added.ephemerides_new, added.already_known


def _import_document(imported: tuple[Imported, ...]) -> dict[str, object]:
    return {
        "files": [
            {
                "path": one.file.name,
                "format": one.format_name,
                "read": one.file.n_read,
                "accepted": one.file.n_read - one.file.n_rejected if one.added else 0,
                "rejected": [rejection_document(rejection) for rejection in one.rejected],
                "conflicts": [conflict.text for conflict in one.added.conflicts] if one.added else [],
            }
            for one in imported
        ],
        "objects": sum(one.added.objects_new for one in imported if one.added),
        "element_sets": sum(one.added.element_sets_new for one in imported if one.added),
        "ephemerides": sum(one.added.ephemerides_new for one in imported if one.added),
        "already_known": sum(one.added.already_known for one in imported if one.added),
    }


def _print_objects(listed: list[Listed], title: str) -> None:
    now = now_tai_ns()
    rows = [_listed_cells(one, now) for one in listed]
    table_console().print(paired_table(title, OBJECT_PAIRS, rows, WORDY))


def _listed_cells(one: Listed, now: int) -> tuple[str, ...]:
    return (
        str(one.norad_cat_id or "-"),
        one.name,
        one.regime,
        f"{one.inclination_deg:.2f}",
        f"{one.perigee_height_m / 1000:,.0f}",
        f"{one.apogee_height_m / 1000:,.0f}",
        utc_text(one.epoch_tai_ns, 0),
        duration_text((now - one.epoch_tai_ns) / 1e9),
        says_text(one),
        one.marking,
    )


def _listed_document(one: Listed) -> dict[str, object]:
    return {
        "object_id": one.object_id,
        "norad_cat_id": one.norad_cat_id,
        "name": one.name,
        "regime": one.regime,
        "perigee_height_m": round(one.perigee_height_m, 1),
        "apogee_height_m": round(one.apogee_height_m, 1),
        "inclination_rad": one.inclination_rad,
        "epoch_utc": utc_text(one.epoch_tai_ns, 6),
        "originator": one.originator,
        "came_from": list(one.came_from),
        "stands": one.standing.value,
        "realm": one.realm.value,
        "marking": one.marking,
    }
