"""Do first alert, updates and withdrawal of one re-entry hang together, for machines and for people?"""

import io
from dataclasses import replace
from pathlib import Path

import icalendar
import pypdf
import pytest
import typer
from lxml import etree
from typer.testing import CliRunner

from baken.assess.reentry.finding import finding_of
from baken.astro.time import utc_text
from baken.cli import reentry_products
from baken.cli.reentry_products import products_command, publish
from baken.cli.reentry_withdraw import sent_alert, withdraw
from baken.errors import UnreadableInput, WrongUsage
from baken.formats import rdm_xml
from baken.operations.follow_reentry import windows_kept
from baken.records.event import Window
from baken.records.marking import Realm
from baken.report.reentry_life import window_now, windows_told
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_store
from tests.cli.test_reentry_products import contents, named, setting
from tests.formats.test_maps_and_alerts import CAP, CAP_SCHEMA
from tests.reentries import HOUR_TAI_NS, MEDIAN_TAI_NS, prediction

__all__ = ["named"]  # the fixture
SENT_TAI_NS = MEDIAN_TAI_NS - 17 * HOUR_TAI_NS


@pytest.fixture
def clock(monkeypatch):
    """Let the hands be set: messages of one life are hours apart."""
    hands = [SENT_TAI_NS]
    monkeypatch.setattr(reentry_products, "now_tai_ns", lambda: hands[0])

    def turn(hours):
        hands[0] = SENT_TAI_NS + hours * HOUR_TAI_NS

    return turn


def later(hours, **changes):
    """Return a prediction made some hours later, its window half as wide."""
    return prediction(
        sigma_s=2_700.0, as_of_tai_ns=prediction().as_of_tai_ns + hours * HOUR_TAI_NS, **changes
    )


def alert_path(paths):
    (path,) = (one for one in paths if one.endswith(".cap.xml"))
    return path


def alert_of(path):
    root = etree.fromstring(Path(path).read_bytes())
    etree.XMLSchema(etree.parse(CAP_SCHEMA)).assertValid(root)
    return root


def said(root, name):
    return root.xpath(f"//cap:{name}/text()", namespaces=CAP)


def entries_of(content):
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(content).walk("VEVENT")}


@pytest.fixture
def life(named, tmp_path, clock):
    """A first message, and two updates of it."""
    paths = [publish(setting(tmp_path), prediction(), named)]
    for hours in (6, 12):
        clock(hours)
        sent = sent_alert(alert_path(paths[-1]))
        paths.append(publish(setting(tmp_path), later(hours), replace(named, replaced=sent)))
    return paths


def test_every_update_refers_to_all_before_it(life):
    first, second, third = (alert_of(alert_path(paths)) for paths in life)
    names = [said(root, "identifier")[0] for root in (first, second, third)]
    assert [said(root, "msgType") for root in (first, second, third)] == [["Alert"], ["Update"], ["Update"]]
    assert said(first, "references") == []
    assert [one.split(",")[1] for one in said(third, "references")[0].split()] == names[:2]
    assert names == [f"REAL-reentry-900001-20260313T{at}" for at in ("154000Z", "214000Z")] + [
        "REAL-reentry-900001-20260314T034000Z"
    ]


def test_no_alert_expires_before_whom_it_is_for_is_clear(life):
    for paths in life:
        sent, (window, *waits) = sent_alert(alert_path(paths)), entries_of(contents(paths)["ics"]).values()
        ends = [
            utc_text(sent.expires_tai_ns, 0) >= f"{one.decoded('dtend'):%Y-%m-%dT%H:%M:%SZ}" for one in waits
        ]
        assert all(ends)
        assert utc_text(sent.expires_tai_ns, 0) > f"{window.decoded('dtend'):%Y-%m-%dT%H:%M:%SZ}"


def test_an_alert_carries_every_earlier_window_to_the_next(life):
    told = windows_told(sent_alert(alert_path(life[-1])))
    assert told == tuple(window_now(one) for one in (prediction(), later(6), later(12)))


