"""A checklist as a person writes it: TOML, every error with its table, number and field."""

from collections.abc import Sequence

from baken.formats.toml_table import TomlTable, read_toml, refuse_twice
from baken.records.checklist import Checklist, GivenAnswer, Question
from baken.records.evidence import KeptEntry
from baken.respond.mechanism_file import bilingual, named, read_source

ANSWER = "answer"


def read_checklist(text: str) -> Checklist:
    """Read a checklist, whole.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    told = read_toml(text)
    head = told.table("checklist")
    questions = told.tables("question")
    checklist = Checklist(
        checklist_id=named(head, "id"),
        name=bilingual(head, "name"),
        about=bilingual(head, "about"),
        sources=tuple(read_source(each) for each in told.tables("source")),
        questions=tuple(_question(each) for each in questions),
    )
    head.refuse_unknown()
    told.refuse_unknown()
    refuse_twice(questions, [each.question_id for each in checklist.questions])
    known = {source.source_id for source in checklist.sources}
    for table, question in zip(questions, checklist.questions, strict=True):
        for name in question.source_ids:
            if name not in known:
                raise table.refuse(
                    "sources", f"no source is called {name!r}; there are {', '.join(sorted(known))}"
                )
    return checklist


def answers_in(checklist_id: str, entries: Sequence[KeptEntry]) -> tuple[GivenAnswer, ...]:
    """Return every answer to a checklist in the order given: a later one stands, and the earlier stays."""
    return tuple(
        GivenAnswer(
            question_id=kept.entry.text("question"),
            text=kept.entry.text("text"),
            by=kept.entry.actor,
            at_tai_ns=kept.entry.at_tai_ns,
            entry_id=kept.entry_id,
        )
        for kept in sorted(entries, key=lambda kept: kept.sequence)
        if kept.entry.text("act") == ANSWER and kept.entry.text("checklist") == checklist_id
    )


def _question(told: TomlTable) -> Question:
    question = Question(
        question_id=named(told, "id"), text=bilingual(told, "text"), source_ids=told.words("sources")
    )
    told.refuse_unknown()
    if not question.source_ids:
        raise told.refuse("sources", "is missing; a question has a public source")
    return question
