"""Messages of our own to test the CCSDS formats with, and what it means that two nouns say the same."""

import dataclasses
from pathlib import Path
from types import ModuleType

import numpy as np

from baken.formats import (
    cdm_kvn,
    cdm_xml,
    ocm_kvn,
    ocm_xml,
    oem_kvn,
    oem_xml,
    omm_kvn,
    omm_xml,
    opm_kvn,
    opm_xml,
    rdm_kvn,
    rdm_xml,
    tdm_kvn,
    tdm_xml,
)
from baken.formats.message import KeptMessage
from baken.formats.reading import Reading, Strictness

OWN = Path(__file__).parent.parent / "authorities" / "ccsds"
FORMS = {
    "opm": (opm_kvn, opm_xml),
    "omm": (omm_kvn, omm_xml),
    "oem": (oem_kvn, oem_xml),
    "ocm": (ocm_kvn, ocm_xml),
    "cdm": (cdm_kvn, cdm_xml),
    "tdm": (tdm_kvn, tdm_xml),
    "rdm": (rdm_kvn, rdm_xml),
}
ALL_FORMS = [form for forms in FORMS.values() for form in forms]
SAMPLES = {
    "opm": "state.opm",
    "omm": "element_set.omm",
    "oem": "ephemeris.oem",
    "ocm": "orbit.ocm",
    "cdm": "conjunction.cdm",
    "tdm": "tracking.tdm",
    "rdm": "reentry.rdm",
}


def own(name: str) -> bytes:
    """Return a message of our own."""
    return (OWN / name).read_bytes()


def sample(form: ModuleType) -> bytes:
    """Return a sound message in this form."""
    kind = form.NAME.split("-")[0]
    content = own(SAMPLES[kind])
    return content if form.NAME.endswith("kvn") else form.write(FORMS[kind][0].read(content).records)


def edited(content: bytes, old: str, new: str) -> bytes:
    """Return a message with one thing planted in it."""
    assert old.encode() in content, old
    return content.replace(old.encode(), new.encode(), 1)


def lenient(form: ModuleType, content: bytes) -> Reading:
    return form.read(content, strictness=Strictness.LENIENT)


def same(one: object, other: object) -> bool:
    """Say whether two nouns say the same, arrays and what was not given included."""
    if isinstance(one, KeptMessage) and isinstance(other, KeptMessage):
        return said(one) == said(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all_same(one, other)
    if dataclasses.is_dataclass(one) and type(one) is type(other):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    return one == other


def said(kept: KeptMessage) -> object:
    message = kept.message
    sections = [
        (section.name, section.comments, [(e.keyword, e.text) for e in section.entries])
        for section in message.sections
    ]
    return message.kind, message.version, sections


def all_same(ones: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(ones) == len(others) and all(map(same, ones, others))
