"""A draft statement as JSON and as text, told alike at the command line and over HTTP."""

from dataclasses import asdict

from baken.records.marking import Realm
from baken.report.statement import ASKS, Statement, StatementKind
from baken.report.words import Speech


def statement_document(found: Statement) -> dict[str, object]:
    """Return a draft, and apart from it what was left out, which is for the drafter only."""
    statement = {
        "draft": True,
        "kind": found.kind.value,
        "incident_id": found.incident_id,
        "audience": found.audience,
        "language": found.language,
        "realm": found.realm.value,
        "marking": found.marking.text,
        "sentences": [asdict(sentence) for sentence in found.sentences],
    }
    return {"statement": statement, "left_out": [asdict(each) for each in found.left_out]}


def statement_text(found: Statement) -> str:
    """Return a draft as it is read: what it is and for whom, then each sentence with what carries it."""
    say = Speech(found.language)
    world = [] if found.realm is Realm.REAL else [say(f"realm.{found.realm}")]
    head = [
        *world,
        say("statement.draft", audience=found.audience),
        f"{say(f'statement.kind.{found.kind}')}, {found.incident_id}. {say('may_see')}: {found.marking.text}",
    ]
    said = [
        f"{each.text} [{say('statement.all_above') if each.part in ASKS else ', '.join(each.carried_by)}]"
        for each in found.sentences
    ]
    return (
        "\n".join([*head, "", *(said or [say("statement.empty")]), *(["", *world] if world else [])]) + "\n"
    )


def left_out_text(found: Statement) -> str:
    """Return what could not be said and why, for the drafter only; empty when nothing was left out."""
    say = Speech(found.language)
    lines = [f"- {say(f'statement.part.{each.part}')}: {each.because}" for each in found.left_out]
    told = [say("statement.left_out"), *lines] if lines else []
    if found.kind is StatementKind.DEMARCHE:
        told.append(say("statement.check.demarche"))
    return "\n".join(told)
