"""May it be read, may it go?  Every set of policies is asked by itself, and all have to allow."""

from dataclasses import dataclass

import cedarpy

from baken.records.reader import Item, Reader, ReleaseCircumstances
from baken.share.policy import DEFAULT_NONE, Policies, PolicySet, Rule
from baken.share.requests import Question, may_he_read, may_it_go


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Yes or no, and which rules say so, each as ``SET:rule``.

    Of a yes, ``obligations`` are what it is tied to; of a no, what is still asked, where more could be done.
    ``errors`` are why nothing could be decided: then it is no.
    """

    allowed: bool
    policy_ids: tuple[str, ...]
    policy_digest: str
    obligations: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def may_read(
    policies: Policies, reader: Reader, item: Item, *, at_tai_ns: int, may_handle: frozenset[str]
) -> Decision:
    """Say whether somebody may read an item with everything that is in it.

    To ask of the record alone or of one field, ask of ``item.itself`` or ``item.field(name)``.
    ``may_handle`` is every classification his clearances cover.
    """
    return decide(policies, may_he_read(reader, item, at_tai_ns=at_tai_ns, may_handle=may_handle))


def may_release(
    policies: Policies,
    recipient: Reader,
    item: Item,
    release: ReleaseCircumstances,
    *,
    at_tai_ns: int,
    may_handle: frozenset[str],
) -> Decision:
    """Say whether an item may go, with everything that is in it, to somebody, released so.

    ``may_handle`` is every classification the clearances of the recipient cover.
    """
    question = may_it_go(recipient, item, release, at_tai_ns=at_tai_ns, may_handle=may_handle)
    return decide(policies, question)


def decide(policies: Policies, question: Question) -> Decision:
    """Put one question to every set of policies."""
    if policies.broken or not policies.sets:
        return _no(policies, *(policies.broken or ("there is no policy",)))
    try:
        entities = cedarpy.Entities.from_json_str(question.entities, policies.sets[0].engine_schema)
    except ValueError as problem:
        return _no(policies, f"what is asked about cannot be told: {problem}")
    return together(policies, [answer(each, question, entities) for each in policies.sets])


def _no(policies: Policies, *errors: str) -> Decision:
    return Decision(allowed=False, policy_ids=(), policy_digest=policies.digest, errors=errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one set says: the rules that decide, or why it could not."""

    name: str
    allowed: bool
    rules: tuple[Rule, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def policy_ids(self) -> tuple[str, ...]:
        names = [rule.rule_id for rule in self.rules] or ([] if self.errors else [DEFAULT_NONE])
        return tuple(f"{self.name}:{name}" for name in names)


def together(policies: Policies, answers: list[Answer]) -> Decision:
    """Return what several sets say together: yes when all say yes, else what those say that do not."""
    allowed = all(answer.allowed for answer in answers)
    deciding = [answer for answer in answers if answer.allowed == allowed]
    return Decision(
        allowed=allowed,
        policy_ids=tuple(sorted(each for answer in deciding for each in answer.policy_ids)),
        policy_digest=policies.digest,
        obligations=tuple(
            sorted({each for answer in deciding for rule in answer.rules for each in rule.obligations})
        ),
        errors=tuple(error for answer in answers for error in answer.errors),
    )


def answer(policy_set: PolicySet, question: Question, entities: cedarpy.Entities | str) -> Answer:
    """Put a question to one set; an error anywhere in it is a no."""
    try:
        told = cedarpy.is_authorized(question.request, policy_set.engine, entities, policy_set.engine_schema)
    except (ValueError, TypeError) as problem:
        return Answer(name=policy_set.name, allowed=False, errors=(f"{policy_set.name}: {problem}",))
    errors = tuple(f"{policy_set.name}: {error}" for error in told.diagnostics.errors)
    return Answer(
        name=policy_set.name,
        allowed=told.decision is cedarpy.Decision.Allow and not errors,
        rules=tuple(policy_set.rules[engine_id] for engine_id in told.diagnostics.reasons),
        errors=errors,
    )
