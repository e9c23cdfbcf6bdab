"""Can a mechanism work?  What would keep it from working is a problem; what is worth knowing, a remark."""

from collections import Counter
from collections.abc import Iterator, Sequence

from baken.records.response import Directory, Mechanism
from baken.respond.clocks import SECOND_NS
from baken.respond.finding import Finding, gezegd, problem, remark, said
from baken.respond.lint_plans import of_plan
from baken.respond.mechanism_text import roles_in
from baken.respond.roster import DAY_S, gaps, is_stale

A_WEEK_S = 7 * DAY_S


def lint(mechanism: Mechanism, directory: Directory, now_tai_ns: int) -> tuple[Finding, ...]:
    """Return what is wrong with a mechanism and its directory, and what is worth knowing, in order of place.

    A directory that is empty is not held against anybody: one remark says so.
    """
    return (
        *_sources(mechanism),
        *_without_audience(mechanism),
        *_roles(mechanism, directory, now_tai_ns),
        *_rival_plans(mechanism),
        *(finding for plan in mechanism.plans for finding in of_plan(plan)),
    )


def _sources(mechanism: Mechanism) -> Iterator[Finding]:
    lines: list[tuple[str, tuple[str, ...]]] = [
        *((f"organisation {one.organisation_id}", one.source_ids) for one in mechanism.organisations),
        *((f"role {one.role_id}", one.source_ids) for one in mechanism.roles),
    ]
    for plan in mechanism.plans:
        lines.append((f"plan {plan.plan_id}", plan.source_ids))
        lines += [(f"{plan.plan_id}/{task.task_id}", task.source_ids) for task in plan.tasks]
    for place, source_ids in lines:
        if not source_ids:
            yield remark(
                place,
                "no public source says so; name one, or say who agreed it",
                "geen openbare bron zegt dit; noem er een, of zeg wie het heeft afgesproken",
            )


def _without_audience(mechanism: Mechanism) -> Iterator[Finding]:
    informed = {role_id for plan in mechanism.plans for task in plan.tasks for role_id in task.to}
    told = {one.organisation_id: one for role_id in informed if (one := mechanism.organisation_of(role_id))}
    for name, organisation in sorted(told.items()):
        if not organisation.audiences and not organisation.is_own:
            yield remark(
                f"organisation {name}",
                "gets letters without facts: no label releases to it; give audiences",
                "krijgt brieven zonder feiten: geen label geeft aan haar vrij; vul audiences in",
            )


def _roles(mechanism: Mechanism, directory: Directory, now_tai_ns: int) -> Iterator[Finding]:
    used = _used(mechanism)
    for role in mechanism.roles:
        if role.role_id not in used:
            yield remark(f"role {role.role_id}", "no plan asks anything of it", "geen plan vraagt haar iets")
    if not directory.contacts and not directory.shifts:
        yield remark(
            "directory",
            "there is none: who holds a role, and how to reach him, is not known",
            "die is er niet: wie een rol heeft en hoe die te bereiken is, is niet bekend",
        )
        return
    held = {contact.role_id for contact in directory.contacts} | {s.role_id for s in directory.shifts}
    for role_id in sorted(used - held):
        yield problem(
            f"role {role_id}",
            "nobody holds it: the directory has no contact and no shift for it",
            "niemand heeft haar: de adreslijst heeft er geen contact en geen dienst voor",
        )
    known = {role.role_id for role in mechanism.roles}
    for role_id in sorted(held - known):
        yield remark(
            f"role {role_id}",
            f"stands in the directory, and {mechanism.mechanism_id} has no such role",
            f"staat in de adreslijst, en {mechanism.mechanism_id} heeft geen rol met die naam",
        )
    for contact in directory.contacts:
        if is_stale(directory, contact.verified_on_tai_ns, now_tai_ns):
            where = f"{contact.way} {contact.address}"
            yield remark(
                f"role {contact.role_id}",
                f"{where}: nobody made sure lately that it answers; make a test call",
                f"{where}: niemand heeft onlangs nagegaan of er wordt opgenomen; doe een proefoproep",
            )
    yield from _without_duty(sorted(used), directory, now_tai_ns)


def _without_duty(role_ids: Sequence[str], directory: Directory, now_tai_ns: int) -> Iterator[Finding]:
    to_tai_ns = now_tai_ns + round(A_WEEK_S * SECOND_NS)
    alone_s: Counter[str] = Counter()
    for gap in gaps(directory, role_ids, now_tai_ns, to_tai_ns):
        alone_s[gap.role_id] += (gap.to_tai_ns - gap.from_tai_ns) // SECOND_NS
    for role_id, span_s in alone_s.items():
        yield (remark if directory.contacts_of(role_id) else problem)(
            f"role {role_id}",
            f"nobody is on duty for {said(span_s)} of the coming week",
            f"de komende week heeft {gezegd(span_s)} lang niemand dienst",
        )


def _used(mechanism: Mechanism) -> set[str]:
    return {role_id for plan in mechanism.plans for role_id in roles_in(plan)}


def _rival_plans(mechanism: Mechanism) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for plan in mechanism.plans:
        if not plan.kinds:
            yield problem(
                f"plan {plan.plan_id}",
                "holds for no kind of incident; give it kinds",
                "geldt voor geen enkele soort incident; vul kinds in",
            )
        for kind in sorted(plan.kinds):
            rival = seen.setdefault((kind, plan.from_severity), plan.plan_id)
            if rival != plan.plan_id:
                yield problem(
                    f"plan {plan.plan_id}",
                    f"holds for {kind} from {plan.from_severity} on, and so does {rival}; keep one",
                    f"geldt voor {kind} vanaf {plan.from_severity}, en {rival} ook; houd er een",
                )
