"""``baken fragmentation``: did something break up, and what can be told of it?"""

from typing import Annotated

import typer

from baken.cli.breakup_view import breakup_document, detection_document, drawn, show_breakup, show_detection
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reading import read_catalogue_file, tell_rejections
from baken.cli.setting import Setting, instant, log_console, table_console, with_progress
from baken.errors import WrongUsage
from baken.operations.analyse_breakup import AskedBreakup, analyse_breakup, detect_breakups
from baken.operations.import_catalogue import Provenance, catalogue_of
from baken.records.catalogue import Catalogue
from baken.records.marking import Realm
from baken.report.breakup_figures import breakup_svg
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.workers import threads

app = typer.Typer(help="Breakups: detect, analyse.", no_args_is_help=True)


@app.command("detect")
def detect(
    context: typer.Context,
    before: Annotated[str, typer.Argument(help="A catalogue of before.")],
    after: Annotated[str, typer.Argument(help="A catalogue of after.")],
    realm: Annotated[Realm | None, typer.Option(help="Which world; else as the files say.")] = None,
) -> int:
    """Find what broke up between two catalogues."""
    setting: Setting = context.obj
    skies = [_catalogue(setting, [path], realm) for path in (before, after)]
    with threads(None) as run:
        detection = detect_breakups(*skies, run=with_progress(run, setting, "groups of newcomers"))
    if setting.as_json:
        print_json(detection_document(detection))
    else:
        show_detection(table_console(), detection)
    return Exit.DONE


@app.command("analyse")
def analyse(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Element sets that hold the pieces.")],
    parent: Annotated[int | None, typer.Option(help="Catalogue number of the object they came from.")] = None,
    before: Annotated[
        list[str] | None, typer.Option(help="What was known before: parents are looked for in it.")
    ] = None,
    launch: Annotated[str | None, typer.Option(help="Only pieces of this launch, like 1982-092.")] = None,
    since: Annotated[
        str | None, typer.Option(help="UTC; else the date of --before, or 60 days back.")
    ] = None,
    realm: Annotated[Realm | None, typer.Option(help="Which world; else as the files say.")] = None,
    plot: Annotated[str | None, typer.Option(metavar="PATH", help="Where to draw it, as SVG.")] = None,
) -> int:
    """Tell when, where and from what pieces parted, how hard they were pushed, and how."""
    setting: Setting = context.obj
    if plot is not None:
        if not plot.lower().endswith(".svg"):
            raise WrongUsage(f"--plot {plot}: drawings are SVG; end the name in .svg")
        refuse_unwritable(plot)
    asked = AskedBreakup(
        launch=launch, parent=parent, since_tai_ns=instant("--since", since) if since else None
    )
    known = _catalogue(setting, before, realm) if before else None
    seen = analyse_breakup(_catalogue(setting, files, realm), known, asked)
    if plot is not None:
        write_bytes(plot, breakup_svg(drawn(seen)).encode())
    if setting.as_json:
        print_json(breakup_document(seen))
    else:
        show_breakup(table_console(), seen)
    return Exit.DONE


def _catalogue(setting: Setting, paths: list[str], realm: Realm | None) -> Catalogue:
    read = [read_catalogue_file(path, Provenance(realm=realm)) for path in paths]
    for one in read:
        tell_rejections(log_console(setting), one.file.name, one.reading.rejected)
    return catalogue_of(read)
