"""The property tables of CACAO Security Playbooks 2.0: what each object may hold, and what it must.

Source: CACAO Security Playbooks Version 2.0, OASIS Committee Specification 01 (27 November 2023), sections 3
to 10.  Vocabularies that the standard leaves open take any word; its enumerations do not.
"""

import re

from baken.formats._cacao_checks import (
    DICTIONARY_KEY,
    IDENTIFIER,
    UUID,
    VARIABLE_NAME,
    Check,
    Shape,
    any_object,
    anything,
    flag,
    identifier,
    list_of,
    map_of,
    millisecond_timestamp,
    one_of,
    shaped,
    text,
    timestamp,
    whole,
)
from baken.records.playbook import MarkingKind, StepKind

SPEC_VERSION = "cacao-2.0"
IDENTITY, EXTENSION = "identity", "extension-definition"
TLP_LEVELS = ("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR")
_TYPE_WORDS = "attack detection engagement investigation mitigation notification prevention remediation"
PLAYBOOK_TYPES = frozenset(_TYPE_WORDS.split())
_REGION_WORDS = (
    "africa eastern-africa middle-africa northern-africa southern-africa western-africa americas caribbean "
    "central-america latin-america-caribbean northern-america south-america asia central-asia eastern-asia "
    "southern-asia south-eastern-asia western-asia europe eastern-europe northern-europe southern-europe "
    "western-europe oceania antarctica australia-new-zealand melanesia micronesia polynesia"
)
REGIONS = frozenset(_REGION_WORDS.split())
MOST_VLAN = 4_095  # IEEE 802.1Q
ADDRESS_KINDS = re.compile("dname|ipv4|ipv6|l2mac|vlan|url")
EXTENSION_PROPERTY = re.compile(r"[a-z0-9_]{3,250}")

# Three centuries, as long as instants can be counted.
LONGEST_MILLISECONDS = 10**13

TEXTS = list_of(text)
STEP_ID = identifier(*StepKind)


def _value(path: str, value: object) -> None:
    """A variable's value: a text, nothing, or an object."""
    if value is not None and not isinstance(value, dict):
        text(path, value)


EXTENSIONS = map_of(
    re.compile(f"{EXTENSION}--{UUID}"), map_of(EXTENSION_PROPERTY, anything, at_least=1), at_least=1
)
EXTERNAL_REFERENCE = Shape(
    "external reference",
    tuple((name, text) for name in ("name", "description", "source", "url", "external_id", "reference_id")),
    ("name",),
)
REFERENCES = list_of(shaped(EXTERNAL_REFERENCE))
VARIABLE = Shape(
    "variable",
    (("type", text), ("description", text), ("value", _value), ("constant", flag), ("external", flag)),
    ("type",),
)
VARIABLES = map_of(VARIABLE_NAME, shaped(VARIABLE))

COMMAND = Shape(
    "command",
    (
        ("type", text),
        ("description", text),
        ("version", text),
        ("playbook_activity", text),
        ("external_references", REFERENCES),
        ("command", text),
        ("command_b64", text),
        ("headers", map_of(re.compile(".+"), TEXTS)),
        ("content", text),
        ("content_b64", text),
    ),
    ("type",),
)
# Whose command goes over HTTP, with a body beside it; no other kind has one.
OVER_HTTP = frozenset({"http-api", "openc2-http"})
BODY = ("headers", "content", "content_b64")

CIVIC_LOCATION = Shape(
    "location",
    (
        ("name", text),
        ("description", text),
        ("building_details", text),
        ("network_details", text),
        ("region", one_of(REGIONS)),
        ("country", text),
        *((name, text) for name in ("administrative_area", "city", "street_address", "postal_code")),
        *((name, text) for name in ("latitude", "longitude", "precision")),
    ),
)
CONTACT = Shape(
    "contact",
    (
        ("email", map_of(DICTIONARY_KEY, text)),
        ("phone", map_of(DICTIONARY_KEY, text)),
        ("contact_details", text),
    ),
)


