"""A list of questions that people answer in an exercise, and their answers; nobody adds up anything."""

from dataclasses import dataclass

from baken.records.response import Bilingual, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and where it comes from.  The answer is a person's."""

    question_id: str
    text: Bilingual
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Questions in their order.  ``about`` says what the list is, and what it is not."""

    checklist_id: str
    name: Bilingual
    about: Bilingual
    sources: tuple[Source, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """What somebody answered to a question, when, and the entry that carries it."""

    question_id: str
    text: str
    by: str
    at_tai_ns: int
    entry_id: str
