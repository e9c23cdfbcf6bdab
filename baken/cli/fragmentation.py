"""``baken fragmentation``: did something break up, and what can be told of it?"""

from typing import Annotated

import typer

from baken.assess.fragmentation.outlook import AskedRisk, outlook_of
from baken.cli.breakup_view import breakup_document, detection_document, show_breakup, show_detection
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reading import checked_area, chosen, read_catalogue_file, tell_rejections
from baken.cli.setting import Setting, instant, log_console, table_console, with_progress
from baken.errors import WrongUsage
from baken.operations.analyse_breakup import (
    AskedBreakup,
    analyse_breakup,
    detect_breakups,
    known_beside,
)
from baken.operations.import_catalogue import Provenance, catalogue_of
from baken.records.catalogue import Catalogue
from baken.records.marking import Realm
from baken.report.breakup_figures import breakup_svg
from baken.report.breakup_page import BreakupPage
from baken.report.words import Speech
from baken.wiring.code_version import code_version
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.pages import pdf_of_breakup
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
        show_detection(table_console(), detection, Speech(setting.language))
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
    asset: Annotated[list[str] | None, typer.Option(help="For whom is it a risk?  Number or id.")] = None,
    asset_area_m2: Annotated[float, typer.Option(help="Cross-section for which risks are told.")] = 10.0,
    plot: Annotated[str | None, typer.Option(metavar="PATH", help="Where to draw it, as SVG.")] = None,
    page: Annotated[str | None, typer.Option(metavar="PATH", help="Put it on a page, PDF/A.")] = None,
) -> int:
    """Tell when, where and from what pieces parted, how hard they were pushed, and how."""
    setting: Setting = context.obj
    _check_outputs(asset_area_m2, plot, page)
    asked = AskedBreakup(
        launch=launch, parent=parent, since_tai_ns=instant("--since", since) if since else None
    )
    earlier = _catalogue(setting, before, realm) if before else None
    pieces = _catalogue(setting, files, realm)
    seen = analyse_breakup(pieces, earlier, asked)
    known = known_beside(pieces, earlier)
    outlook = outlook_of(
        seen,
        AskedRisk(
            area_m2=asset_area_m2,
            assets=chosen(known, asset or [], "--asset"),
            known=known.element_sets,
        ),
    )
    say = Speech(setting.language)
    if plot is not None:
        write_bytes(plot, breakup_svg(outlook, say).encode())
    if page is not None:
        made = BreakupPage(outlook=outlook, as_of_tai_ns=known.as_of_tai_ns, code_version=code_version())
        write_bytes(page, pdf_of_breakup(made, setting.language))
    if setting.as_json:
        print_json(breakup_document(seen, outlook))
    else:
        show_breakup(table_console(), seen, outlook, say)
    return Exit.DONE


def _check_outputs(area_m2: float, plot: str | None, page: str | None) -> None:
    checked_area(area_m2)
    for option, path, ending in (("--plot", plot, ".svg"), ("--page", page, ".pdf")):
        if path is None:
            continue
        if not path.lower().endswith(ending):
            raise WrongUsage(f"{option} {path}: it is made as {ending[1:].upper()}; end the name in {ending}")
        refuse_unwritable(path)


def _catalogue(setting: Setting, paths: list[str], realm: Realm | None) -> Catalogue:
    read = [read_catalogue_file(path, Provenance(realm=realm)) for path in paths]
    for one in read:
        tell_rejections(log_console(setting), one.file.name, one.reading.rejected)
    return catalogue_of(read)
