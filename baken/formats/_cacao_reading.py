"""From a JSON object that kept to the tables, to the nouns."""

from baken.astro.time import tai_ns_from_utc
from baken.formats._cacao_checks import Shape, as_object, bad, check_shape
from baken.formats._cacao_json import Object
from baken.formats._cacao_tables import (
    AGENTS,
    ANY_AGENT,
    ANY_MARKING,
    ANY_STEP,
    BODY,
    EXTENSION_DEFINITION,
    MARKINGS,
    OVER_HTTP,
    PLAYBOOK,
    STEPS,
    UNKNOWN_AGENT,
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
    canonical_json,
)

MILLISECONDS_A_SECOND = 1_000


def playbook_from(value: object) -> Playbook:
    """Return the playbook an object is, property by property; its parts are not held against each other yet.

    Raises: BadMessage that names the JSON path.
    """
    check_shape(PLAYBOOK, "$", value)
    told = Told("$", as_object("$", value))
    return Playbook(
        playbook_id=told.text("id"),
        name=told.text("name"),
        created_by=told.text("created_by"),
        created_tai_ns=tai_ns_from_utc(told.text("created")),
        modified_tai_ns=tai_ns_from_utc(told.text("modified")),
        start_id=told.text("workflow_start"),
        steps=tuple(map(_step, told.objects("workflow"))),
        description=told.text("description"),
        types=told.texts("playbook_types"),
        activities=told.texts("playbook_activities"),
        labels=told.texts("labels"),
        is_revoked=told.flag("revoked"),
        valid_from_tai_ns=told.instant("valid_from"),
        valid_until_tai_ns=told.instant("valid_until"),
        derived_from=told.texts("derived_from"),
        priority=told.whole("priority"),
        severity=told.whole("severity"),
        impact=told.whole("impact"),
        references=told.references(),
        marking_ids=told.texts("markings"),
        variables=told.variables("playbook_variables"),
        exception_id=told.text("workflow_exception"),
        agents=_agents(told, "agent_definitions"),
        targets=_agents(told, "target_definitions"),
        extensions=told.extensions("playbook_extensions"),
        extension_definitions=tuple(map(_extension_definition, told.objects("extension_definitions"))),
        markings=tuple(map(_marking, told.objects("data_marking_definitions"))),
        kept=told.kept("type", "spec_version"),
    )


class Told:
    """One JSON object while it is read, which remembers what was asked of it."""

    def __init__(self, path: str, told: Object, identifier: str = "") -> None:
        self.path, self.told, self.identifier = path, told, identifier
        self.asked: set[str] = set()

    def value(self, name: str) -> object:
        self.asked.add(name)
        return self.told.get(name)

    def text(self, name: str) -> str:
        return str(self.value(name) or "")

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.value(name)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def flag(self, name: str) -> bool:
        return self.value(name) is True

    def whole(self, name: str) -> int | None:
        value = self.value(name)
        return value if isinstance(value, int) else None

    def span_s(self, name: str) -> float | None:
        whole = self.whole(name)
        return None if whole is None else whole / MILLISECONDS_A_SECOND

    def instant(self, name: str) -> int | None:
        return tai_ns_from_utc(self.text(name)) if name in self.told else None

    def objects(self, name: str) -> tuple["Told", ...]:
        """Return the objects of a dictionary, each with its key for identifier, or those of a list."""
        value = self.value(name)
        path = f"{self.path}.{name}"
        if isinstance(value, list):
            return tuple(Told(f"{path}[{n}]", as_object(path, element)) for n, element in enumerate(value))
        inner = as_object(path, value or {})
        return tuple(
            Told(f"{path}.{key}", as_object(f"{path}.{key}", each), key) for key, each in inner.items()
        )

    def variables(self, name: str) -> tuple[Variable, ...]:
        return tuple(map(_variable, self.objects(name)))

    def references(self) -> tuple[ExternalReference, ...]:
        return tuple(map(_reference, self.objects("external_references")))

    def extensions(self, name: str) -> tuple[Extension, ...]:
        return tuple(
            Extension(definition_id=each.identifier, content=canonical_json(each.told))
            for each in self.objects(name)
        )

    def kept(self, *known: str) -> Kept:
        """Return what nobody asked for, by name."""
        return tuple(
            (name, canonical_json(value))
            for name, value in sorted(self.told.items())
            if name not in self.asked and name not in known
        )

    def kind_by(self, shape: Shape) -> str:
        """Return the type of an object, whatever else it holds, as the shape of all its kinds allows it."""
        only_type = Shape(shape.what, shape.properties[:1], ("type",))
        check_shape(only_type, self.path, {"type": self.value("type")})
        return self.text("type")

    def refuse_other_kind(self) -> None:
        """Refuse an object whose identifier begins with another type than it says it is."""
        kind = self.text("type")
        if not self.identifier.startswith(f"{kind}--"):
            raise bad(f"{self.path}.type", f"is {kind!r}, and the identifier begins with another type")


