"""A breakup for a person and for a script."""

from collections.abc import Iterator
from math import nan

from rich.console import Console
from rich.table import Table

from baken.assess.fragmentation.breakup import Breakup, Candidate
from baken.astro.constants import DEGREE_RAD
from baken.astro.time import utc_text
from baken.records.breakup_outlook import BreakupOutlook
from baken.records.event import Detection, Finding
from baken.records.marking import Marking, Realm, strictest
from baken.records.simulated_breakup import Range
from baken.report.breakup_sentence import kind_of, likelihood_text, object_name, sentence
from baken.report.label_words import label_text
from baken.report.quantities import duration_text, speed_text
from baken.report.urgency import COLLISION, figure, told_kind
from baken.report.words import Speech
from baken.wiring.event_documents import finite


def show_breakup(console: Console, seen: Breakup, outlook: BreakupOutlook, say: Speech) -> None:
    """Print when and where, from what, how hard, what kind, for whom a risk; then how far to trust it."""
    console.print(f"{seen.called}: {len(seen.pieces)} pieces, {seen.pinch.n_used} used", style="bold")
    console.print(sentence(outlook, say), highlight=False, markup=False)
    console.print()
    if outlook.is_timed:
        _show_when_and_whence(console, seen)
    console.print(_risks(outlook), highlight=False)
    for caveat in seen.caveats:
        console.print(f"  {caveat}", style="dim", highlight=False)
    console.print(_world_line(outlook.realm, outlook.marking, say), style="dim", highlight=False)


def _world_line(realm: Realm, marking: Marking, say: Speech) -> str:
    seen_by = label_text(marking, say)
    return f"{say(f'realm.{realm}')} · {say('may_see')}: {seen_by}"


def _show_when_and_whence(console: Console, seen: Breakup) -> None:
    pinch, kicks = seen.pinch, seen.kick_summary
    grid = Table.grid(padding=(0, 2))
    grid.add_row("time", f"{utc_text(pinch.epoch_tai_ns, 0)}")
    grid.add_row("", f"90 %: {utc_text(pinch.start_tai_ns, 0)} – {utc_text(pinch.end_tai_ns, 0)}")
    latitude, longitude = seen.latitude_rad / DEGREE_RAD, seen.longitude_rad / DEGREE_RAD
    grid.add_row("place", f"{latitude:.1f}°, {longitude:.1f}°, height {seen.height_m / 1e3:.0f} km")
    grid.add_row("gathered to", f"{pinch.spread_at_pinch_m / 1e3:.0f} km, median of the best-known pieces")
    mean = ", ".join(f"{value:+.0f}" for value in kicks.mean_rtn_m_s)
    scatter = ", ".join(f"{value:.0f}" for value in kicks.spread_rtn_m_s)
    told = (
        f"median {kicks.median_m_s:.0f}, nine in ten under {kicks.ninetieth_percentile_m_s:.0f} m/s "
        f"({kicks.n_told} told, each to some {seen.kick_error_m_s:.0f} m/s)"
    )
    grid.add_row("kicks", told)
    grid.add_row("", f"mean RTN {mean} m/s, scatter {scatter} m/s")
    leaning = ", ".join(f"{kind.value} {weight:.2f}" for kind, weight in seen.kinds.weights)
    grid.add_row("kind", seen.kinds.sentence)
    grid.add_row("", f"leaning, not calibrated: {leaning}")
    console.print(grid, highlight=False)
    console.print()
    console.print(_candidates(seen), highlight=False)
    if seen.second is not None:
        speed = f"{seen.second_speed_m_s / 1e3:.1f} km/s"
        console.print(f"passed the place together with the first: {_called(seen.second)}, {speed}")
    console.print()


