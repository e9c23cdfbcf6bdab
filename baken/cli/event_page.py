"""``baken event page``: one event on one page that can be forwarded."""

from collections.abc import Iterator
from typing import Annotated

import typer

from baken.assess.conjunction.life import life_of
from baken.cli.doors import print_json
from baken.cli.event import case_of
from baken.cli.event_id import asked_id
from baken.cli.exits import Exit
from baken.cli.reading import checked_area, given_sky, object_ids
from baken.cli.setting import Setting, log_console, who_reads
from baken.errors import WrongUsage
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.find_event import event_in_any_world
from baken.operations.page_of_breakup import AskedBreakupPage, page_of_breakup
from baken.operations.page_of_event import AskedPage, page_of_event
from baken.operations.ports import Store
from baken.operations.taken_back import orbits_taken_back
from baken.operations.triage_events import reasons_of, triaged
from baken.records.conjunction_case import ConjunctionCase
from baken.records.event import Event, EventKind
from baken.records.marking import Realm
from baken.report.breakup_page import BreakupPage
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.code_version import code_version
from baken.wiring.encounter_documents import disagreement_text
from baken.wiring.files import STANDARD_STREAM, refuse_unwritable, write_bytes
from baken.wiring.pages import pdf_of_breakup, pdf_of_conjunction
from baken.wiring.skies import SIMULATED_OBJECTS, Sky, simulated_sky, stored_sky
from baken.wiring.stores import open_evidence
from baken.wiring.triage_rules import triage_rules


def page(
    context: typer.Context,
    event_id: Annotated[str, typer.Argument(metavar="ID")],
    output: Annotated[str, typer.Option("--output", "-o", help="A PDF; - is standard output.")],
    burns: Annotated[int, typer.Option("--for", help="Conjunction: whose options, of object 1 or 2.")] = 1,
    catalogue: Annotated[
        list[str] | None, typer.Option(help="Breakup: element sets it was seen in, when not stored.")
    ] = None,
    asset: Annotated[list[str] | None, typer.Option(help="Breakup: for whom is it a risk?")] = None,
    asset_area_m2: Annotated[float, typer.Option(help="Breakup: cross-section risks are told for.")] = 10.0,
) -> int:
    """Put a conjunction or a breakup on one page, PDF/A, in the language asked for."""
    setting: Setting = context.obj
    if burns not in (1, 2):
        raise WrongUsage(f"--for is 1 or 2, the object that would burn; it was {burns}")
    checked_area(asset_area_m2)
    if setting.as_json and output == STANDARD_STREAM:
        raise WrongUsage("--json promises one JSON document on standard output; name a file with -o")
    wanted = asked_id(event_id)
    refuse_unwritable(output)
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        event = event_in_any_world(store, wanted)
        if wanted.kind is EventKind.FRAGMENTATION:
            skies = _skies_of(setting, store, log, event, catalogue or [])
            made = pdf_of_breakup(_breakup_page(event, skies, asset or [], asset_area_m2), setting.language)
        elif (case := case_of(store, event)) is not None:
            made = _pdf_of_conjunction(setting, store, event, case, burns)
        else:
            raise WrongUsage(
                f"{wanted} is no conjunction and no breakup; for a re-entry use 'baken reentry products'"
            )
        n_updates = len(store.history_of(wanted, realm=event.realm))
    write_bytes(output, made)
    if setting.as_json:
        print_json({"event_id": str(wanted), "output": output, "updates": n_updates})
    else:
        log_console(setting).print(f"{wanted}: {output}", highlight=False, markup=False)
    return Exit.DONE


def _pdf_of_conjunction(
    setting: Setting, store: Store, event: Event, case: ConjunctionCase, burns: int
) -> bytes:
    say = Speech(setting.language)
    asked = AskedPage(
        now_tai_ns=now_tai_ns(),
        code_version=code_version(),
        why=reasons_of(triaged(case, triage_rules())),
        disagreements=tuple(disagreement_text(one, say) for one in life_of(case).disagreements),
        burns=burns,
    )
    return pdf_of_conjunction(page_of_event(store, event, case, asked), setting.language)


def _skies_of(
    setting: Setting, store: Store, log: EvidenceLog, event: Event, paths: list[str]
) -> Iterator[Sky]:
    """Yield the skies an event may have been seen in: named ones, else the stored and the simulated one."""
    if paths:
        yield given_sky(setting, paths, event.realm)
        return
    seen_at = store.history_of(event.event_id, realm=event.realm)[-1].kept_at_tai_ns
    taken_back = orbits_taken_back(log, event.realm, at_tai_ns=now_tai_ns())
    stored = stored_sky(
        store, realm=event.realm, now_tai_ns=seen_at, taken_back=taken_back, until_tai_ns=seen_at
    )
    if stored is not None:
        yield stored
    if event.realm is Realm.SIMULATED:
        yield simulated_sky(now_tai_ns=seen_at, n_objects=SIMULATED_OBJECTS)


def _breakup_page(event: Event, skies: Iterator[Sky], assets: list[str], area_m2: float) -> BreakupPage:
    for sky in skies:
        picture = sky.picture()
        asked = AskedBreakupPage(
            now_tai_ns=now_tai_ns(),
            code_version=code_version(),
            area_m2=area_m2,
            assets=tuple(object_ids(picture, assets, "--asset")),
        )
        made = page_of_breakup(event, picture, asked)
        if made is not None:
            return made
    raise WrongUsage(
        f"{event.event_id}: its pieces are in no sky that is kept here; name the element sets it was seen in"
        " with --catalogue"
    )