def _reference(told: Told) -> ExternalReference:
    reference = ExternalReference(
        name=told.text("name"),
        description=told.text("description"),
        source=told.text("source"),
        url=told.text("url"),
        external_id=told.text("external_id"),
        reference_id=told.text("reference_id"),
    )
    if sum(1 for value in told.told.values() if value) == 1:
        raise bad(told.path, "has a name only", "add a description, a source, a url or an identifier")
    return reference


def _variable(told: Told) -> Variable:
    value = told.told.get("value")
    return Variable(
        name=told.identifier,
        kind=told.text("type"),
        description=told.text("description"),
        value=value if isinstance(value, str) else None,
        is_constant=told.flag("constant"),
        is_external=told.flag("external"),
        kept=told.kept() if isinstance(value, dict) else (),
    )


def _command(told: Told) -> Command:
    kind = told.text("type")
    command = Command(
        kind=kind,
        text=told.text("command"),
        description=told.text("description"),
        activity=told.text("playbook_activity"),
        kept=told.kept(),
    )
    if not (command.text or told.told.get("command_b64")):
        raise bad(f"{told.path}.command", "is missing", "add it, or command_b64")
    for name in BODY:
        if name in told.told and kind not in OVER_HTTP:
            raise bad(f"{told.path}.{name}", f"has no place in a command of type {kind!r}", "take it away")
    return command


def _step(told: Told) -> Step:
    kind = StepKind(told.kind_by(ANY_STEP))
    check_shape(STEPS[kind], told.path, told.told)
    told.refuse_other_kind()
    return Step(
        step_id=told.identifier,
        kind=kind,
        name=told.text("name"),
        description=told.text("description"),
        references=told.references(),
        delay_s=told.span_s("delay") or 0.0,
        timeout_s=told.span_s("timeout"),
        on_completion=told.text("on_completion"),
        on_success=told.text("on_success"),
        on_failure=told.text("on_failure"),
        commands=tuple(map(_command, told.objects("commands"))),
        agent_id=told.text("agent"),
        target_ids=told.texts("targets"),
        condition=told.text("switch" if kind is StepKind.SWITCH else "condition"),
        on_true=told.text("on_true"),
        on_false=told.text("on_false"),
        cases=_cases(told),
        next_steps=told.texts("next_steps"),
        playbook_id=told.text("playbook_id"),
        variables=told.variables("step_variables"),
        extensions=told.extensions("step_extensions"),
        kept=told.kept(),
    )


def _cases(told: Told) -> tuple[tuple[str, str], ...]:
    value = told.value("cases")
    return tuple((case, str(other)) for case, other in value.items()) if isinstance(value, dict) else ()


def _agents(told: Told, name: str) -> tuple[Agent, ...]:
    logins = as_object(told.path, told.told.get("authentication_info_definitions", {}))
    agents = told.objects(name)
    for agent in agents:
        login = agent.told.get("authentication_info")
        if login is not None and login not in logins:
            raise bad(
                f"{agent.path}.authentication_info", "names what is not in authentication_info_definitions"
            )
    return tuple(map(_agent, agents))


def _agent(told: Told) -> Agent:
    kind = told.kind_by(ANY_AGENT)
    check_shape(AGENTS.get(kind, UNKNOWN_AGENT), told.path, told.told)
    told.refuse_other_kind()
    return Agent(
        agent_id=told.identifier,
        kind=kind,
        name=told.text("name"),
        description=told.text("description"),
        extensions=told.extensions("agent_target_extensions"),
        kept=told.kept(),
    )


def _marking(told: Told) -> DataMarking:
    kind = MarkingKind(told.kind_by(ANY_MARKING))
    check_shape(MARKINGS[kind], told.path, told.told)
    told.refuse_other_kind()
    if told.text("id") != told.identifier:
        raise bad(f"{told.path}.id", "is another identifier than the key it stands under")
    says = {MarkingKind.TLP: "tlpv2_level", MarkingKind.STATEMENT: "statement"}.get(kind)
    return DataMarking(
        marking_id=told.identifier,
        kind=kind,
        created_by=told.text("created_by"),
        created_tai_ns=tai_ns_from_utc(told.text("created")),
        says=told.text(says) if says else "",
        name=told.text("name"),
        description=told.text("description"),
        kept=told.kept(),
    )


def _extension_definition(told: Told) -> ExtensionDefinition:
    check_shape(EXTENSION_DEFINITION, told.path, told.told)
    told.refuse_other_kind()
    return ExtensionDefinition(
        definition_id=told.identifier,
        name=told.text("name"),
        created_by=told.text("created_by"),
        schema=told.text("schema"),
        version=told.text("version"),
        description=told.text("description"),
        kept=told.kept(),
    )