def test_calendars_keep_their_names_and_let_go_who_no_longer_waits(life):
    first, _, third = (entries_of(contents(paths)["ics"]) for paths in life)
    window, africa = "REAL-OBJ-Y7G2TOWPMO-window@baken", "REAL-OBJ-Y7G2TOWPMO-COUNTRY-WAF@baken"
    assert {window, africa} <= first.keys()
    assert third[window]["sequence"] > first[window]["sequence"]
    assert third[window]["status"] == "CONFIRMED"


def test_a_region_that_is_clear_since_is_cancelled_and_said_to_be_free(named, tmp_path, clock):
    sent = sent_alert(alert_path(publish(setting(tmp_path), prediction(), named)))
    assert ("COUNTRY", "WAF") in sent.geocodes
    clock(6)
    # Everything comes down within minutes of the median, over western Europe.
    narrow = prediction(sigma_s=20.0, as_of_tai_ns=prediction().as_of_tai_ns + 6 * HOUR_TAI_NS)
    made = contents(publish(setting(tmp_path), narrow, replace(named, replaced=sent)))
    africa = entries_of(made["ics"])["REAL-OBJ-Y7G2TOWPMO-COUNTRY-WAF@baken"]
    assert africa["status"] == "CANCELLED"
    page = " ".join(pypdf.PdfReader(io.BytesIO(made["pdf"])).pages[0].extract_text().split())
    assert page.count("nu; wachtte eerder") == 2, page
    assert "Veilig geworden sinds het vorige bericht: Nederland, West Africa." in page
    assert "Bericht 2 over dit object" in page


def test_a_calendar_holds_whom_it_is_for_and_drops_whom_it_was_for(named, tmp_path, clock):
    only_nl = replace(named, concerning=("NLD",))
    first = publish(setting(tmp_path), prediction(), named)
    clock(6)
    sent = sent_alert(alert_path(first))
    second = publish(setting(tmp_path), later(6), replace(only_nl, replaced=sent))
    # Africa waits on; only this reader no longer answers for it.
    status = {uid: str(one["status"]) for uid, one in entries_of(contents(second)["ics"]).items()}
    assert status["REAL-OBJ-Y7G2TOWPMO-COUNTRY-WAF@baken"] == "CANCELLED"
    assert status["REAL-OBJ-Y7G2TOWPMO-window@baken"] == "CONFIRMED"
    assert ("COUNTRY", "WAF") in sent_alert(alert_path(second)).geocodes


def test_too_early_to_say_never_takes_a_waiting_entry_away(named, tmp_path, clock):
    sent = sent_alert(alert_path(publish(setting(tmp_path), prediction(), named)))
    clock(6)
    unsure = publish(setting(tmp_path), later(6, n_still_up=500), replace(named, replaced=sent))
    assert all(one["status"] != "CANCELLED" for one in entries_of(contents(unsure)["ics"]).values())


def test_another_centre_reads_which_message_came_before(life):
    (message,) = rdm_xml.read(contents(life[-1])["rdm.xml"]).records
    sent = sent_alert(alert_path(life[1]))
    assert (message.previous_message_id, message.previous_message_tai_ns) == (
        sent.identifier,
        sent.sent_tai_ns,
    )


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: prediction(), "no older than this prediction"),
        (lambda: later(6, realm=Realm.EXERCISE), "in the world REAL, not of .* in EXERCISE"),
    ],
)
def test_what_is_no_update_is_refused(made, why, named, tmp_path, clock):
    sent = sent_alert(alert_path(publish(setting(tmp_path), prediction(), named)))
    clock(6)
    with pytest.raises(WrongUsage, match=why):
        publish(setting(tmp_path), made(), replace(named, replaced=sent))


def test_an_update_never_forgets_who_waits(named, tmp_path, clock):
    sent = sent_alert(alert_path(publish(setting(tmp_path), prediction(), named)))
    clock(6)
    with pytest.raises(WrongUsage, match=r"keeps COUNTRY:.* waiting, which no file of regions holds"):
        publish(setting(tmp_path), later(6), replace(named, regions=(), concerning=("NLD",), replaced=sent))


