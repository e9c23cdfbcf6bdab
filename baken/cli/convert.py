"""``baken convert``: from any format Baken reads to any it writes, without a home."""

from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.reading import REJECTIONS_SHOWN, rejection_document, rejection_line
from baken.cli.setting import Setting, log_console
from baken.cli.validate import deviation_document, place
from baken.errors import WrongUsage
from baken.formats.reading import Strictness
from baken.operations.convert import Converted, format_of_name
from baken.operations.convert import convert as convert_content
from baken.wiring.files import read_bytes, said_of, write_bytes


def convert(
    context: typer.Context,
    given: Annotated[str, typer.Argument(metavar="IN", help="A file, plain or .gz; - is standard input.")],
    output: Annotated[str, typer.Option("--output", "-o", help="Where to; - is standard output.")],
    format_name: Annotated[str | None, typer.Option("--format", help="Else the output's name tells.")] = None,
    from_format: Annotated[str | None, typer.Option("--from", help="Else it is recognised.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse what is not as its standard says.")
    ] = False,
) -> int:
    """Turn one format into another; a value that does not fit is refused, never bent."""
    setting: Setting = context.obj
    wanted = format_name or format_of_name(output)
    if wanted is None:
        raise WrongUsage(f"-o {output}: the name does not tell the format; give --format")
    if setting.as_json and output == "-" and wanted != "omm-json":
        raise WrongUsage("--json promises one JSON document on standard output; name a file with -o")
    content = read_bytes(given)
    strictness = Strictness.STRICT if strict else Strictness.LENIENT
    with said_of(given):
        converted = convert_content(content, to=wanted, from_format=from_format, strictness=strictness)
    if not (strict and converted.rejected):
        write_bytes(output, converted.content)
    for rejection in converted.rejected:
        log_console(setting).print(rejection_line(given, rejection), highlight=False, markup=False)
    _tell_deviations(setting, given, converted)
    if setting.as_json and output != "-":
        print_json(
            {
                "path": given,
                "format": converted.from_format,
                "output": output,
                "output_format": converted.to_format,
                "converted": converted.n_records,
                "rejected": [rejection_document(rejection) for rejection in converted.rejected],
                "deviations": [deviation_document(deviation) for deviation in converted.deviations],
            }
        )
    return Exit.DOES_NOT_HOLD if strict and converted.rejected else Exit.DONE


def _tell_deviations(setting: Setting, given: str, converted: Converted) -> None:
    """Say what was not as its standard says: a value left out must not be left out in silence."""
    rejected = {(one.line, one.field) for one in converted.rejected}
    told = [one for one in converted.deviations if (one.line, one.keyword) not in rejected]
    console = log_console(setting)
    for deviation in told[:REJECTIONS_SHOWN]:
        console.print(place(given, deviation), highlight=False, markup=False, soft_wrap=True)
    if len(told) > REJECTIONS_SHOWN:
        more = f"{given}: {len(told) - REJECTIONS_SHOWN:,} more deviations; baken validate tells all"
        console.print(more, highlight=False, markup=False)
