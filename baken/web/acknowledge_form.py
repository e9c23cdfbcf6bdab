"""The form on which somebody acknowledges a letter: plain HTML, no script, nothing from elsewhere."""

from html import escape

from baken.report.words import Speech
from baken.web.plain_page import plain_page
from baken.web.response_models import Acknowledged


def acknowledge_page(language: str, incident: str, who: str = "", wrong: str = "") -> str:
    """Return the form, with what was wrong when something was; a code is never filled in again."""
    say = Speech(language)
    told = f'<p class="wrong" role="alert" id="wrong">{escape(wrong)}</p>' if wrong else ""
    state = ' aria-invalid="true" aria-describedby="code-hint wrong"' if wrong else ""
    return plain_page(
        say,
        say("acknowledge.title"),
        f"""<p>{escape(say("acknowledge.why", incident=incident))}</p>{told}
<form method="post" action="?language={language}">
<label for="code">{escape(say("acknowledge.code"))}</label>
<div class="hint" id="code-hint">{escape(say("acknowledge.hint.code"))}</div>
<input id="code" name="code" autocomplete="off" required{state or ' aria-describedby="code-hint"'}>
<label for="who">{escape(say("acknowledge.who"))}</label>
<input id="who" name="who" autocomplete="name" value="{escape(who)}" required>
<button type="submit">{escape(say("acknowledge.send"))}</button>
</form>""",
    )


def thanks_page(language: str, done: Acknowledged) -> str:
    """Return the page that says the code was right, and what was taken on with it."""
    say = Speech(language)
    lines = [done.letter]
    if done.task:
        lines.append(say("acknowledge.taken", what=done.task))
    if done.due_utc:
        lines.append(say("acknowledge.due", when=done.due_utc))
    return plain_page(say, say("acknowledge.thanks"), "\n".join(f"<p>{escape(line)}</p>" for line in lines))
