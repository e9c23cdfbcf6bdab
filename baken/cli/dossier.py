"""``baken dossier``: a case for somebody else, who need not trust us to check it."""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.cli import dossier_recompute, verify_dossier
from baken.cli.doors import print_json
from baken.cli.evidence_options import unlocked_key
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_entry, asked_incident
from baken.cli.incident import By, Place, working
from baken.cli.setting import Setting, instant, table_console
from baken.errors import UnreadableInput, WrongUsage
from baken.evidence.checkpoint import origin_of
from baken.evidence.signed_note import VerifierKey
from baken.operations.build_dossier import (
    AskedDossier,
    BuiltDossier,
    Gate,
    Held,
    Release,
    Seal,
    build_dossier,
    releases_of,
)
from baken.operations.compare_dossiers import Comparison, Logs, compare_dossiers
from baken.operations.desk import realm_of_incident
from baken.operations.dossier_gate import gate_of_labels
from baken.operations.keep_keys import key_notes
from baken.operations.release_question import Act
from baken.operations.sign_log import sign_log
from baken.records.terms import Terms
from baken.wiring.case_documents import matrix_document
from baken.wiring.files import write_bytes
from baken.wiring.sharing import sharing_of

A_YEAR_NS = 365 * 86_400 * 10**9

app = typer.Typer(help="Dossiers: build, verify, compare, recompute, verifier.", no_args_is_help=True)
app.command("recompute")(dossier_recompute.recompute)
Path_ = Annotated[Path, typer.Argument(metavar="PATH", help="A folder or a zip.")]
KeyOf = Annotated[str, typer.Option("--key", metavar="VKEY", help="The public key of whoever made it.")]
Witnesses = Annotated[
    list[str] | None, typer.Option("--witness", metavar="VKEY", help="A witness of the log.")
]


@app.command("build")
def build(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    recipients: Annotated[list[str], typer.Option("--for", metavar="NAME", help="Who gets a copy.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FOLDER")] = None,
    title: Annotated[str, typer.Option(help="What every recipient may know; else the incident's name.")] = "",
    withheld: Annotated[
        list[str] | None,
        typer.Option("--withhold", metavar="EV-n[:FIELD]", help="Hold back more."),
    ] = None,
    same_as: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A copy built before; what is built is another part of the same."),
    ] = None,
    purpose: Annotated[str, typer.Option(help="What they may use it for; else what each receives for.")] = "",
    because: Annotated[str, typer.Option("--because", help="The reason; it is asked of policy.")] = "",
    until: Annotated[str, typer.Option(metavar="UTC", help="Until when they may use it; else a year.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would see what, and why.")] = False,
    by: By = None,
) -> int:
    """Build a dossier: one signed manifest, and a copy for each recipient with what his label allows."""
    setting: Setting = context.obj
    if title and same_as:
        raise WrongUsage("a dossier that was signed keeps its title; leave --title away with --same-as")
    held, manifest = tuple(_held(word) for word in withheld or ()), _manifest_of(same_as) if same_as else None
    with working(context, by) as place:
        asked = AskedDossier(
            incident_id=asked_incident(incident),
            title=title or str(asked_incident(incident)),
            recipients=tuple(dict.fromkeys(recipients)),
            verifier=verifier_text(),
            gate=_gate(place, purpose, because or title or str(asked_incident(incident)), until),
            held=held,
            same_as=manifest,
        )
        if dry_run:
            return _tell_releases(setting, releases_of(place.desk.log, asked))
        folder = _folder(output)
        realm = realm_of_incident(asked.incident_id)
        key = unlocked_key(setting, place.desk.log, realm, origin_of(place.store.node_name(), realm))
        releases_of(place.desk.log, asked)
        if same_as is None:
            sign_log(place.desk.log, realm, key, at_tai_ns=place.desk.at_tai_ns)
        seal = Seal(key=key, notes=key_notes(place.desk.log, realm))
        built = build_dossier(place.desk, asked, seal, matrix_document)
    paths = _write(folder, asked, built)
    if setting.as_json:
        print_json(_built_document(built, paths))
    else:
        table_console().print(releases_table(built.releases))
        for path in paths:
            table_console().print(Text(f"{path}"))
        table_console().print(Text(f"signed with {key.verifier.text}"))
    return Exit.DONE


