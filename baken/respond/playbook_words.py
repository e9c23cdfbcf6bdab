"""What a playbook says of a plan in words, in Dutch and English, so that no reader needs our extension."""

from collections.abc import Iterator

from baken.records.response import Base, Bilingual, Mechanism, Plan, Task
from baken.respond.mechanism_text import span_text

OPEN = Bilingual(nl="Open: nog niemand", en="Open: nobody yet")
ON_BEHALF_OF = Bilingual(nl="namens {}", en="on behalf of {}")
DECISION = Bilingual(nl="Hoe is beslist: {}", en="How it was decided: {}")
ILLUSTRATIVE = Bilingual(
    nl="Ter illustratie: niemand heeft dit vastgesteld.", en="Illustrative: nobody has adopted it."
)
KINDS = Bilingual(nl="Voor: {}, vanaf ernst {}.", en="For: {}, from severity {} on.")
RESPONSIBLE = Bilingual(nl="Verantwoordelijk: {}.", en="Responsible: {}.")
SUPPORTING = Bilingual(nl="Ondersteunend: {}.", en="Supporting: {}.")
INFORMED = Bilingual(nl="Geïnformeerd: {}.", en="Informed: {}.")
SITUATION = Bilingual(
    nl="Elke {} een situatierapport, door {}, aan: {}.", en="A situation report every {}, by {}, to: {}."
)
STAND_DOWN = Bilingual(nl="Afschalen wanneer: {}", en="Stands down when: {}")
STAND_DOWN_BY = Bilingual(nl="Afschalen beslist: {}.", en="Who stands it down: {}.")
ORDER = Bilingual(
    nl="Een stap wacht alleen op wat zijn beschrijving noemt, ook waar de volgorde meer doet vermoeden.",
    en="A step waits only for what its description names, also where the order seems to say more.",
)

NOBODY = Bilingual(nl="Open, want: {}", en="Open, because: {}")
INFORMS = Bilingual(nl="Aan: {}.", en="To: {}.")
AFTER = Bilingual(nl="Begint na: {}", en="Begins after: {}")
ONLY_IF = Bilingual(nl="Alleen als is beslist: {} - {}", en="Only if it was decided: {} - {}")
FROM_SEVERITY = Bilingual(nl="Vanaf ernst {}.", en="From severity {} on.")
ACKNOWLEDGE = Bilingual(nl="Bevestigen binnen {}.", en="Acknowledge within {}.")
WITHIN = {
    Base.TASK: Bilingual(
        nl="Klaar binnen {} na het begin van deze stap.", en="Done within {} of the beginning of this step."
    ),
    Base.CASE: Bilingual(
        nl="Klaar binnen {} na het openen van de zaak.", en="Done within {} of the opening of the incident."
    ),
    Base.RESPONSE: Bilingual(
        nl="Klaar binnen {} na het begin van de respons.",
        en="Done within {} of the beginning of the response.",
    ),
}
IF_MISSED = Bilingual(nl="Loopt een klok af, vraag dan: {}.", en="If a clock runs out, ask: {}.")
OPTIONS = Bilingual(nl="Kies: {}", en="Choose: {}")
LAPSES = Bilingual(nl="Wat beslist is vervalt na {}", en="What is decided lapses after {}")
UPHELD = Bilingual(nl=", tenzij eerst: {}", en=", unless before that: {}")
CONFIRM = Bilingual(
    nl="Nog te bevestigen: een getal hier is een voorstel.",
    en="To be confirmed: a figure here is a proposal.",
)
LEGAL = Bilingual(nl="Grondslag: {}.", en="Legal basis: {}.")


def said(text: Bilingual, language: str, *filled: str) -> str:
    """Return a text in a language, its gaps filled."""
    return text.read_in(language).format(*filled)


def role_names(mechanism: Mechanism, role_ids: tuple[str, ...], language: str) -> str:
    """Return the names of roles, one after the other."""
    roles = [mechanism.role(role_id) for role_id in role_ids]
    return ", ".join(role.name.read_in(language) for role in roles if role)