def _addresses(path: str, value: object) -> None:
    """Texts; of a vlan, the published schemas want numbers, so both are taken."""
    is_numbers = path.endswith(".vlan") and isinstance(value, list) and value and isinstance(value[0], int)
    (list_of(whole(0, MOST_VLAN)) if is_numbers else TEXTS)(path, value)


ANY_AGENT = Shape(
    "agent",
    (
        ("type", text),
        ("name", text),
        ("description", text),
        ("location", shaped(CIVIC_LOCATION)),
        ("agent_target_extensions", EXTENSIONS),
    ),
    ("type", "name"),
)
_ADDRESS: tuple[str, Check] = ("address", map_of(ADDRESS_KINDS, _addresses, at_least=1))
_PORT: tuple[str, Check] = ("port", text)
_LOGIN: tuple[str, Check] = ("authentication_info", identifier())
_CATEGORY: tuple[str, Check] = ("category", TEXTS)
AGENTS = {
    **{
        kind: ANY_AGENT.grown(kind, ("contact", shaped(CONTACT)))
        for kind in ("individual", "group", "organization")
    },
    "location": ANY_AGENT.grown("location", ("logical", TEXTS)),
    "sector": ANY_AGENT.grown("sector", ("sector", text), required=("sector",)),
    "security-category": ANY_AGENT.grown("security-category", _CATEGORY, required=("category",)),
    "net-address": ANY_AGENT.grown("net-address", _ADDRESS, _LOGIN, _CATEGORY, required=("address",)),
    **{
        kind: ANY_AGENT.grown(kind, _ADDRESS, _PORT, _LOGIN, _CATEGORY, required=("address",))
        for kind in ("http-api", "linux", "ssh")
    },
}

ANY_STEP = Shape(
    "step",
    (
        ("type", one_of(tuple(StepKind))),
        ("name", text),
        ("description", text),
        ("external_references", REFERENCES),
        ("delay", whole(0, LONGEST_MILLISECONDS)),
        ("timeout", whole(0, LONGEST_MILLISECONDS)),
        ("step_variables", VARIABLES),
        ("owner", identifier(IDENTITY)),
        ("on_completion", STEP_ID),
        ("on_success", STEP_ID),
        ("on_failure", STEP_ID),
        ("step_extensions", EXTENSIONS),
    ),
    ("type",),
)
_ARGUMENTS: tuple[tuple[str, Check], ...] = (("in_args", TEXTS), ("out_args", TEXTS))
STEPS = {
    StepKind.START: ANY_STEP.grown("start step", required=("on_completion",)),
    StepKind.END: ANY_STEP.grown("end step"),
    StepKind.ACTION: ANY_STEP.grown(
        "action step",
        ("commands", list_of(shaped(COMMAND))),
        ("agent", identifier()),
        ("targets", list_of(identifier())),
        *_ARGUMENTS,
        required=("commands", "agent"),
    ),
    StepKind.PLAYBOOK_ACTION: ANY_STEP.grown(
        "playbook-action step",
        ("playbook_id", identifier("playbook")),
        ("playbook_version", timestamp),
        *_ARGUMENTS,
        required=("playbook_id",),
    ),
    StepKind.PARALLEL: ANY_STEP.grown(
        "parallel step", ("next_steps", list_of(STEP_ID, at_least=2)), required=("next_steps",)
    ),
    StepKind.IF: ANY_STEP.grown(
        "if-condition step",
        ("condition", text),
        ("on_true", STEP_ID),
        ("on_false", STEP_ID),
        required=("condition", "on_true"),
    ),
    StepKind.WHILE: ANY_STEP.grown(
        "while-condition step", ("condition", text), ("on_true", STEP_ID), required=("condition", "on_true")
    ),
    StepKind.SWITCH: ANY_STEP.grown(
        "switch-condition step",
        ("switch", text),
        ("cases", map_of(DICTIONARY_KEY, STEP_ID, at_least=1)),
        required=("switch", "cases"),
    ),
}

