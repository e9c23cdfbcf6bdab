"""``baken release``: what goes to whom, how precisely, on which terms; nothing goes that nobody signed."""

from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import Because, By, Seen, World, working
from baken.cli.release_view import release_table, show_release, show_rules, show_view
from baken.cli.release_wish import (
    Consents,
    For,
    Licence,
    OnwardTo,
    Precise,
    Purpose,
    Title,
    Until,
    What,
    asked_release,
    said_of_release,
)
from baken.cli.setting import Setting, refuse_other_role, table_console, who_reads
from baken.operations.approve_release import approve_release, sign_release
from baken.operations.propose_release import propose_release
from baken.operations.recall_release import recall_release, reject_release
from baken.operations.release_desk import look_at_release, release, releases
from baken.operations.release_wish import explained_to, wishes_of
from baken.records.handling import Onward
from baken.records.marking import Realm
from baken.records.reader import Role
from baken.records.release import ReleaseStanding
from baken.report.words import Speech
from baken.share.release_history import as_of
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes
from baken.wiring.keys import kept_keys, one_of, open_key, passphrase
from baken.wiring.release_documents import release_document, view_document
from baken.wiring.sharing import sharing_of

app = typer.Typer(
    help="Releases: explain, propose, approve, send, recall.  Nothing goes unless a person signed it.",
    no_args_is_help=True,
)
Id = Annotated[str, typer.Argument(metavar="RELEASE")]


@app.command("explain")
def explain(
    context: typer.Context,
    what: What,
    recipients: For,
    precision: Precise = "",
    purpose: Purpose = "",
    until: Until = "",
    onward: OnwardTo = Onward.NOBODY,
    licence: Licence = "",
    consents: Consents = None,
    title: Title = "",
    because: Because = "",
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Say what each recipient would see, field by field, and which rule decides it; nothing is released."""
    setting: Setting = context.obj
    said = said_of_release(
        what, because or "to be explained", precision, purpose, until, onward, licence, consents, title, realm
    )
    with working(context, by) as place:
        sharing = sharing_of(place.home, place.store.node_name())
        views = [
            explained_to(place.desk, sharing, wish)
            for wish in wishes_of(place.desk, place.store, sharing, said, recipients)
        ]
    if setting.as_json:
        print_json({"explained": [view_document(view) for view in views]})
    else:
        for view in views:
            show_view(table_console(), view, Speech(setting.language))
        show_rules(table_console(), views, sharing.policies, Speech(setting.language))
    return Exit.DONE if all(view.may_go for view in views) else Exit.REFUSED_BY_POLICY


@app.command("propose")
def propose(
    context: typer.Context,
    what: What,
    recipients: For,
    because: Annotated[str, typer.Option("--because", help="The reason; it is kept, and stays here.")],
    precision: Precise = "",
    purpose: Purpose = "",
    until: Until = "",
    onward: OnwardTo = Onward.NOBODY,
    licence: Licence = "",
    consents: Consents = None,
    title: Title = "",
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Propose a release to each recipient, under a name of its own; what policy forbids is not proposed."""
    said = said_of_release(what, because, precision, purpose, until, onward, licence, consents, title, realm)
    with working(context, by) as place:
        sharing = sharing_of(place.home, place.store.node_name())
        asked = wishes_of(place.desk, place.store, sharing, said, recipients)
        proposed = [propose_release(place.desk, sharing, wish) for wish in asked]
    return told(context, *proposed)


@app.command("approve")
def approve(
    context: typer.Context,
    name: Id,
    because: Because = "",
    key: Annotated[str, typer.Option(metavar="NAME", help="Your key, kept in this home.")] = "",
    note: Annotated[
        str, typer.Option(metavar="NOTE", help="In place of --key: what you signed elsewhere.")
    ] = "",
    seen: Seen = None,
    by: By = None,
) -> int:
    """Sign a release, with the reason; where policy asks two persons, the second signature lets it go."""
    setting: Setting = context.obj
    asked = asked_release(name)
    refuse_other_role(who_reads(setting, by), Role.RELEASE_AUTHORITY)
    with working(context, by) as place:
        sharing = sharing_of(place.home, place.store.node_name())
        offer = release(place.desk.log, asked, seen=seen).offer
        if note:
            signed = read_bytes(note)
        else:
            full = key if "/" in key else f"baken/{sharing.node}/authority/{key}"
            chosen = one_of(setting.home, full, kept_keys(setting.home))
            signed = sign_release(offer, open_key(setting.home, chosen, passphrase(chosen.name)))
        approved = approve_release(place.desk, sharing, asked, signed, because, seen=seen)
    return told(context, approved)


@app.command("reject")
def reject(context: typer.Context, name: Id, because: Because = "", seen: Seen = None, by: By = None) -> int:
    """Say no to a release that was proposed, with the reason."""
    refuse_other_role(who_reads(context.obj, by), Role.RELEASE_AUTHORITY)
    with working(context, by) as place:
        after = reject_release(place.desk, asked_release(name), because, seen=seen)
    return told(context, after)


@app.command("recall")
def recall(context: typer.Context, name: Id, because: Because = "", seen: Seen = None, by: By = None) -> int:
    """Take a release back: what has not gone does not go; what went is asked back, with the reason."""
    refuse_other_role(who_reads(context.obj, by), Role.RELEASE_AUTHORITY, Role.COORDINATOR)
    with working(context, by) as place:
        after = recall_release(place.desk, asked_release(name), because, seen=seen)
    return told(context, after)


@app.command("show")
def show(context: typer.Context, name: Id, by: By = None) -> int:
    """Show one release: how far it is, who signed it, and what came back."""
    with working(context, by) as place:
        found = look_at_release(place.desk, asked_release(name))
    return told(context, found)


@app.command("list")
def list_releases(context: typer.Context, realm: World = Realm.REAL, by: By = None) -> int:
    """List releases: to whom, how far, in which bundle."""
    setting: Setting = context.obj
    with working(context, by) as place:
        found = [as_of(each, place.desk.at_tai_ns) for each in releases(place.desk.log, realm)]
    if setting.as_json:
        print_json({"releases": [release_document(each) for each in found]})
    elif found:
        table_console().print(release_table(found, realm.value, Speech(setting.language)))
    else:
        table_console().print(Text(Speech(setting.language)("release.none")))
    return Exit.DONE


def told(context: typer.Context, *found: ReleaseStanding) -> int:
    """Show releases as they stand after what was asked."""
    setting: Setting = context.obj
    standing = [as_of(each, now_tai_ns()) for each in found]
    if setting.as_json and len(standing) == 1:
        print_json(release_document(standing[0]))
    elif setting.as_json:
        print_json({"releases": [release_document(each) for each in standing]})
    else:
        for each in standing:
            show_release(table_console(), each, Speech(setting.language))
    return Exit.DONE
