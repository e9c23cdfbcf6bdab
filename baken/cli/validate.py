"""``baken validate``: is this message as its standard says?"""

from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, table_console
from baken.formats.reading import Deviation, Strictness
from baken.operations.validate import Judged, Verdict
from baken.operations.validate import validate as judge
from baken.wiring.files import read_bytes


def validate(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="Files, plain or .gz; - is standard input.")],
    strictness: Annotated[
        bool, typer.Option("--strict/--lenient", help="Whether every deviation condemns.")
    ] = True,
    format_name: Annotated[str | None, typer.Option("--format", help="Else it is recognised.")] = None,
) -> int:
    """Say of each file whether it is accepted, and where it deviates."""
    setting: Setting = context.obj
    chosen = Strictness.STRICT if strictness else Strictness.LENIENT
    judged = [(path, judge(read_bytes(path), format_name=format_name, strictness=chosen)) for path in files]
    if setting.as_json:
        print_json({"files": [_document(path, one) for path, one in judged]})
    else:
        for path, one in judged:
            _show(path, one)
    held = all(one.verdict is Verdict.ACCEPTED for _, one in judged)
    return Exit.DONE if held else Exit.DOES_NOT_HOLD


def _show(path: str, judged: Judged) -> None:
    console = table_console()
    style = "green" if judged.verdict is Verdict.ACCEPTED else "bold red"
    console.print(
        f"[{style}]{judged.verdict}[/] {path} ({judged.format_name or 'format not known'})", highlight=False
    )
    for deviation in judged.deviations:
        console.print(f"  {place(path, deviation)}", highlight=False, markup=False, soft_wrap=True)


def place(path: str, deviation: Deviation) -> str:
    """Return a deviation with the place it stands at, as an editor can open it.

    >>> place("a.oem", Deviation(7, "REF_FRAME", "is missing"))
    'a.oem:7 REF_FRAME: is missing'
    """
    where = f"{path}:{deviation.line}" if deviation.line else path
    return f"{where} {deviation.keyword}: {deviation.message}".replace(" : ", ": ")


def _document(path: str, judged: Judged) -> dict[str, object]:
    return {
        "path": path,
        "format": judged.format_name,
        "verdict": judged.verdict.value,
        "deviations": [deviation_document(deviation) for deviation in judged.deviations],
    }


def deviation_document(deviation: Deviation) -> dict[str, object]:
    """Return one deviation as JSON."""
    return {"line": deviation.line, "keyword": deviation.keyword, "message": deviation.message}
