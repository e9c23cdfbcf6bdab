"""Does nothing go but what a person signed, to whom he signed for, and is every change in between a stop?"""

import pytest

from baken.errors import RefusedByPolicy
from baken.records.release import ReleaseStage
from tests.operations.releases import house


def test_what_was_proposed_and_signed_is_approved():
    here = house()
    entry = here.kept(("title", "A pass"), ("miss_distance_m", 1234.5), ("sensor", "radar"), ("code", "x"))
    proposed = here.proposed(entry)
    assert proposed.stage is ReleaseStage.PROPOSED
    approved = here.approved(proposed.release_id)
    assert approved.stage is ReleaseStage.APPROVED


def test_who_has_no_file_here_gets_nothing():
    here = house()
    entry = here.kept(("title", "A pass"))
    with pytest.raises(RefusedByPolicy):
        here.proposed(entry, "PL")
