"""``baken cdm import``: take in warnings, and keep each under its event."""

from collections.abc import Sequence
from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.import_label import label_of_import
from baken.cli.label_options import Demands, For
from baken.cli.reading import rejection_document, tell_rejections
from baken.cli.setting import Setting, log_console, table_console, who_reads
from baken.errors import BadMessage
from baken.formats.reading import Strictness
from baken.operations.import_catalogue import NamedContent, Provenance
from baken.operations.ports import KeptMessages
from baken.operations.receive_messages import ReadWarnings, keep_warnings, read_warnings
from baken.records.marking import Realm
from baken.wiring.assessors import assessor_of_warnings
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes, said_of
from baken.wiring.stores import open_store


def import_messages(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="CDMs, plain or .gz; - is standard input.")],
    source: Annotated[str, typer.Option(help="Who handed them over; each names its originator.")] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Keep nothing of a file with a bad message.")
    ] = False,
    format_name: Annotated[str | None, typer.Option("--format", help="Else it is recognised.")] = None,
    realm: Annotated[Realm | None, typer.Option(help="Which world the files speak of.")] = None,
    releasable_to: For = "",
    label: Demands = None,
) -> int:
    """Keep conjunction messages whole, each under the event of its encounter, beside what others say."""
    setting: Setting = context.obj
    marking = label_of_import(setting, releasable_to, label)
    provenance = Provenance(source=source, realm=realm, marking=marking)
    strictness = Strictness.STRICT if strict else Strictness.LENIENT
    read = [_read(path, provenance, format_name, strictness) for path in files]
    with open_store(setting.home, who_reads(setting)) as store:
        kept = keep_warnings(store, read, source=source, at_tai_ns=now_tai_ns(), strict=strict)
    if setting.as_json:
        print_json(_document(read, kept, strict=strict))
    else:
        _show(read, kept, setting)
    return Exit.DOES_NOT_HOLD if strict and any(one.rejected for one in read) else Exit.DONE


def _read(path: str, provenance: Provenance, format_name: str | None, strictness: Strictness) -> ReadWarnings:
    content = read_bytes(path)
    with said_of(path):
        read = read_warnings(
            NamedContent(name=path, content=content),
            provenance,
            assessor_of_warnings(),
            format_name=format_name,
            strictness=strictness,
        )
        if not read.received:
            first = read.rejected[0]
            raise BadMessage(
                first.reason, line=first.line, field=first.field, next_step="ask its originator for it anew"
            )
        return read


def _document(read: Sequence[ReadWarnings], kept: KeptMessages, *, strict: bool) -> dict[str, object]:
    return {
        "files": [
            {
                "path": one.name,
                "format": one.format_name,
                "read": one.n_read,
                "accepted": 0 if strict and one.rejected else len(one.received),
                "rejected": [rejection_document(rejection) for rejection in one.rejected],
            }
            for one in read
        ],
        "events": [str(event_id) for event_id in dict.fromkeys(kept.event_ids)],
        "events_new": kept.events_new,
        "updates_new": kept.updates_new,
        "already_known": kept.already_known,
        "objects": kept.objects_new,
        "conflicts": [conflict.text for conflict in kept.conflicts],
    }


def _show(read: Sequence[ReadWarnings], kept: KeptMessages, setting: Setting) -> None:
    log = log_console(setting)
    for one in read:
        tell_rejections(log, one.name, one.rejected)
    for conflict in kept.conflicts:
        log.print(conflict.text, highlight=False, markup=False)
    console = table_console()
    console.print(
        f"{kept.updates_new:,} new updates of {len(set(kept.event_ids)):,} events ({kept.events_new:,} new), "
        f"{kept.already_known:,} already known",
        highlight=False,
    )
    for event_id in dict.fromkeys(kept.event_ids):
        console.print(f"  baken event show {event_id}", highlight=False)