ANY_MARKING = Shape(
    "data marking",
    (
        ("type", one_of(tuple(MarkingKind))),
        ("id", identifier(*MarkingKind)),
        ("name", text),
        ("description", text),
        ("created_by", identifier(IDENTITY)),
        ("created", millisecond_timestamp),
        ("revoked", flag),
        ("valid_from", timestamp),
        ("valid_until", timestamp),
        ("labels", TEXTS),
        ("external_references", REFERENCES),
        ("marking_extensions", EXTENSIONS),
    ),
    ("type", "id", "created_by", "created"),
)
_IEP_WORDS = "encrypt_in_transit permitted_actions affected_party_notifications attribution unmodified_resale"
_BARE_MARKING = Shape(
    "data marking",
    tuple(each for each in ANY_MARKING.properties if each[0] != "external_references"),
    ANY_MARKING.required,
)
_IEP: tuple[tuple[str, Check], ...] = (
    ("tlp", text),
    ("iep_version", whole(0)),
    ("start_date", timestamp),
    ("end_date", anything),
    *((name, text) for name in _IEP_WORDS.split()),
    ("external_references", list_of(text, at_least=0)),
)
MARKINGS = {
    MarkingKind.TLP: ANY_MARKING.grown(
        "TLP marking", ("tlpv2_level", one_of(TLP_LEVELS)), required=("tlpv2_level",)
    ),
    MarkingKind.STATEMENT: ANY_MARKING.grown(
        "statement marking", ("statement", text), required=("statement",)
    ),
    MarkingKind.IEP: _BARE_MARKING.grown(
        "IEP marking", *_IEP, required=("name", "description", *(name for name, _ in _IEP))
    ),
}
EXTENSION_DEFINITION = Shape(
    "extension definition",
    (
        ("type", one_of((EXTENSION,))),
        ("name", text),
        ("description", text),
        ("created_by", identifier(IDENTITY)),
        ("schema", text),
        ("version", text),
        ("external_references", REFERENCES),
    ),
    ("type", "name", "created_by", "schema", "version"),
)
_SUMMARY_WORDS = (
    "manual_playbook external_playbooks parallel_processing if_logic while_logic switch_logic temporal_logic "
    "data_markings digital_signatures countersigned_signatures extensions"
)
SUMMARY = Shape("processing summary", tuple((name, flag) for name in _SUMMARY_WORDS.split()))
_OBJECTS = map_of(IDENTIFIER, any_object)
PLAYBOOK = Shape(
    "playbook",
    (
        ("type", one_of(("playbook",))),
        ("spec_version", one_of((SPEC_VERSION,))),
        ("id", identifier("playbook")),
        ("name", text),
        ("description", text),
        ("playbook_types", TEXTS),
        ("playbook_activities", TEXTS),
        ("playbook_processing_summary", shaped(SUMMARY)),
        ("created_by", identifier(IDENTITY)),
        ("created", millisecond_timestamp),
        ("modified", millisecond_timestamp),
        ("revoked", flag),
        ("valid_from", timestamp),
        ("valid_until", timestamp),
        ("derived_from", list_of(identifier("playbook"))),
        ("related_to", list_of(identifier())),
        ("priority", whole(0, 100)),
        ("severity", whole(0, 100)),
        ("impact", whole(0, 100)),
        ("industry_sectors", TEXTS),
        ("labels", TEXTS),
        ("external_references", REFERENCES),
        ("markings", list_of(identifier(*MarkingKind))),
        ("playbook_variables", VARIABLES),
        ("workflow_start", identifier(StepKind.START)),
        ("workflow_exception", STEP_ID),
        ("workflow", _OBJECTS),
        ("playbook_extensions", EXTENSIONS),
        ("authentication_info_definitions", _OBJECTS),
        ("agent_definitions", _OBJECTS),
        ("target_definitions", _OBJECTS),
        ("extension_definitions", _OBJECTS),
        ("data_marking_definitions", _OBJECTS),
        ("signatures", list_of(any_object)),
    ),
    ("type", "spec_version", "id", "name", "created_by", "created", "modified", "workflow_start", "workflow"),
)
# A kind of agent that this table does not know may hold what any of the known ones may.
UNKNOWN_AGENT = ANY_AGENT.grown(
    "agent",
    *{
        name: check
        for shape in AGENTS.values()
        for name, check in shape.properties
        if name not in ANY_AGENT.names
    }.items(),
)
