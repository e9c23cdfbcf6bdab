"""``baken determination``: what authorities decided, in their own signed words, side by side."""

from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_entry, asked_incident
from baken.cli.incident import By, working
from baken.cli.label_options import Demands, For, asked_label, asked_marking
from baken.cli.setting import Setting, log_console, table_console
from baken.evidence.signed_note import read_verifier_key
from baken.operations.desk import realm_of_incident
from baken.operations.record_determination import (
    Recorded,
    determinations,
    record_determination,
    sign_determination,
)
from baken.operations.work_incident import look_at
from baken.records.determination import Determination
from baken.records.evidence import entry_id_of
from baken.report.words import Speech
from baken.wiring.case_documents import determinations_document
from baken.wiring.files import read_bytes, refuse_unwritable, said_of, write_bytes
from baken.wiring.keys import kept_keys, one_of, open_key, passphrase

app = typer.Typer(help="Determinations: sign, record, list.  Software makes none.", no_args_is_help=True)
Of = Annotated[str, typer.Argument(metavar="INCIDENT")]


@app.command("sign")
def sign(
    context: typer.Context,
    incident: Of,
    state: Annotated[str, typer.Option(help="The state that determines.")],
    organ: Annotated[str, typer.Option(help="The organ of it that decided.")],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day of the decision.")],
    wording: Annotated[str, typer.Option(help="The decision in its own words.")],
    key: Annotated[str, typer.Option(metavar="NAME", help="The authority's key, kept in this home.")],
    output: Annotated[str, typer.Option("-o", "--output", metavar="NOTE", help="Where it goes.")],
    wording_language: Annotated[str, typer.Option(help="Language of the wording, like en.")] = "en",
    basis: Annotated[list[str] | None, typer.Option("--basis", metavar="EV-n")] = None,
    names: Annotated[str, typer.Option(help="Whom it holds responsible; nobody unless it says so.")] = "",
    public: Annotated[bool, typer.Option("--public", help="It may be published.")] = False,
    releasable_to: For = "",
    label: Demands = None,
) -> int:
    """Sign a determination as its authority.  It is recorded with 'baken determination record'."""
    setting: Setting = context.obj
    refuse_unwritable(output)
    asked = asked_incident(incident)
    said = Determination(
        about=str(asked),
        state=state,
        organ=organ,
        decided_on=on,
        wording=wording,
        language=wording_language,
        basis=tuple(entry_id_of(asked_entry(name)) for name in basis or ()),
        is_public=public,
        actor_named=names,
        realm=realm_of_incident(asked),
        marking=asked_marking(setting.home, state, asked_label(releasable_to, label, None)),
    )
    chosen = one_of(setting.home, key, kept_keys(setting.home))
    private = open_key(setting.home, chosen, passphrase(chosen.name))
    write_bytes(output, sign_determination(said, private))
    log_console(setting).print(Text(f"{output}: signed by {chosen.text}"))
    return Exit.DONE


@app.command("record")
def record(
    context: typer.Context,
    note: Annotated[str, typer.Argument(metavar="NOTE", help="The signed determination.")],
    keys: Annotated[list[str], typer.Option("--key", metavar="VKEY", help="Whose signature is accepted.")],
    by: By = None,
) -> int:
    """Record a determination: checked against the key of its authority, kept beside all others."""
    with working(context, by) as place, said_of(note):
        kept = record_determination(place.desk, read_bytes(note), [read_verifier_key(text) for text in keys])
    return _told(context, kept)


@app.command("list")
def list_determinations(context: typer.Context, incident: Of, by: By = None) -> int:
    """List what was determined of an incident, in the words of each authority."""
    setting: Setting = context.obj
    with working(context, by) as place:
        asked = look_at(place.desk, asked_incident(incident)).incident_id
        found = determinations(place.desk.log, asked)
    if setting.as_json:
        print_json(determinations_document(found))
        return Exit.DONE
    say = Speech(setting.language)
    for each in found:
        table_console().print(
            Text(f"{entry_id_of(each.entry_sequence)}  {_line(each.determination, each.signed_by, say)}")
        )
    if not found:
        table_console().print(say("decide.empty.determined"), highlight=False)
    return Exit.DONE


def _line(said: Determination, signed_by: str, say: Speech) -> str:
    return say(
        "decide.determination",
        state=said.state,
        organ=said.organ,
        when=said.decided_on,
        wording=said.wording,
        public=say("decide.public" if said.is_public else "decide.not_public"),
        key=signed_by.partition("+")[0],
    )


def _told(context: typer.Context, kept: Recorded) -> int:
    setting: Setting = context.obj
    if setting.as_json:
        print_json({"entry_id": kept.entry_id, "signed_by": kept.signed_by})
    else:
        line = _line(kept.determination, kept.signed_by, Speech(setting.language))
        table_console().print(Text(f"{kept.entry_id}  {line}"))
    return Exit.DONE
