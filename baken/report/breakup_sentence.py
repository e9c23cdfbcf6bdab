"""What a minister needs of a breakup, in some sentences: when, from what, of what kind, for whom a risk."""

from collections.abc import Iterator

from baken.records.breakup_outlook import BreakupOutlook, ShellRisk
from baken.records.identity import Identity
from baken.report.moments import minute_text
from baken.report.quantities import speed_text
from baken.report.urgency import BURST_OR_HIT, COLLISION, RELEASE, kind_by_weights
from baken.report.words import Speech

# From this share on one object is named as the likeliest; below it none is.
MOST_LIKELY_FROM = 0.5
NEARLY_ALL = 0.99


def sentence(outlook: BreakupOutlook, say: Speech) -> str:
    """Return it: facts about motion, with how far they go."""
    return " ".join(_sentences(outlook, say))


def _sentences(outlook: BreakupOutlook, say: Speech) -> Iterator[str]:
    if not outlook.is_timed:
        yield say("breakup.said.untimed", count=outlook.n_pieces)
    else:
        yield say(
            "breakup.said.when",
            count=outlook.n_pieces,
            time=minute_text(outlook.epoch_tai_ns, say),
            start=minute_text(outlook.start_tai_ns, say),
            end=minute_text(outlook.end_tai_ns, say),
            height=f"{outlook.height_m / 1e3:.0f}",
        )
        yield _parent(outlook, say)
        yield from _kind(outlook, say)
    yield from _risk(outlook, say)
    yield say("breakup.said.blame")


def _parent(outlook: BreakupOutlook, say: Speech) -> str:
    if not outlook.candidates:
        return say("breakup.said.from_nobody")
    first = outlook.candidates[0]
    what = object_name(first.identity)
    if first.likelihood < MOST_LIKELY_FROM:
        return say("breakup.said.among", count=len(outlook.candidates))
    return say("breakup.said.from", what=what, afterwards=say(f"breakup.after.{first.afterwards}"))


def _kind(outlook: BreakupOutlook, say: Speech) -> Iterator[str]:
    kind = kind_of(outlook)
    if kind == COLLISION and outlook.second is not None:
        other = object_name(outlook.second.identity)
        yield say("breakup.said.collision", other=other, speed=speed_text(outlook.second_speed_m_s))
        return
    yield say(f"breakup.said.{RELEASE if kind == RELEASE else BURST_OR_HIT}")
    if kind == BURST_OR_HIT and not outlook.second_can_be_told:
        yield say("breakup.said.unseen")


def _risk(outlook: BreakupOutlook, say: Speech) -> Iterator[str]:
    worst = worst_shell(outlook)
    if worst is None:
        return
    yield say(
        "breakup.said.risk",
        low=f"{worst.low_m / 1e3:.0f}",
        high=f"{worst.high_m / 1e3:.0f}",
        area=f"{outlook.area_m2:g}",
        soonest=years_text(worst.collisions_a_year.high, say),
        latest=years_text(worst.collisions_a_year.low, say),
    )


def worst_shell(outlook: BreakupOutlook) -> ShellRisk | None:
    """Return the shell in which most pieces fly; none when nothing is told of shells."""
    return max(outlook.shells, key=lambda one: one.n_pieces, default=None)


def kind_of(outlook: BreakupOutlook) -> str:
    """Return what kind it was as far as motion tells."""
    return kind_by_weights(dict(outlook.kind_weights))


def years_text(a_year: float, say: Speech) -> str:
    """Return once in how many years, in two digits, as people say it.

    >>> years_text(2.34e-5, Speech("en")), years_text(0.2, Speech("en")), years_text(0.0, Speech("en"))
    ('43,000', '5', '∞')
    """
    if a_year <= 0.0:
        return "∞"
    years = 1.0 / a_year
    return say.count(int(float(f"{years:.2g}"))) if years >= 1.0 else f"{years:.1g}"


def object_name(identity: Identity) -> str:
    """Return what an object is called, and its number.

    >>> object_name(Identity(object_id="OBJ-A", norad_cat_id=13552, name="COSMOS 1408"))
    'COSMOS 1408 (13552)'
    """
    number = "" if identity.norad_cat_id is None else f"{identity.norad_cat_id}"
    if identity.name and number:
        return f"{identity.name} ({number})"
    return identity.name or number or identity.object_id


def row_name(identity: Identity, longest: int) -> str:
    """Return an object by number and name, as a table has room for it.

    >>> row_name(Identity(object_id="OBJ-A", norad_cat_id=13552, name="COSMOS 1408"), 12)
    '13552 COSMO…'
    """
    parts = [str(part) for part in (identity.norad_cat_id, identity.name) if part is not None]
    name = " ".join(parts) or identity.object_id
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def likelihood_text(likelihood: float) -> str:
    """Return a likelihood in whole per cent; what motion alone says is never quite certain.

    >>> likelihood_text(0.5924), likelihood_text(0.99975)
    ('59 %', '>99 %')
    """
    least = "" if likelihood < NEARLY_ALL else ">"
    return f"{least}{100.0 * min(likelihood, NEARLY_ALL):.0f} %"
