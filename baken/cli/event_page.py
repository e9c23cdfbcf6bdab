"""``baken event page``: one encounter on one page that can be forwarded."""

from typing import Annotated

import typer

from baken.assess.conjunction.life import life_of
from baken.cli.case_view import disagreement_text
from baken.cli.doors import print_json
from baken.cli.event import asked_id, case_of
from baken.cli.exits import Exit
from baken.cli.setting import Setting, log_console
from baken.errors import WrongUsage
from baken.operations.find_event import event_in_any_world
from baken.operations.page_of_event import AskedPage, page_of_event
from baken.operations.triage_events import triaged
from baken.records.conjunction_case import ConjunctionCase
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import STANDARD_STREAM, refuse_unwritable, write_bytes
from baken.wiring.pages import code_version, pdf_of_conjunction
from baken.wiring.stores import open_store
from baken.wiring.triage_rules import triage_rules


def page(
    context: typer.Context,
    event_id: Annotated[str, typer.Argument(metavar="ID")],
    output: Annotated[str, typer.Option("--output", "-o", help="A PDF; - is standard output.")],
    burns: Annotated[int, typer.Option("--for", help="Whose options: of object 1 or 2.")] = 1,
) -> int:
    """Put a conjunction on one page, PDF/A, in the language asked for."""
    setting: Setting = context.obj
    if burns not in (1, 2):
        raise WrongUsage(f"--for is 1 or 2, the object that would burn; it was {burns}")
    if setting.as_json and output == STANDARD_STREAM:
        raise WrongUsage("--json promises one JSON document on standard output; name a file with -o")
    wanted, say = asked_id(event_id), Speech(setting.language)
    refuse_unwritable(output)
    with open_store(setting.home) as store:
        event = event_in_any_world(store, wanted)
        case = case_of(store, event)
        if case is None:
            raise WrongUsage(f"{wanted} is no conjunction; a page is made of conjunctions, as yet")
        asked = AskedPage(
            now_tai_ns=now_tai_ns(),
            code_version=code_version(),
            why=_why(case),
            disagreements=tuple(disagreement_text(one, say) for one in life_of(case).disagreements),
            burns=burns,
        )
        made = page_of_event(store, event, case, asked)
    write_bytes(output, pdf_of_conjunction(made, setting.language))
    if setting.as_json:
        print_json({"event_id": str(wanted), "output": output, "updates": len(case.updates)})
    else:
        log_console(setting).print(f"{wanted}: {output}", highlight=False, markup=False)
    return Exit.DONE


def _why(case: ConjunctionCase) -> tuple[str, ...]:
    """Return the last word of each rule: of several originators that of the highest level."""
    of_rule: dict[str, str] = {}
    for alert in triaged(case, triage_rules()).standing:
        of_rule.setdefault(alert.rule, f"{alert.because} ({alert.originator})")
    return tuple(of_rule.values())
