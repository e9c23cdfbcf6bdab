"""The form on which an operator reports: plain HTML, no script, nothing from elsewhere."""

from collections.abc import Mapping
from html import escape

from baken.operations.receive_report import Receipt
from baken.records.incident import Effect, IncidentKind, Segment
from baken.report.words import Speech
from baken.web.plain_page import plain_page

REQUIRED = ("reporter", "organisation", "contact", "kind", "system", "what", "observed_from_utc")
FIELDS = (
    *REQUIRED,
    "observed_to_utc",
    "segment",
    "effect",
    "frequency_hz",
    "norad_cat_id",
    "techniques",
    "releasable_to",
)
CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kind": ("incident.kind", tuple(kind.value for kind in IncidentKind)),
    "segment": ("incident.segment", tuple(segment.value for segment in Segment)),
    "effect": ("incident.effect", tuple(effect.value for effect in Effect)),
}


def form_page(language: str, said: Mapping[str, str] | None = None, wrong: str = "", field: str = "") -> str:
    """Return the form, empty or with what was filled in and what is wrong with it."""
    say, filled = Speech(language), said or {}
    fields = "\n".join(_field(name, filled.get(name, ""), name == field, say) for name in FIELDS)
    told = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    return plain_page(
        say,
        say("form.title"),
        f"""<p>{escape(say("form.why"))}</p>{told}
<form method="post" action="?language={language}">
{fields}
<button type="submit">{escape(say("form.send"))}</button>
</form>""",
    )


def receipt_page(language: str, receipt: Receipt) -> str:
    """Return the page that gives a reporter his receipt."""
    say = Speech(language)
    told = escape(say("report.receipt", report=receipt.name, code=receipt.code))
    return plain_page(
        say, say("form.thanks"), f"<p><code>{told}</code></p><p>{escape(say('form.after'))}</p>"
    )


def _field(name: str, value: str, is_wrong: bool, say: Speech) -> str:
    label = say(f"form.{name}")
    needed = "" if name in REQUIRED else f' <span class="hint">({escape(say("form.optional"))})</span>'
    hint = say(f"form.hint.{name}") if say.knows(f"form.hint.{name}") else ""
    described = f' aria-describedby="{name}-hint"' if hint else ""
    told = f'<div class="hint" id="{name}-hint">{escape(hint)}</div>' if hint else ""
    state = f"{described}{' required' if name in REQUIRED else ''}{' aria-invalid=true' if is_wrong else ''}"
    return f'<label for="{name}">{escape(label)}{needed}</label>{told}{_control(name, value, state, say)}'


def _control(name: str, value: str, state: str, say: Speech) -> str:
    if name in CHOICES:
        prefix, words = CHOICES[name]
        options = "".join(_option(word, word == value, say(f"{prefix}.{word}")) for word in words)
        return f'<select id="{name}" name="{name}"{state}>{options}</select>'
    if name == "what":
        return f'<textarea id="{name}" name="{name}" rows="6"{state}>{escape(value)}</textarea>'
    return f'<input id="{name}" name="{name}" value="{escape(value)}"{state}>'


def _option(word: str, is_chosen: bool, label: str) -> str:
    return f'<option value="{word}"{" selected" if is_chosen else ""}>{escape(label)}</option>'