@app.command("verify")
def verify(context: typer.Context, path: Path_, key: KeyOf, witnesses: Witnesses = None) -> int:
    """Verify a dossier, with the very program that goes along with it; no home and no network needed."""
    setting: Setting = context.obj
    words = [str(path), "--key", key]
    for witness in witnesses or ():
        words += ["--witness", witness]
    return verify_dossier.main([*words, *(["--json"] if setting.as_json else [])])


@app.command("compare")
def compare(
    context: typer.Context,
    first: Path_,
    second: Annotated[Path, typer.Argument(metavar="PATH", help="Another copy, or another dossier.")],
    key: KeyOf,
) -> int:
    """Say whether two dossiers are parts of one, and whether the logs they were shown can both be true."""
    setting: Setting = context.obj
    (one, _), (other, _) = (dossier_recompute.believed(path, key) for path in (first, second))
    trusted = verify_dossier.key_of(key, "--key")
    found = compare_dossiers(one, other, [*_keys_in(one, trusted), *_keys_in(other, trusted)])
    if setting.as_json:
        print_json(_compared_document(found, one, other))
    else:
        table_console().print(Text(_compared_text(found)))
    return Exit.DOES_NOT_HOLD if found.logs is Logs.SPLIT else Exit.DONE


@app.command("verifier")
def verifier(
    output: Annotated[str, typer.Option("-o", "--output", metavar="PATH.py", help="Where it goes.")] = "-",
) -> int:
    """Write the single-file verifier, to be carried to a machine that stands alone."""
    write_bytes(output, verifier_text())
    return Exit.DONE


def verifier_text() -> bytes:
    """Return the program that verifies a dossier, as it goes along with each."""
    return (resources.files("baken.cli") / "verify_dossier.py").read_bytes()


def _keys_in(files: verify_dossier.Files, trusted: verify_dossier.Key) -> list[VerifierKey]:
    """Return the trusted key and those that follow from it, as a dossier tells."""
    notes = [verify_dossier.note_of(files[name], name) for name in sorted(files) if name.startswith("keys/")]
    periods = verify_dossier.periods_of(trusted, notes)
    return [VerifierKey(name=each.key.name, public_key=each.key.public_key) for each in periods]


def _compared_text(found: Comparison) -> str:
    first, second = found.first, found.second
    if found.logs is Logs.SPLIT:
        return (
            f"SPLIT VIEW: {first.origin} signed two logs that cannot both be true: {found.contradicts}, in "
            f"that of {first.size} entries with root {first.root.hex()} and in that of {second.size} with "
            f"root {second.root.hex()}; the two dossiers are the proof"
        )
    parts = "parts of one signed dossier" if found.same_manifest else "two dossiers"
    if found.logs is Logs.TWO:
        return f"{parts}, of two logs: {first.origin} and {second.origin}"
    if found.logs is Logs.SAME:
        return f"{parts}, and one log of {first.size} entries"
    sizes = " and ".join(str(size) for size in sorted((first.size, second.size)))
    if found.logs is Logs.GREW:
        return f"{parts}, and one log that was seen at {sizes} entries and only grew"
    return (
        f"{parts}, of one log at {sizes} entries; nothing contradicts, but these two do not tell that it "
        "only grew: ask its owner for a proof ('baken evidence prove --since')"
    )


