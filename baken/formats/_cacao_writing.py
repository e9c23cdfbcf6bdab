"""From the nouns to the JSON object, properties in the order of the standard's tables."""

import json
from collections.abc import Iterable

from baken.astro.time import utc_text
from baken.formats._cacao_json import Object
from baken.formats._cacao_reading import MILLISECONDS_A_SECOND
from baken.formats._cacao_tables import (
    AGENTS,
    COMMAND,
    EXTENSION,
    EXTENSION_DEFINITION,
    MARKINGS,
    PLAYBOOK,
    SPEC_VERSION,
    STEPS,
    UNKNOWN_AGENT,
    VARIABLE,
)
from baken.records.playbook import (
    Agent,
    Command,
    DataMarking,
    Extension,
    ExtensionDefinition,
    ExternalReference,
    Kept,
    MarkingKind,
    Playbook,
    Step,
    StepKind,
    Variable,
)

MILLISECOND_NS = 1_000_000


def object_of(playbook: Playbook) -> Object:
    """Return the JSON object of a playbook.

    Raises: ValueError for a time or a span that is no whole number of milliseconds, and for something kept
    that has a place of its own.
    """
    told: Object = {
        "type": "playbook",
        "spec_version": SPEC_VERSION,
        "id": playbook.playbook_id,
        "name": playbook.name,
        "description": playbook.description,
        "playbook_types": list(playbook.types),
        "playbook_activities": list(playbook.activities),
        "created_by": playbook.created_by,
        "created": _millisecond(playbook.created_tai_ns),
        "modified": _millisecond(playbook.modified_tai_ns),
        "revoked": playbook.is_revoked or None,
        "valid_from": _instant(playbook.valid_from_tai_ns),
        "valid_until": _instant(playbook.valid_until_tai_ns),
        "derived_from": list(playbook.derived_from),
        "priority": playbook.priority,
        "severity": playbook.severity,
        "impact": playbook.impact,
        "labels": list(playbook.labels),
        "external_references": _references(playbook.references),
        "markings": list(playbook.marking_ids),
        "playbook_variables": _variables(playbook.variables),
        "workflow_start": playbook.start_id,
        "workflow_exception": playbook.exception_id,
        "workflow": {step.step_id: _step(step) for step in playbook.steps},
        "playbook_extensions": _extensions(playbook.extensions),
        "agent_definitions": {agent.agent_id: _agent(agent) for agent in playbook.agents},
        "target_definitions": {agent.agent_id: _agent(agent) for agent in playbook.targets},
        "extension_definitions": {
            each.definition_id: _extension_definition(each) for each in playbook.extension_definitions
        },
        "data_marking_definitions": {each.marking_id: _marking(each) for each in playbook.markings},
    }
    _refuse_doubles("step", [step.step_id for step in playbook.steps])
    _refuse_doubles("agent", [agent.agent_id for agent in playbook.agents])
    _refuse_doubles("target", [agent.agent_id for agent in playbook.targets])
    return _ordered(PLAYBOOK.names, told, playbook.kept)


def _ordered(names: Iterable[str], told: Object, kept: Kept) -> Object:
    """Return what is said, with what was kept, in the order of a table; what is empty is left away."""
    for name, content in kept:
        if name in told:
            raise ValueError(f"{name} is kept, and it has a place of its own")
        told[name] = json.loads(content)
    said = {name: value for name, value in told.items() if value not in (None, "", [], {})}
    said |= {name: told[name] for name, _ in kept}
    return {name: said.pop(name) for name in (*names, *told) if name in said}


def _refuse_doubles(what: str, identifiers: list[str]) -> None:
    for identifier in identifiers:
        if identifiers.count(identifier) > 1:
            raise ValueError(f"two of one {what}: {identifier}")


def _millisecond(epoch_tai_ns: int) -> str:
    if epoch_tai_ns % MILLISECOND_NS:
        raise ValueError("when a playbook was made and changed is told in whole milliseconds")
    return utc_text(epoch_tai_ns, 3)


