"""A playbook as a mechanism with one plan: for a person to read, correct and put in place.

A playbook that Baken wrote comes back as the plan it was.  Any other becomes a plan of manual tasks: what it
says of machines is told, and nobody carries it out.
"""

import re
from collections.abc import Mapping

from baken.errors import BadMessage, BakenError
from baken.records.playbook import Playbook
from baken.records.response import Mechanism
from baken.respond.mechanism_file import read_mechanism
from baken.respond.mechanism_text import Table, toml_text
from baken.respond.playbook import content_of, playbook_of
from baken.respond.playbook_tasks import PlanOfSteps

BARE_KEY = re.compile(r"[a-z_]+")
PARTS = ("mechanism", "source", "organisation", "role")


def mechanism_from(playbook: Playbook) -> Mechanism:
    """Return the mechanism, with one plan, that a playbook stands for.

    Raises: BadMessage that names the step when it says what a plan cannot: a loop, another way on after a
    failure; or when its maker has withdrawn it.
    """
    if playbook.is_revoked:
        raise BadMessage(
            "its maker has withdrawn it", field="$.revoked", next_step="ask for the one after it"
        )
    ours = mechanism_written_in(playbook)
    if ours is not None:
        return ours
    return PlanOfSteps(playbook).mechanism(was_ours=bool(content_of(playbook.extensions)))


def mechanism_written_in(playbook: Playbook) -> Mechanism | None:
    """Return the mechanism that our extension tells, where the whole playbook is what we would make of it.

    What stands in an extension is not seen by whoever reads the steps; so it counts only where both agree.
    """
    content = content_of(playbook.extensions)
    plan = content.get("plan")
    language = content.get("language")
    if not isinstance(plan, dict) or language not in ("nl", "en") or len(playbook.markings) != 1:
        return None
    try:
        mechanism = read_mechanism(toml_text(_tables(playbook, content, plan)))
        again = playbook_of(
            mechanism,
            mechanism.plans[0].plan_id,
            made_tai_ns=playbook.created_tai_ns,
            tlp_level=playbook.markings[0].says,
            language=str(language),
        )
    except BakenError:
        return None  # it says something, and it is no mechanism: the steps say what counts
    return mechanism if again == playbook else None


def _tables(playbook: Playbook, content: Mapping[str, object], plan: Table) -> Table:
    """Return the tables of a mechanism file, as the extensions of a playbook have them."""
    tasks = [content_of(step.extensions).get("task") for step in playbook.steps]
    by_name = {str(task.get("id")): task for task in tasks if isinstance(task, dict)}
    order = content.get("order")
    names = [str(name) for name in order] if isinstance(order, list) else []
    listed = [by_name[name] for name in names if name in by_name]
    told: Table = {name: content[name] for name in PARTS if name in content}
    told["plan"] = [{**plan, "task": listed}]
    _refuse_strange_keys(told)
    return told


def _refuse_strange_keys(value: object) -> None:
    """Refuse what no TOML of ours has for a key, before it is written into one."""
    level = [value]
    while level:
        each = level.pop()
        if isinstance(each, dict):
            for key in each:
                if not BARE_KEY.fullmatch(key):
                    raise BadMessage(
                        "has a key that a mechanism file cannot have", field="$.playbook_extensions"
                    )
            level += each.values()
        elif isinstance(each, list):
            level += each