def test_a_withdrawal_takes_back_every_message_and_every_entry(life, tmp_path):
    app = typer.Typer()
    app.command("withdraw")(withdraw)

    @app.callback()
    def remember(context: typer.Context):
        context.obj = setting(tmp_path)

    last = alert_path(life[-1])
    words = ["withdraw", last, "-o", str(tmp_path), "--because", "Seen to come down over the Pacific."]
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0, ran.output
    cancel = alert_of(last.replace(".cap.xml", "-cancel.cap.xml"))
    assert said(cancel, "msgType") == ["Cancel"]
    assert len(said(cancel, "references")[0].split()) == 3
    assert said(cancel, "responseType") == ["AllClear", "AllClear"]
    assert all("Seen to come down" in text for text in said(cancel, "description"))
    calendar = Path(last.replace(".cap.xml", "-cancel.ics")).read_bytes()
    gone, before = entries_of(calendar), entries_of(contents(life[-1])["ics"])
    waiting = {uid for uid, one in before.items() if one["status"] == "CONFIRMED"}
    assert waiting <= gone.keys()
    assert all(one["status"] == "CANCELLED" for one in gone.values())
    assert all(gone[uid]["sequence"] > before[uid]["sequence"] for uid in waiting)
    again = CliRunner().invoke(
        app, ["withdraw", str(tmp_path / "x.xml"), "-o", str(tmp_path), "--because", "."]
    )
    assert again.exit_code != 0
    with pytest.raises(WrongUsage, match="nothing left to withdraw"):
        app(
            [
                "withdraw", last.replace(".cap.xml", "-cancel.cap.xml"), "-o", str(tmp_path),
                "--because", ".",
            ],
            standalone_mode=False,
        )  # fmt: skip


def test_an_alert_that_is_none_is_named_with_its_file(life):
    last = Path(alert_path(life[-1]))
    last.write_bytes(last.read_bytes().replace(b"<msgType>Update", b"<msgType>Rumour"))
    with pytest.raises(UnreadableInput, match=r"cap\.xml.*msgType.*Rumour"):
        sent_alert(str(last))


def kept(home, *predictions):
    span = Window(start_tai_ns=MEDIAN_TAI_NS - 99 * HOUR_TAI_NS, end_tai_ns=MEDIAN_TAI_NS + HOUR_TAI_NS)
    with open_store(home, THE_NODE) as store:
        for n, one in enumerate(predictions):
            store.keep_findings([finding_of(one, span)], node="NL", at_tai_ns=SENT_TAI_NS + n)


def test_windows_the_watch_kept_are_those_known_before_and_of_the_same_world(tmp_path):
    kept(
        tmp_path, prediction(), later(6), later(12), later(3, realm=Realm.EXERCISE),
    )  # fmt: skip
    with open_store(tmp_path, THE_NODE) as store:
        assert windows_kept(store, later(12)) == tuple(map(window_now, (prediction(), later(6))))
        assert windows_kept(store, prediction()) == ()


def test_the_page_shows_how_the_window_went_since_the_watch_first_saw_it(named, tmp_path):
    home = tmp_path / "home"
    kept(home, prediction())
    app = typer.Typer()

    @app.callback()
    def remember(context: typer.Context):
        context.obj = replace(setting(tmp_path, language="en"), home=home)

    app.command("products")(products_command(lambda *_: later(6)))
    words = ["products", "sky.3le", "--object", "900001", "-o", str(tmp_path), "--regions", named.regions[0]]
    assert CliRunner().invoke(app, words).exit_code == 0
    (page,) = tmp_path.glob("*.pdf")
    text = " ".join(pypdf.PdfReader(page).pages[0].extract_text().split())
    assert "median since 13 Mar 15:40" in text
    assert "window 4 h 56 min → 2 h 28 min" in text
    assert utc_text(later(6).as_of_tai_ns, 0)[:10] == "2026-03-13"
