"""The form on which an operator reports: plain HTML, no script, nothing from elsewhere."""

from collections.abc import Mapping
from html import escape

from baken.operations.receive_report import Receipt
from baken.records.incident import Effect, IncidentKind, Segment
from baken.report.words import Speech

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1d2733;background:#fff;max-width:44rem;margin:2rem auto;
padding:0 1rem}
label{display:block;margin:1rem 0 .2rem;font-weight:600}
input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #5b6774;
border-radius:3px}
.hint{color:#46525e;font-size:.9rem}
.wrong{border-left:4px solid #a4262c;padding:.5rem 1rem;background:#fdf1f1}
button{font:inherit;font-weight:600;margin:1.5rem 0;padding:.6rem 1.4rem;background:#1d2733;color:#fff;
border:0;border-radius:3px}
code{background:#f3f6f8;padding:.1rem .3rem}
"""
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
    other = "nl" if language == "en" else "en"
    fields = "\n".join(_field(name, filled.get(name, ""), name == field, say) for name in FIELDS)
    told = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    return plain_page(
        say,
        say("form.title"),
        f"""<p><a href="?language={other}" lang="{other}">{escape(say("form.other_language"))}</a></p>
<p>{escape(say("form.why"))}</p>{told}
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


def plain_page(say: Speech, title: str, body: str) -> str:
    """Return a page of plain HTML, without a script and with nothing from elsewhere."""
    return f"""<!doctype html>
<html lang="{say.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(title)}</title><style>{STYLE}</style></head>
<body><main><h1>{escape(title)}</h1>
{body}
</main></body></html>
"""


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
