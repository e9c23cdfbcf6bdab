"""Which checklist holds in a home: its own file, else the one that comes with Baken; and one as JSON."""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from baken.astro.time import utc_text
from baken.records.checklist import Checklist, GivenAnswer
from baken.respond.measures.checklist_file import read_checklist
from baken.wiring.files import read_bytes, said_of

MUTUAL_ASSISTANCE = "mutual_assistance.toml"


def mutual_assistance(home: Path) -> Checklist:
    """Return the questions of mutual assistance.

    Raises: UnreadableInput in one line that names the file, the question and the field.
    """
    own = home / MUTUAL_ASSISTANCE
    if own.exists():
        with said_of(str(own)):
            return read_checklist(read_bytes(str(own)).decode(errors="replace"))
    shipped = resources.files("baken.respond.measures") / MUTUAL_ASSISTANCE
    return read_checklist(shipped.read_text(encoding="utf-8"))


def checklist_document(checklist: Checklist, given: Sequence[GivenAnswer]) -> dict[str, object]:
    """Return a checklist with every answer to each of its questions, in order; nothing is added up."""
    return {
        "checklist": checklist.checklist_id,
        "name": {"nl": checklist.name.nl, "en": checklist.name.en},
        "about": {"nl": checklist.about.nl, "en": checklist.about.en},
        "sources": [
            {"id": one.source_id, "title": one.title, "url": one.url, "checked_on": one.checked_on}
            for one in checklist.sources
        ],
        "questions": [
            {
                "question": question.question_id,
                "text": {"nl": question.text.nl, "en": question.text.en},
                "sources": list(question.source_ids),
                "answers": [
                    {
                        "text": each.text,
                        "by": each.by,
                        "at_utc": utc_text(each.at_tai_ns, 0),
                        "entry_id": each.entry_id,
                    }
                    for each in given
                    if each.question_id == question.question_id
                ],
            }
            for question in checklist.questions
        ],
    }
