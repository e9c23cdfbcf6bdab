"""``baken dossier recompute``: make the findings of a dossier again from what it carries."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.cli import verify_dossier
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, table_console
from baken.errors import UnreadableInput
from baken.operations.recompute_finding import (
    Difference,
    Recomputed,
    ToldFinding,
    Verdict,
    recompute_finding,
)
from baken.records.evidence import EntryKind, Value
from baken.records.marking import Realm
from baken.wiring.recomputing import means_of
from baken.wiring.workers import threads

DIFFERENCES_SHOWN = 5


def recompute(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder or a zip.")],
    key: Annotated[str, typer.Option("--key", metavar="VKEY", help="The public key of whoever made it.")],
    witnesses: Annotated[
        list[str] | None, typer.Option("--witness", metavar="VKEY", help="A witness of the log.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Threads; else one a core.")] = None,
) -> int:
    """Make each finding shown again from its inputs and settings, and compare the digests."""
    setting: Setting = context.obj
    findings = told_findings(path, key, witnesses or ())
    with threads(workers) as run:
        means = means_of(run)
        results = [recompute_finding(told, means) for told in findings]
    if setting.as_json:
        print_json({"code_version": means.code_version, "findings": [_document(one) for one in results]})
    else:
        table_console().print(results_table(results))
    return Exit.DONE if all(one.verdict is Verdict.SAME for one in results) else Exit.DOES_NOT_HOLD


def told_findings(path: Path, key: str, witnesses: Sequence[str] = ()) -> tuple[ToldFinding, ...]:
    """Return the findings that a dossier shows, once it is verified.

    Raises: UnreadableInput when it cannot be read, does not hold, or shows no finding.
    """
    files, report = believed(path, key, witnesses)
    # What the verifier let through has the digest it is named by.
    contents = {f"sha256:{name[9:]}": files[name] for name in files if name.startswith("contents/")}
    findings = tuple(_told(one, contents, Realm(report.realm)) for one in report.shown if _is_finding(one))
    if not findings:
        raise UnreadableInput(f"{path}: this copy shows no finding, so there is nothing to make again")
    return findings


def believed(
    path: Path, key: str, witnesses: Sequence[str] = ()
) -> tuple[verify_dossier.Files, verify_dossier.Report]:
    """Return the files of a dossier, once it is verified, and what was verified.

    Raises: UnreadableInput when it cannot be read, or does not hold.
    """
    try:
        trusted = verify_dossier.key_of(key, "--key")
        seen_by = [verify_dossier.key_of(text, "--witness") for text in witnesses]
        files = verify_dossier.files_of(path)
        return files, verify_dossier.verify(files, trusted, seen_by)
    except verify_dossier.CannotBeRead as error:
        raise UnreadableInput(str(error)) from error
    except verify_dossier.DoesNotHold as error:
        raise UnreadableInput(f"{path}: it does not hold, so nothing more is made of it: {error}") from error


def _is_finding(shown: verify_dossier.Shown) -> bool:
    return shown.fields is not None and shown.fields.get("kind") == EntryKind.FINDING


def _told(shown: verify_dossier.Shown, contents: Mapping[str, bytes], realm: Realm) -> ToldFinding:
    fields = {name: _value(value) for name, value in (shown.fields or {}).items()}
    return ToldFinding(entry_id=shown.entry_id, fields=fields, contents=contents, realm=realm)


def _value(value: Any) -> Value:
    """Return a value of JSON as entries hold it."""
    return tuple(map(_value, value)) if isinstance(value, list) else value


def results_table(results: Sequence[Recomputed]) -> Table:
    """Return what came of each finding, and in which figures it differs."""
    table = Table(title="Made again", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("entry", "event", "recomputed", "what"):
        table.add_column(name, overflow="fold")
    for one in results:
        table.add_row(one.entry_id, one.event_id, one.verdict.value, Text("\n".join(_lines(one))))
    return table


def _lines(one: Recomputed) -> Iterator[str]:
    if one.verdict is Verdict.SAME:
        yield one.digest
    if one.because:
        yield one.because
    for difference in one.differences[:DIFFERENCES_SHOWN]:
        yield f"{difference.name}: told {difference.told}, recomputed {difference.recomputed}"
    if (more := len(one.differences) - DIFFERENCES_SHOWN) > 0:
        yield f"and {more} more (--json)"
    if one.remark:
        yield one.remark


def _document(one: Recomputed) -> dict[str, object]:
    return {
        "entry_id": one.entry_id,
        "event_id": one.event_id,
        "verdict": one.verdict.value,
        "told_digest": one.told_digest,
        "digest": one.digest or None,
        "because": one.because,
        "differences": [_difference(difference) for difference in one.differences],
        "remark": one.remark,
    }


def _difference(one: Difference) -> dict[str, object]:
    return {"name": one.name, "told": one.told, "recomputed": one.recomputed}
