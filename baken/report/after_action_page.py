"""The after-action report as PDF/A that a screen reader reads aloud too, in English or Dutch."""

import json
from datetime import datetime
from pathlib import PurePosixPath

import matplotlib
import typst

from baken.astro.time import utc_text
from baken.records.marking import Realm
from baken.report.after_action import AfterAction, facts_of, sentences_of
from baken.report.after_action_tables import COLUMNS, LESSON_COLUMNS, chronicle_rows, lesson_rows
from baken.report.label_words import label_text
from baken.report.response_names import MaySay
from baken.report.words import Speech


def after_action_pdf(told: AfterAction, template: str, language: str, may_say: MaySay) -> bytes:
    """Return the report as PDF/A-2 and PDF/UA-1; the same log and instant give the same bytes.

    ``template`` is the text of ``after_action_page.typ``.
    """
    fonts = str(PurePosixPath(matplotlib.get_data_path(), "fonts", "ttf"))
    return typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs={"data": json.dumps(after_action_data(told, Speech(language), may_say))},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.fromisoformat(utc_text(told.review.as_of_tai_ns, 0)),
    )


def after_action_data(told: AfterAction, say: Speech, may_say: MaySay) -> dict[str, object]:
    """Return every word of the report, ready to be set."""
    incident, label, names = told.incident, told.marking, told.names(say, may_say)
    realm, now = say(f"realm.{incident.realm}"), f"{utc_text(told.review.as_of_tai_ns, 0)[:16]}Z"
    title = incident.title if may_say(incident.title, ()) else say(f"incident.kind.{incident.kind}")
    return {
        "language": say.language,
        "author": "Baken",
        "head": say("after.head", incident=str(incident.incident_id), now=now),
        "realm": realm,
        "banner": "" if incident.realm is Realm.REAL else realm,
        "marking": f"{say('may_see')}: {label_text(label, say)}",
        "title": say("after.title", title=title),
        "subtitle": say(
            "after.subtitle",
            kind=say(f"incident.kind.{incident.kind}"),
            severity=say(f"incident.severity.{incident.severity.stands}"),
            stage=say(f"incident.stage.{incident.stage}"),
        ),
        "facts": facts_of(told, names),
        "sections": [
            {"title": say(f"after.section.{part}"), "sentences": list(sentences)}
            for part, sentences in sentences_of(told, names).items()
        ],
        "chronicle": {
            "title": say("after.section.chronicle"),
            "columns": [say(f"after.column.{name}") for name in COLUMNS],
            "rows": chronicle_rows(told, names),
        },
        "lessons": {
            "title": say("after.section.lessons"),
            "columns": [say(f"after.lesson.{name}") for name in LESSON_COLUMNS],
            "rows": lesson_rows(told, names),
            "empty": say("after.lessons.none"),
        },
        "foot": say("after.foot", version=told.code_version, count=told.found.n_entries),
    }
