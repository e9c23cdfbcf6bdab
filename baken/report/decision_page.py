"""The brief for whoever decides, as PDF/A, in English or Dutch."""

import json
from datetime import datetime
from pathlib import PurePosixPath

import matplotlib
import typst

from baken.astro.time import utc_text
from baken.records.incident import Incident, Stage
from baken.records.marking import Realm
from baken.report.decision_brief import CaseFile, Claim, MaySay, Section, claims_of, judgement_text, title_of
from baken.report.label_words import label_text
from baken.report.words import Speech


def decision_pdf(case: CaseFile, template: str, language: str, may_say: MaySay) -> bytes:
    """Return the brief as PDF/A-2; the same case gives the same bytes.

    ``template`` is the text of ``decision_page.typ``.
    """
    fonts = str(PurePosixPath(matplotlib.get_data_path(), "fonts", "ttf"))
    return typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs={"data": json.dumps(page_data(case, Speech(language), may_say))},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
        pdf_standards=["a-2b"],
        timestamp=datetime.fromisoformat(utc_text(case.as_of_tai_ns, 0)),
    )


def page_data(case: CaseFile, say: Speech, may_say: MaySay) -> dict[str, object]:
    """Return every word of the page, ready to be set."""
    incident = case.incident
    realm, label = say(f"realm.{incident.realm}"), case.marking
    claims = claims_of(case, say, may_say)
    return {
        "language": say.language,
        "author": "Baken",
        "head": say(
            "decide.head", incident=str(incident.incident_id), now=f"{utc_text(case.as_of_tai_ns, 0)[:16]}Z"
        ),
        "realm": realm,
        "banner": "" if incident.realm is Realm.REAL else realm,
        "marking": f"{say('may_see')}: {label_text(label, say)}",
        "title": say("decide.title", title=title_of(case, say, may_say)),
        "subtitle": say(
            "decide.subtitle",
            kind=say(f"incident.kind.{incident.kind}"),
            stage=say(f"incident.stage.{incident.stage}"),
            severity=judgement_text("severity", incident.severity, say, may_say),
            urgency=_urgency_text(incident, say, may_say),
        ),
        "foot": say("decide.foot", version=case.code_version, count=len(case.entries), size=case.log_size),
        "sections": [_section(section, claims, say) for section in Section],
    }


def _urgency_text(incident: Incident, say: Speech, may_say: MaySay) -> str:
    """Return how soon somebody has to act; of a case that is over nobody has to."""
    if incident.stage in (Stage.CLOSED, Stage.DISMISSED):
        return say("decide.over")
    return judgement_text("urgency", incident.urgency, say, may_say)


def _section(section: Section, claims: tuple[Claim, ...], say: Speech) -> dict[str, object]:
    return {
        "title": say(f"decide.section.{section}"),
        "empty": say(f"decide.empty.{section}"),
        "claims": [
            {"text": claim.text, "references": claim.references}
            for claim in claims
            if claim.section is section
        ],
    }
