"""Can a halted feed be asked again, once somebody has read why?"""

from dataclasses import replace

from baken.wiring.networks import Service, catalogue_feed, resume
from tests.makers import EPOCH_TAI_NS


def test_a_halted_feed_is_resumed_and_says_why_it_was_halted(tmp_path):
    feed = catalogue_feed(
        Service.CELESTRAK,
        tmp_path,
        contact="ops@example.org",
        group="active",
        now_tai_ns=lambda: EPOCH_TAI_NS,
    )
    ledger = feed.feed.ledger
    with ledger.queue():
        ledger.change(lambda spent: replace(spent, halted_because="CelesTrak answered 403"))
    assert resume(feed) == "CelesTrak answered 403"
    assert ledger.read().halted_because == ""
    assert resume(feed) == ""