def plan_words(mechanism: Mechanism, plan: Plan, language: str) -> str:
    """Return what a plan says beside its tasks."""
    return "\n".join(_plan_lines(mechanism, plan, language))


def _plan_lines(mechanism: Mechanism, plan: Plan, language: str) -> Iterator[str]:
    yield f"{mechanism.name.read_in(language)} ({mechanism.mechanism_id} {mechanism.version})"
    yield mechanism.about.read_in(language)
    if mechanism.is_illustrative:
        yield said(ILLUSTRATIVE, language)
    yield said(KINDS, language, ", ".join(sorted(plan.kinds)), plan.from_severity)
    for text, role_ids in (
        (RESPONSIBLE, plan.responsible),
        (SUPPORTING, plan.supporting),
        (INFORMED, plan.informed),
    ):
        if role_ids:
            yield said(text, language, role_names(mechanism, role_ids, language))
    if plan.open_because:
        yield said(NOBODY, language, plan.open_because.read_in(language))
    if plan.situation:
        by, to = (role_names(mechanism, each, language) for each in ((plan.situation.by,), plan.situation.to))
        yield said(SITUATION, language, span_text(plan.situation.every_s), by, to)
    if plan.stand_down_when:
        yield said(STAND_DOWN, language, plan.stand_down_when.read_in(language))
    if plan.stand_down_by:
        yield said(STAND_DOWN_BY, language, role_names(mechanism, (plan.stand_down_by,), language))
    if plan.note:
        yield plan.note.read_in(language)
    yield said(ORDER, language)


def task_words(mechanism: Mechanism, plan: Plan, task: Task, language: str) -> str:
    """Return what a task says beside what is to be done."""
    return "\n".join(_task_lines(mechanism, plan, task, language))


def _task_lines(mechanism: Mechanism, plan: Plan, task: Task, language: str) -> Iterator[str]:
    if task.open_because:
        yield said(NOBODY, language, task.open_because.read_in(language))
    if task.to:
        yield said(INFORMS, language, role_names(mechanism, task.to, language))
    if task.after:
        yield said(AFTER, language, " ".join(_what(plan, each, language) for each in task.after))
    if task.condition:
        yield said(ONLY_IF, language, *_condition_words(plan, task, language))
    if task.from_severity != plan.from_severity:
        yield said(FROM_SEVERITY, language, task.from_severity)
    if task.options:
        yield said(OPTIONS, language, "; ".join(each.name.read_in(language) for each in task.options))
    yield from _clock_lines(mechanism, plan, task, language)
    if task.legal_basis:
        yield said(LEGAL, language, task.legal_basis)
    if task.note:
        yield task.note.read_in(language)


def _clock_lines(mechanism: Mechanism, plan: Plan, task: Task, language: str) -> Iterator[str]:
    if task.acknowledge_within_s is not None:
        yield said(ACKNOWLEDGE, language, span_text(task.acknowledge_within_s))
    if task.within_s is not None:
        yield said(WITHIN[task.counts_from], language, span_text(task.within_s))
    if task.if_missed:
        yield said(IF_MISSED, language, role_names(mechanism, task.if_missed, language))
    if task.lapses_after_s is not None:
        upheld = said(UPHELD, language, _what(plan, task.upheld_by, language)) if task.upheld_by else "."
        yield said(LAPSES, language, span_text(task.lapses_after_s)) + upheld
    if task.to_be_confirmed:
        yield said(CONFIRM, language)


def _condition_words(plan: Plan, task: Task, language: str) -> tuple[str, str]:
    if task.condition is None:
        return "", ""
    decision = plan.task(task.condition.task_id)
    options = decision.options if decision else ()
    chosen = [each.name.read_in(language) for each in options if each.option_id in task.condition.options]
    return _what(plan, task.condition.task_id, language), "; ".join(chosen)


def _what(plan: Plan, task_id: str, language: str) -> str:
    task = plan.task(task_id)
    return task.what.read_in(language) if task else task_id
