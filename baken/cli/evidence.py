"""``baken evidence``: what is kept of a case, in a log that nobody can rewrite unseen."""

from collections.abc import Sequence
from typing import Annotated

import typer

from baken.cli import evidence_keys, evidence_proofs
from baken.cli.doors import print_json
from baken.cli.event_id import asked_id
from baken.cli.evidence_options import As, World, asked_entry, refuse_output
from baken.cli.evidence_view import entry_table, shown_entry
from baken.cli.exits import Exit
from baken.cli.label_options import Demands, For, OfFields, asked_label, asked_marking
from baken.cli.setting import Setting, instant, table_console, who_reads
from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.desk import has_what_its_label_names
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.find_event import event_in_any_world
from baken.operations.finding_evidence import entry_of_finding
from baken.operations.finding_inputs import input_of
from baken.operations.keep_evidence import THE_LIST, THE_LOG, keep, keep_access
from baken.operations.partner_entries import standings_among
from baken.operations.ports import Store
from baken.operations.take_evidence import Taken, entry_of_content, entry_of_statement
from baken.records.event import Event, Finding, read_event_id
from baken.records.evidence import EVIDENCE_KINDS, Content, Entry, EntryKind
from baken.records.incident import read_incident_id
from baken.records.marking import Realm
from baken.wiring.clock import now_tai_ns
from baken.wiring.code_version import code_version
from baken.wiring.entry_documents import entry_document
from baken.wiring.files import STANDARD_STREAM, media_type, name_of, read_bytes, write_bytes
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.stores import open_evidence

app = typer.Typer(help="Evidence: add, list, show, prove, check, sign, witness, keys.", no_args_is_help=True)
app.add_typer(evidence_keys.app, name="key")
app.command("prove")(evidence_proofs.prove)
app.command("verify-proof")(evidence_proofs.verify_proof)
app.command("checkpoint")(evidence_proofs.checkpoint)
app.command("witness")(evidence_proofs.witness_log)
app.command("check")(evidence_proofs.check)

OF_FILES = (
    EntryKind.MESSAGE,
    EntryKind.IMAGE,
    EntryKind.OBSERVATION,
    EntryKind.DOCUMENT,
    EntryKind.STATEMENT,
)


@app.command("add")
def add(
    context: typer.Context,
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...")] = None,
    kind: Annotated[
        EntryKind | None, typer.Option(help="What the files are; else told by their names.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="ID", help="The incident or event it is about.")
    ] = None,
    text: Annotated[str, typer.Option(help="What you say of it; without a file, a statement.")] = "",
    event: Annotated[
        str | None, typer.Option(metavar="ID", help="The finding of an event, all figures.")
    ] = None,
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", metavar="FILE", help="With --event: a file its finding was made from."),
    ] = None,
    title: Annotated[str, typer.Option(help="What it is, in a few words.")] = "",
    source: Annotated[str, typer.Option(help="Whom it comes from.")] = "",
    source_time: Annotated[str, typer.Option(metavar="UTC", help="When it came into being there.")] = "",
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    realm: World = Realm.REAL,
    as_: As = None,
) -> int:
    """Keep files, a statement or a finding as evidence.  What was kept is never changed."""
    setting: Setting = context.obj
    if not (files or text or event):
        raise WrongUsage("there is nothing to add; give a FILE, --text or --event")
    if kind is not None and kind not in OF_FILES:
        raise WrongUsage(f"--kind is one of {', '.join(OF_FILES)}; it was {kind}")
    if inputs and not event:
        raise WrongUsage("--input goes with the finding it was made from; name its event with --event")
    if source_time:
        instant("--source-time", source_time)
    made_from = [(path, read_bytes(path)) for path in inputs or []]
    contents = [(path, read_bytes(path)) for path in files or []]
    asked = asked_label(releasable_to, label, field_label)
    now, who = now_tai_ns(), actor(as_)
    with open_evidence(setting.home, who_reads(setting, who)) as (store, log):
        taken = Taken(
            subject=subject_of(about) if about else THE_LOG,
            actor=who,
            at_tai_ns=now,
            title=title,
            text=text,
            source=source,
            source_time_utc=source_time,
            realm=realm,
            marking=asked_marking(setting.home, store.node_name(), asked),
        )
        entries = [_kept_content(log, path, content, kind, taken) for path, content in contents]
        if event:
            found = _event_of(store, event, realm)
            kept_inputs = [_kept_input(log, found.finding, *one) for one in made_from]
            entries.append(_finding(found, taken, kept_inputs, is_about=about is not None))
        entries += [entry_of_statement(taken)] if not entries else []
        kept = keep(log, [has_what_its_label_names(one) for one in entries], at_tai_ns=now, luck=luck)
    if setting.as_json:
        print_json({"added": [entry_document(one) for one in kept]})
    else:
        table_console().print(entry_table(kept, "Kept", {}))
    return Exit.DONE