def _compared_document(
    found: Comparison, one: verify_dossier.Files, other: verify_dossier.Files
) -> dict[str, object]:
    return {
        "same_manifest": found.same_manifest,
        "same_log": found.logs not in (Logs.TWO, Logs.SPLIT),
        "split_view": found.logs is Logs.SPLIT,
        "only_grew": found.logs is Logs.GREW,
        "contradicts": found.contradicts,
        "logs": [
            {
                "origin": log.origin,
                "size": log.size,
                "root": log.root.hex(),
                "checkpoint": files["checkpoint"].decode(),
            }
            for log, files in ((found.first, one), (found.second, other))
        ],
    }


def _manifest_of(path: Path) -> bytes:
    try:
        return verify_dossier.files_of(path)["dossier.json"]
    except (verify_dossier.CannotBeRead, verify_dossier.DoesNotHold, KeyError) as error:
        raise UnreadableInput(f"--same-as {path}: is no dossier ({error})") from error


def _gate(place: Place, purpose: str, because: str, until: str) -> Gate:
    at_tai_ns = place.desk.at_tai_ns
    terms = Terms(
        purpose=purpose, expires_tai_ns=instant("--until", until) if until else at_tai_ns + A_YEAR_NS
    )
    act = Act(releaser=place.desk.actor, because=because, terms=terms, reduced=False, at_tai_ns=at_tai_ns)
    return gate_of_labels(place.desk.log, sharing_of(place.home, place.store.node_name()), act)


def _held(word: str) -> Held:
    name, colon, field = word.partition(":")
    if colon and not field:
        raise WrongUsage(f"--withhold {word}: after the colon stands the name of a field")
    return Held(sequence=asked_entry(name), field=field or None)


def _folder(output: Path | None) -> Path:
    if output is None:
        raise WrongUsage("say where the copies go with -o FOLDER; or look first with --dry-run")
    if output.exists() and not output.is_dir():
        raise WrongUsage(f"{output}: is a file; give a folder for the copies")
    return output


def _write(folder: Path, asked: AskedDossier, built: BuiltDossier) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for recipient, content in built.copies.items():
        path = folder / f"{asked.incident_id}-{recipient}.zip"
        write_bytes(str(path), content)
        paths.append(path)
    return paths


def _tell_releases(setting: Setting, releases: Sequence[Release]) -> int:
    if setting.as_json:
        print_json({"releases": [_release_document(one) for one in releases]})
    else:
        table_console().print(releases_table(releases))
    return Exit.DONE


def releases_table(releases: Sequence[Release]) -> Table:
    """Return who sees what of each entry, and why."""
    recipients = tuple(dict.fromkeys(one.recipient for one in releases))
    entries = {one.kept.sequence: one.kept for one in releases}
    told = {(one.kept.sequence, one.recipient): one for one in releases}
    table = Table(title="Who sees what", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("entry", "kind", "what", "label", *recipients):
        table.add_column(name, overflow="fold")
    for sequence, kept in entries.items():
        cells = [_shown_text(told[sequence, recipient]) for recipient in recipients]
        told_of = (kept.entry.text("title"), kept.marking.text)
        table.add_row(kept.entry_id, kept.entry.kind.value, *map(Text, (*told_of, *cells)))
    return table


def _shown_text(release: Release) -> str:
    total = len(release.kept.entry.disclosable)
    shown = "withheld" if release.is_withheld else f"{len(release.names)} of {total} fields"
    return f"{shown} ({release.because})"


def _release_document(release: Release) -> dict[str, object]:
    return {
        "entry_id": release.kept.entry_id,
        "recipient": release.recipient,
        "withheld": release.is_withheld,
        "fields": sorted(release.names),
        "because": release.because,
    }


def _built_document(built: BuiltDossier, paths: Sequence[Path]) -> dict[str, object]:
    return {
        "dossier_id": built.dossier_id,
        "copies": dict(zip(built.copies, map(str, paths), strict=True)),
        "kept_as": list(built.entry_ids),
        "releases": [_release_document(one) for one in built.releases],
    }
