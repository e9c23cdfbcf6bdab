"""The sentence a minister needs: what, when, how likely here, what to do, and when more is known."""

import math
from collections.abc import Iterable, Sequence

from baken.records.reentry_outlook import ReentryOutlook, RegionOutlook
from baken.records.region import RegionKind
from baken.report.country_names import DUTCH
from baken.report.moments import minute_text
from baken.report.words import Speech

READY_FROM = 0.05  # from one in twenty on, waiting for the next update is no plan
AS_PERCENT_FROM = 0.1
LEAST_OF_NONE = 3.0  # 95 %: Hanley & Lippman-Hand (1983)


def sentence(
    outlook: ReentryOutlook, concerned: Iterable[RegionOutlook], next_tai_ns: int | None, say: Speech
) -> str:
    """Return it, in plain words, with one part for each region somebody asked for."""
    prediction, concerned = outlook.prediction, list(concerned)
    places = [_place(one, outlook, say) for one in concerned]
    threshold = say("reentry.odds", count=round(1.0 / outlook.threshold_fraction))
    waits = any(one.clear_from_tai_ns is not None for one in concerned)
    following = (
        say("reentry.no_next")
        if next_tai_ns is None
        else say("reentry.next", time=minute_text(next_tai_ns, say))
    )
    return say(
        "reentry.sentence",
        what=object_name(outlook),
        median=minute_text(prediction.epoch_tai_ns, say),
        share=percent_text(prediction.window_probability, say),
        start=minute_text(prediction.window_start_tai_ns, say),
        end=minute_text(prediction.window_end_tai_ns, say),
        places=" ".join(places) or say("reentry.no_region"),
        clear=say("reentry.clear_means", threshold=threshold) if waits else "",
        next=following,
    )


def _place(one: RegionOutlook, outlook: ReentryOutlook, say: Speech) -> str:
    """Return what one region has to know."""
    if not one.can_be_reached:
        return say("reentry.beyond", region=region_name(one, say))
    chance = chance_text(one.touched_probability, outlook, say)
    return say("reentry.over", region=region_name(one, say), chance=chance, action=_action(one, say))


def _action(one: RegionOutlook, say: Speech) -> str:
    if one.is_clear:
        return say("reentry.act.no_longer" if one.has_waited else "reentry.act.clear")
    if one.clear_from_tai_ns is None:
        return say("reentry.act.early")
    name = "reentry.act.ready" if one.touched_probability >= READY_FROM else "reentry.act.until"
    return say(name, time=minute_text(one.clear_from_tai_ns, say))


def chance_text(probability: float, outlook: ReentryOutlook, say: Speech) -> str:
    """Return a chance as people say it, never below the least the ensemble can speak of."""
    if probability <= 0.0:
        return say("reentry.below", count=math.floor(1.0 / least_told(outlook)))
    probability = max(probability, least_told(outlook))
    if probability >= AS_PERCENT_FROM:
        return say("reentry.percent", percent=percent_text(probability, say))
    return say("reentry.one_in", count=round(1.0 / probability), percent=percent_text(probability, say))


def n_members(outlook: ReentryOutlook) -> int:
    """Return how many ways of coming down an outlook weighs."""
    ensemble = outlook.prediction.ensemble
    return len(ensemble.epoch_tai_ns) + ensemble.n_still_up


def least_told(outlook: ReentryOutlook) -> float:
    """Return the smallest chance the ensemble can speak of: of none in n, three in n may still be meant."""
    return LEAST_OF_NONE / n_members(outlook)


def percent_text(share: float, say: Speech) -> str:
    """Return a share in per cent, two digits.

    >>> [percent_text(share, Speech("nl")) for share in (0.9, 0.00123, 1.0)]
    ['90', '0,12', '100']
    """
    return decimal_text(f"{100.0 * share:.0f}" if share >= AS_PERCENT_FROM else f"{100.0 * share:.2g}", say)


def decimal_text(number: str, say: Speech) -> str:
    """Return a number with the decimal sign of the language."""
    return number.replace(".", ",") if say.language == "nl" else number


def object_name(outlook: ReentryOutlook) -> str:
    """Return what the object is called, and its number."""
    identity = outlook.prediction.identity
    number = "" if identity.norad_cat_id is None else f"{identity.norad_cat_id}"
    if identity.name and number:
        return f"{identity.name} ({number})"
    return identity.name or number or identity.object_id


def region_name(one: RegionOutlook, say: Speech) -> str:
    """Return what a region is called in the language, or by those who answer for it."""
    key, code = f"reentry.region.{one.region.code}", one.region.code
    if say.knows(key):
        return say(key)
    is_translated = say.language == "nl" and one.region.kind is RegionKind.COUNTRY
    return DUTCH.get(code, one.region.name) if is_translated else one.region.name


def concerned_regions(outlook: ReentryOutlook, codes: Sequence[str]) -> list[RegionOutlook]:
    """Return the regions somebody asked for, in the order of asking."""
    return [one for code in codes for one in outlook.regions if one.region.code == code]
