"""``baken release send``: one signed bundle for a partner, with all that is approved and due."""

from typing import Annotated

import typer
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.dossier import verifier_text
from baken.cli.evidence_options import unlocked_key
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.setting import Setting, table_console
from baken.errors import WrongUsage
from baken.evidence.bundle import MAX_BUNDLE_BYTES
from baken.evidence.checkpoint import origin_of
from baken.operations.build_dossier import Seal
from baken.operations.exchange_ports import Outbox
from baken.operations.keep_keys import key_notes
from baken.operations.send_bundle import sent_again
from baken.operations.send_release import Packing, SentReleases, send_releases
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.transports.bundle_folder import BundleFolder
from baken.wiring.case_documents import matrix_document
from baken.wiring.partners import folder_of, partner
from baken.wiring.release_documents import sent_document
from baken.wiring.sharing import sharing_of


def send(
    context: typer.Context,
    recipient: Annotated[str, typer.Option("--for", metavar="PARTNER", help="To whom.")],
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Send a partner what is approved and due, recalls and answers, in one bundle in his folder.

    Policy is asked once more; what changed since it was signed is stopped, and exits with 3.  Bundles that he
    did not say he took in are laid out again where they are missing.
    """
    setting: Setting = context.obj
    outbox = _outbox(setting, recipient)
    with working(context, by) as place:
        node = place.store.node_name()
        key = unlocked_key(setting, place.desk.log, realm, origin_of(node, realm))
        seal = Seal(key=key, notes=key_notes(place.desk.log, realm))
        packing = Packing(seal=seal, verifier=verifier_text(), tell_matrix=matrix_document)
        sent = send_releases(place.desk, sharing_of(setting.home, node), recipient, realm, packing)
        # The bundle of this time among them: what is kept as sent lies in the folder, whoever was stopped.
        paths = [outbox.put(name, content) for name, content in sent_again(place.desk.log, realm, recipient)]
    if setting.as_json:
        print_json(sent_document(sent, paths))
    else:
        _tell(sent, recipient, paths, Speech(setting.language))
    return Exit.REFUSED_BY_POLICY if sent.stopped else Exit.DONE


def _outbox(setting: Setting, recipient: str) -> Outbox:
    folder = folder_of(setting.home, partner(setting.home, recipient).out_folder)
    if folder is None:
        raise WrongUsage(f"the file of {recipient} says no folder 'out' for his bundles; add it")
    if not folder.is_dir():
        raise WrongUsage(f"{folder}: there is no such folder for the bundles to {recipient}; make it")
    return BundleFolder(path=folder, max_bytes=MAX_BUNDLE_BYTES)


def _tell(sent: SentReleases, recipient: str, paths: list[str], say: Speech) -> None:
    console = table_console()
    if sent.bundle is None:
        console.print(Text(say("release.sent_nothing", recipient=recipient)))
    else:
        bundle = sent.bundle.bundle
        told = {"items": len(bundle.items), "recalls": len(bundle.recalls), "answers": len(bundle.answers)}
        console.print(Text(say("release.sent", number=bundle.number, recipient=recipient, **told)))
    for path in paths:
        console.print(Text(path), soft_wrap=True)
    for one in sent.waiting:
        when = utc_text(one.offer.not_before_tai_ns, 0)
        console.print(Text(say("release.waits", release=str(one.release_id), when=when)))
    for why in sent.stopped:
        console.print(Text(say("release.stopped", why=why)))