def _candidates(seen: Breakup) -> Table:
    table = Table(
        title="Candidate parents, by motion alone", title_justify="left", box=None, padding=(0, 2, 0, 0)
    )
    for name in ("object", "likelihood", "across", "height", "late", "along ±", "least kicks", "afterwards"):
        table.add_column(name, justify="left" if name in ("object", "afterwards") else "right")
    for one in seen.candidates:
        table.add_row(
            _called(one), f"{one.likelihood:.3f}",
            f"{one.across_m / 1e3:.1f} km", f"{one.radial_m / 1e3:+.1f} km",
            f"{one.late_s:+.0f} s", f"{one.along_sigma_m / 1e3:.0f} km", f"{one.kick_m_s:.0f} m/s",
            one.afterwards.value,
        )  # fmt: skip
    return table


def _risks(outlook: BreakupOutlook) -> Table:
    """Return a table of expected hits a year: by what is tracked, and with what is too small to be."""
    table = Table(
        title=f"Expected hits a year of {outlook.area_m2:g} m2, as if pieces were strewn all round",
        title_justify="left", box=None, padding=(0, 2, 0, 0),
    )  # fmt: skip
    for name in ("height, object", "pieces there", "of all tracked", "by what is tracked", "and > 1 cm"):
        table.add_column(name, justify="left" if name == "height, object" else "right")
    for one in outlook.shells:
        share = f"{one.n_pieces / one.n_known:.1%}" if one.n_known else "-"
        where = f"{one.low_m / 1e3:.0f}-{one.high_m / 1e3:.0f} km"
        table.add_row(where, f"{one.n_pieces:.0f}", share, *_rates(one.collisions_a_year))
    for asset in outlook.assets:
        table.add_row(object_name(asset.identity), "", "", *_rates(asset.collisions_a_year))
    return table


def _rates(told: Range) -> tuple[str, str]:
    return f"{told.low:.0e}", f"{told.median:.0e} – {told.high:.0e}"


def _called(one: Candidate) -> str:
    identity = one.element_set.identity
    return f"{identity.norad_cat_id or identity.object_id} {identity.name or ''}".strip()


def show_detection(console: Console, detection: Detection, say: Speech) -> None:
    """Print each breakup in some lines, then what was looked through and put aside."""
    if not detection.findings:
        console.print(say("breakup.none_found"))
    for finding in detection.findings:
        for row, line in enumerate(_lines_of(finding, say)):
            console.print(
                f"{'  ' if row else ''}{line}", style="" if row else "bold", highlight=False, markup=False
            )
        console.print(f"  {_world_line(finding.realm, finding.marking, say)}", style="dim", highlight=False)
    for what, count in detection.account:
        console.print(f"  {count:>8,}  {say(f'account.{what}')}", style="dim", highlight=False)


def _lines_of(finding: Finding, say: Speech) -> Iterator[str]:
    """Yield when and of what, the interval, the parent, the kind, the kicks."""
    start, end = utc_text(finding.start_tai_ns, 0), utc_text(finding.end_tai_ns, 0)
    width = duration_text((finding.end_tai_ns - finding.start_tai_ns) / 1e9)
    pieces = say("row.pieces", count=int(figure(finding, "n_pieces") or 0))
    yield f"{utc_text(finding.peak_tai_ns, 0)}  {pieces}  ({finding.measure('called')})"
    yield f"90 %: {start} – {end} ({width})"
    yield _parent_line(finding, say)
    yield say(f"breakup.said.{told_kind(finding) or 'burst_or_hit'}", **_second(finding))
    kicks = [figure(finding, name) for name in ("median_kick_m_s", "ninetieth_percentile_kick_m_s")]
    if None not in kicks:
        yield f"{say('breakup.fact.kicks')}: {'; '.join(f'{kick_m_s:.0f} m/s' for kick_m_s in kicks)}"


def _second(finding: Finding) -> dict[str, str]:
    if told_kind(finding) != COLLISION:
        return {}
    names = [finding.measure(f"second_{name}") for name in ("norad_cat_id", "name")]
    other = " ".join(str(name) for name in names if name is not None)
    return {"other": other, "speed": speed_text(figure(finding, "second_speed_m_s") or nan)}


def _parent_line(finding: Finding, say: Speech) -> str:
    names = [finding.measure(f"parent_{name}") for name in ("norad_cat_id", "name")]
    named = " ".join(str(name) for name in names if name is not None)
    if not named:
        return say("breakup.said.from_nobody")
    likelihood = likelihood_text(figure(finding, "parent_likelihood") or 0.0)
    return say("breakup.likeliest", what=named, likelihood=likelihood)


