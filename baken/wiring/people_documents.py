"""People as JSON, told alike at the command line and over HTTP; never what they show at the door."""

from baken.astro.time import utc_text
from baken.records.account import Account


def account_document(account: Account) -> dict[str, object]:
    """Return one account as JSON: who it is of, and all that was given to it."""
    rights = sorted((right.value, value) for right, value in account.rights)
    return {
        "account": account.name,
        "person": account.person,
        "state": account.state.value,
        "rights": [{"right": right, "value": value} for right, value in rights],
        "groups": sorted(group.name for group in account.groups),
        "subject": account.subject,
        "tokens": [
            {
                "name": token.name,
                "scopes": sorted(token.scopes),
                "expires_utc": utc_text(token.expires_tai_ns, 0),
            }
            for token in account.tokens
        ],
    }