@app.command("list")
def list_entries(
    context: typer.Context,
    about: Annotated[str | None, typer.Option(metavar="ID", help="About one incident or event only.")] = None,
    kind: Annotated[list[EntryKind] | None, typer.Option(help="Of these kinds; else all evidence.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every entry: acts, looks and keys too.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="How many of the newest to show; 0 is all.")] = 50,
    realm: World = Realm.REAL,
    as_: As = None,
) -> int:
    """List what is kept, in the order of the log.  That you looked is kept as well."""
    setting: Setting = context.obj
    subject = subject_of(about) if about else None
    kinds = set(kind or ()) or (None if everything else EVIDENCE_KINDS)
    now, who = now_tai_ns(), actor(as_)
    with open_evidence(setting.home, who_reads(setting, who)) as (_, log):
        n_found = log.n_entries(realm, subject=subject, kinds=kinds)
        shown = log.entries(realm, subject=subject, kinds=kinds, last=limit or None)
        standings = standings_among(log, realm, shown, now)
        keep_access(
            log,
            realm,
            thing=THE_LIST,
            about=subject or THE_LOG,
            actor=who,
            at_tai_ns=now,
            luck=luck,
        )
    if setting.as_json:
        print_json({"entries": n_found, "listed": [entry_document(one, standings) for one in shown]})
        return Exit.DONE
    heading = f"Evidence, {realm}" + (f", about {subject}" if subject else "") + f": {n_found:,}"
    heading += f", the last {len(shown):,}" if len(shown) < n_found else ""
    table_console().print(entry_table(shown, heading, standings))
    return Exit.DONE


@app.command("show")
def show(
    context: typer.Context,
    entry_id: Annotated[str, typer.Argument(metavar="EV-n")],
    output: Annotated[str | None, typer.Option("-o", metavar="FILE", help="Write its content there.")] = None,
    realm: World = Realm.REAL,
    as_: As = None,
) -> int:
    """Show all that one entry says, and write its content to a file.  That you looked is kept as well."""
    setting: Setting = context.obj
    refuse_output(setting, output)
    now, who = now_tai_ns(), actor(as_)
    with open_evidence(setting.home, who_reads(setting, who)) as (_, log):
        kept = log.entry(realm, asked_entry(entry_id))
        standings = standings_among(log, realm, [kept], now)
        content = _content_of(log, kept.entry, kept.entry_id) if output else b""
        thing = f"the content of {kept.entry_id}" if output else kept.entry_id
        keep_access(log, realm, thing=thing, about=kept.entry.subject, actor=who, at_tai_ns=now, luck=luck)
    if output:
        write_bytes(output, content)
    if setting.as_json:
        print_json(entry_document(kept, standings))
    elif output != STANDARD_STREAM:
        table_console().print(shown_entry(kept, standings))
    return Exit.DONE


def subject_of(text: str) -> str:
    """Return the name of an incident or an event as it stands in the log.

    Raises: WrongUsage when it reads like neither.
    """
    for read in (read_incident_id, read_event_id):
        try:
            return str(read(text))
        except ValueError:
            continue
    raise WrongUsage(
        f"--about names an incident like NL-IN26-0001 or an event like NL-CJ26-0001; not {text!r}"
    )


def _kept_content(log: EvidenceLog, path: str, content: bytes, kind: EntryKind | None, taken: Taken) -> Entry:
    name = name_of(path)
    its_type = media_type(name)
    if kind is None:
        kind = EntryKind.IMAGE if its_type.startswith("image/") else EntryKind.DOCUMENT
    # The bytes before the entry: no entry ever speaks of what is not there.
    log.keep_content(content)
    return entry_of_content(content, name=name, media_type=its_type, kind=kind, taken=taken)


def _event_of(store: Store, event_id: str, realm: Realm) -> Event:
    event = event_in_any_world(store, asked_id(event_id))
    if event.realm is not realm:
        raise WrongUsage(f"{event.event_id} is of the world {event.realm}; give --realm {event.realm}")
    return event


def _kept_input(log: EvidenceLog, finding: Finding, path: str, given: bytes) -> Content:
    """Keep a file that a finding was made from, in the bytes it was made from."""
    content = input_of(finding, path, given)
    name = name_of(path) if content == given else name_of(path).removesuffix(".gz")
    return Content(
        digest=log.keep_content(content),
        media_type=media_type(name),
        name=name,
        size_bytes=len(content),
    )


def _finding(event: Event, taken: Taken, inputs: Sequence[Content], *, is_about: bool) -> Entry:
    owner = event.finding.marking.owner
    if taken.marking.releasable_to and owner not in ("", taken.marking.owner):
        raise RefusedByPolicy(f"{event.event_id} is labelled by {owner}, and only {owner} can release it")
    return entry_of_finding(
        event,
        actor=taken.actor,
        at_tai_ns=taken.at_tai_ns,
        subject=taken.subject if is_about else None,
        marking=taken.marking if taken.marking.releasable_to else None,
        inputs=inputs,
        code_version=code_version(),
    )


def _content_of(log: EvidenceLog, entry: Entry, entry_id: str) -> bytes:
    if entry.content is None:
        raise WrongUsage(f"{entry_id} has no content; show it without -o")
    return log.content(entry.content.digest)
