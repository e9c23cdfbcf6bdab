"""Acts upon people as they stand in the log, and the roster that follows from them."""

from collections.abc import Iterable
from dataclasses import replace

from baken.errors import UnreadableInput
from baken.people.acts import Act, Roster, Verb, after
from baken.records.account import ApiToken, Right
from baken.records.evidence import Entry, Field, KeptEntry
from baken.records.handling import Handling
from baken.records.marking import Marking

THE_PEOPLE = "people"
# Who is cleared for what is nobody's business but of those who hold this category, and of auditors.
OF_PEOPLE = Marking(handling=Handling(restrictive=frozenset({"people"})))


def fields_of(act: Act) -> tuple[Field, ...]:
    """Return what an entry says of an act; its name says who did it."""
    said: list[Field] = [("title", title_of(act)), ("act", act.verb.value), ("of", act.of)]
    if act.right is not None:
        said.append(("right", act.right.value))
    if act.value:
        said.append(("value", act.value))
    if act.token is not None:
        said += [
            ("scopes", tuple(sorted(act.token.scopes))),
            ("expires_tai_ns", str(act.token.expires_tai_ns)),
            # Whoever has this has no token; still it is shown to nobody.
            ("code_digest", act.token.digest),
        ]
    return tuple(said)


def title_of(act: Act) -> str:
    """Return an act in one line.

    >>> title_of(Act(by="bert", verb=Verb.GIVE, of="anna", right=Right.NEED, value="counterspace"))
    'give anna need counterspace'
    """
    return " ".join(word for word in (act.verb.value, act.of, act.right or "", act.value) if word)


def act_of(entry: Entry) -> Act:
    """Return the act that an entry tells of.

    Raises: UnreadableInput when it tells of none.
    """
    try:
        return Act(
            by=entry.actor,
            verb=Verb(entry.text("act")),
            of=entry.text("of"),
            right=Right(entry.text("right")) if entry.value("right") else None,
            value=entry.text("value"),
            token=_token(entry) if entry.value("code_digest") else None,
        )
    except ValueError as error:
        raise UnreadableInput(
            f"an entry about people tells of no act ({error}); use a newer Baken"
        ) from error


def _token(entry: Entry) -> ApiToken:
    scopes = entry.value("scopes")
    return ApiToken(
        name=entry.text("value"),
        digest=entry.text("code_digest"),
        scopes=frozenset(map(str, scopes if isinstance(scopes, tuple) else ())),
        expires_tai_ns=int(entry.text("expires_tai_ns")),
    )


def followed(roster: Roster, kept: Iterable[KeptEntry]) -> Roster:
    """Return a roster with what the log says after it."""
    for one in kept:
        roster = after(roster, act_of(one.entry), one.sequence)
        roster = replace(roster, n_entries=roster.n_entries + 1, next_place=one.sequence + 1)
    return roster