def _instant(epoch_tai_ns: int | None) -> str:
    if epoch_tai_ns is None:
        return ""
    return utc_text(epoch_tai_ns, 9 if epoch_tai_ns % MILLISECOND_NS else 3)


def _milliseconds(span_s: float | None) -> int | None:
    if span_s is None:
        return None
    n_milliseconds = round(span_s * MILLISECONDS_A_SECOND)
    if n_milliseconds / MILLISECONDS_A_SECOND != span_s:
        raise ValueError(f"{span_s} s is no whole number of milliseconds")
    return n_milliseconds


def _references(references: tuple[ExternalReference, ...]) -> list[object]:
    names = ("name", "description", "source", "url", "external_id", "reference_id")
    return [_ordered(names, {name: getattr(each, name) for name in names}, ()) for each in references]


def _variables(variables: tuple[Variable, ...]) -> Object:
    _refuse_doubles("variable", [each.name for each in variables])
    return {each.name: _variable(each) for each in variables}


def _variable(variable: Variable) -> Object:
    told: Object = {
        "type": variable.kind,
        "description": variable.description,
        "constant": variable.is_constant or None,
        "external": variable.is_external or None,
    }
    written = _ordered(VARIABLE.names, told, variable.kept)
    if variable.value is not None:
        written["value"] = variable.value  # which may be empty, and then says so
    return {"type": variable.kind} | written


def _extensions(extensions: tuple[Extension, ...]) -> Object:
    return {each.definition_id: json.loads(each.content) for each in extensions}


def _command(command: Command) -> Object:
    told: Object = {
        "type": command.kind,
        "description": command.description,
        "playbook_activity": command.activity,
        "command": command.text,
    }
    return _ordered(COMMAND.names, told, command.kept)


def _step(step: Step) -> Object:
    told: Object = {
        "type": step.kind.value,
        "name": step.name,
        "description": step.description,
        "external_references": _references(step.references),
        "delay": _milliseconds(step.delay_s) or None,
        "timeout": _milliseconds(step.timeout_s),
        "step_variables": _variables(step.variables),
        "on_completion": step.on_completion,
        "on_success": step.on_success,
        "on_failure": step.on_failure,
        "step_extensions": _extensions(step.extensions),
        "commands": [_command(command) for command in step.commands],
        "agent": step.agent_id,
        "targets": list(step.target_ids),
        "switch" if step.kind is StepKind.SWITCH else "condition": step.condition,
        "on_true": step.on_true,
        "on_false": step.on_false,
        "cases": dict(step.cases),
        "next_steps": list(step.next_steps),
        "playbook_id": step.playbook_id,
    }
    return _ordered(STEPS[step.kind].names, told, step.kept)


def _agent(agent: Agent) -> Object:
    told: Object = {
        "type": agent.kind,
        "name": agent.name,
        "description": agent.description,
        "agent_target_extensions": _extensions(agent.extensions),
    }
    return _ordered(AGENTS.get(agent.kind, UNKNOWN_AGENT).names, told, agent.kept)


def _marking(marking: DataMarking) -> Object:
    told: Object = {
        "type": marking.kind.value,
        "id": marking.marking_id,
        "name": marking.name,
        "description": marking.description,
        "created_by": marking.created_by,
        "created": _millisecond(marking.created_tai_ns),
    }
    says = {MarkingKind.TLP: "tlpv2_level", MarkingKind.STATEMENT: "statement"}.get(marking.kind)
    if says:
        told[says] = marking.says
    return _ordered(MARKINGS[marking.kind].names, told, marking.kept)


def _extension_definition(definition: ExtensionDefinition) -> Object:
    told: Object = {
        "type": EXTENSION,
        "name": definition.name,
        "description": definition.description,
        "created_by": definition.created_by,
        "schema": definition.schema,
        "version": definition.version,
    }
    return _ordered(EXTENSION_DEFINITION.names, told, definition.kept)