def detection_document(detection: Detection) -> dict[str, object]:
    """Return what was seen between two catalogues as JSON."""
    return {
        "breakups": [
            {
                "object_ids": list(finding.object_ids),
                "epoch_utc": utc_text(finding.peak_tai_ns),
                "start_utc": utc_text(finding.start_tai_ns),
                "end_utc": utc_text(finding.end_tai_ns),
                "because": finding.because,
                "realm": finding.realm.value,
                "marking": finding.marking.text,
                "measures": dict(finding.measures),
                "assumptions": list(finding.assumptions),
            }
            for finding in detection.findings
        ],
        "groups": detection.table.to_dicts(),
        "account": dict(detection.account),
    }


def breakup_document(seen: Breakup, outlook: BreakupOutlook) -> dict[str, object]:
    """Return a breakup as JSON: every figure, every piece with its kick, and whom they endanger."""
    pinch, kicks = seen.pinch, seen.kick_summary
    return {
        "called": seen.called,
        "realm": seen.pieces[0].realm.value,
        "marking": strictest(frozenset(es.marking for es in seen.pieces)).text,
        "epoch_utc": utc_text(pinch.epoch_tai_ns),
        "start_utc": utc_text(pinch.start_tai_ns),
        "end_utc": utc_text(pinch.end_tai_ns),
        "latitude_deg": seen.latitude_rad / DEGREE_RAD,
        "longitude_deg": seen.longitude_rad / DEGREE_RAD,
        "height_m": seen.height_m,
        "spread_at_pinch_m": pinch.spread_at_pinch_m,
        "kick_error_m_s": finite(seen.kick_error_m_s),
        "median_kick_m_s": finite(kicks.median_m_s),
        "ninetieth_percentile_kick_m_s": finite(kicks.ninetieth_percentile_m_s),
        "is_timed": outlook.is_timed,
        "told_kind": kind_of(outlook) if outlook.is_timed else None,
        "kinds": {kind.value: finite(weight) for kind, weight in seen.kinds.weights},
        "sentence": seen.kinds.sentence,
        "candidates": [_candidate_document(one) for one in seen.candidates],
        "second": None if seen.second is None else _candidate_document(seen.second),
        "pieces": [
            {
                "object_id": es.identity.object_id,
                "norad_cat_id": es.identity.norad_cat_id,
                "kick_rtn_m_s": [finite(float(value)) for value in kick],
            }
            for es, kick in zip(seen.pieces, seen.kicks.kick_rtn_m_s, strict=True)
        ],
        "risk": _risk_document(outlook),
        "caveats": list(seen.caveats),
    }


def _risk_document(outlook: BreakupOutlook) -> dict[str, object]:
    return {
        "area_m2": outlook.area_m2,
        "shells": [
            {
                "low_m": one.low_m,
                "high_m": one.high_m,
                "n_pieces": one.n_pieces,
                "n_known": one.n_known,
                "collisions_a_year": range_document(one.collisions_a_year),
            }
            for one in outlook.shells
        ],
        "assets": [
            {
                "norad_cat_id": one.identity.norad_cat_id,
                "object_id": one.identity.object_id,
                "collisions_a_year": range_document(one.collisions_a_year),
            }
            for one in outlook.assets
        ],
    }


def range_document(one: Range) -> dict[str, float]:
    """Return a range as JSON."""
    return {"low": one.low, "median": one.median, "high": one.high}


def _candidate_document(one: Candidate) -> dict[str, object]:
    identity = one.element_set.identity
    return {
        "object_id": identity.object_id,
        "norad_cat_id": identity.norad_cat_id,
        "name": identity.name,
        "likelihood": one.likelihood,
        "across_m": one.across_m,
        "radial_m": one.radial_m,
        "late_s": one.late_s,
        "along_sigma_m": one.along_sigma_m,
        "kick_m_s": one.kick_m_s,
        "afterwards": one.afterwards.value,
    }
