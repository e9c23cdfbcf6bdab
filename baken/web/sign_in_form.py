"""The pages on which people sign in and out: plain HTML, no script, nothing from elsewhere."""

from html import escape
from urllib.parse import quote

from baken.records.account import Account
from baken.report.words import Speech
from baken.web.plain_page import plain_page


def sign_in_page(
    language: str, *, wrong: str = "", provider: bool = False, asks_new: bool = False, wanted: str = ""
) -> str:
    """Return the form, with what was wrong when something was; nothing that was typed comes back in it.

    ``asks_new`` lets it ask for a password of his own too; ``wanted`` is the place he came for.
    """
    say = Speech(language)
    here = f"&wanted={quote(wanted, safe='')}" if wanted else ""
    told = f'<p class="wrong" role="alert" id="wrong">{escape(wrong)}</p>' if wrong else ""
    state = ' aria-invalid="true" aria-describedby="wrong"' if wrong else ""
    # A link, and no form: browsers follow no form that is answered by another site.
    elsewhere = f'<p><a href="/sign-in/provider">{escape(say("sign_in.provider"))}</a></p>'
    return plain_page(
        say,
        say("sign_in.title"),
        f"""<p>{escape(say("sign_in.why"))}</p>{told}
<form method="post" action="/sign-in?language={language}{escape(here)}">
<label for="name">{escape(say("sign_in.name"))}</label>
<input id="name" name="name" autocomplete="username" autocapitalize="none" required{state}>
<label for="password">{escape(say("sign_in.password"))}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required{state}>
{_new_password(say) if asks_new else ""}<label for="code">{escape(say("sign_in.code"))}</label>
<div class="hint" id="code-hint">{escape(say("sign_in.hint.code"))}</div>
<input id="code" name="code" autocomplete="one-time-code" aria-describedby="code-hint" required>
<button type="submit">{escape(say("sign_in.send"))}</button>
</form>{elsewhere if provider else ""}""",
        here=here,
    )


def _new_password(say: Speech) -> str:
    return f"""<label for="new_password">{escape(say("sign_in.new_password"))}</label>
<input id="new_password" name="new_password" type="password" autocomplete="new-password" required>
"""


def signed_in_page(language: str, account: Account) -> str:
    """Return the page that says who came in, with the way on and the way out."""
    say = Speech(language)
    roles = ", ".join(sorted(account.all_roles)) or say("sign_in.no_roles")
    return plain_page(
        say,
        say("sign_in.welcome", person=account.person),
        f"""<p>{escape(say("sign_in.as", account=account.name, roles=roles))}</p>
<p><a href="/report?language={language}">{escape(say("form.title"))}</a></p>
<div class="row"><a class="button" href="/console/?lang={language}">{escape(say("sign_in.console"))}</a>
<form method="post" action="/sign-in/out?language={language}">
<button class="second" type="submit">{escape(say("sign_in.out"))}</button>
</form></div>""",
    )


def signed_out_page(language: str) -> str:
    """Return the page that says that a visit is over."""
    say = Speech(language)
    return plain_page(
        say,
        say("sign_in.gone"),
        f'<p><a class="button" href="/sign-in?language={language}">{escape(say("sign_in.title"))}</a></p>',
    )
