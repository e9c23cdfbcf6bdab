"""Are the rules themselves kept beside the decisions that name them, and can they be asked once more?"""

import pytest

from baken.errors import NoSuchRecord, RefusedByPolicy
from baken.operations.keep_evidence import THE_LOG
from baken.operations.keep_policies import RULES, digests_kept, keep_policies, kept_policies
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.share.decide import may_read
from tests.operations.releases import TWO_PERSONS, house, shipped_policies
from tests.share import asking


def test_whoever_proposes_leaves_the_rules_that_decided():
    here = house(shipped_policies(NL=TWO_PERSONS))
    proposed = here.proposed(here.kept(("title", "A pass")))
    (told,) = here.desk.log.entries(Realm.REAL, subject=str(proposed.release_id))
    again = kept_policies(here.desk.log, Realm.REAL, told.entry.text("policy_digest"))
    assert again == here.sharing.policies
    of_nobody = asking.item(asking.label("NL"))
    decision = may_read(again, asking.reader("DE"), of_nobody, at_tai_ns=0, may_handle=frozenset())
    assert decision.policy_ids == ("baken:default-none",)


def test_the_same_rules_are_kept_once_and_others_beside_them():
    here = house()
    for policies in (shipped_policies(), shipped_policies(), shipped_policies(NL=TWO_PERSONS)):
        keep_policies(here.desk, policies, Realm.REAL)
    assert [digest for digest, _ in digests_kept(here.desk.log, Realm.REAL)] == [
        shipped_policies().digest,
        shipped_policies(NL=TWO_PERSONS).digest,
    ]
    assert digests_kept(here.desk.log, Realm.EXERCISE) == ()


def test_that_a_file_was_broken_is_kept_too():
    here = house(shipped_policies(NL="permit ("))
    with pytest.raises(RefusedByPolicy):
        here.proposed(here.kept(("title", "A pass")))
    ((digest, _),) = digests_kept(here.desk.log, Realm.REAL)
    assert kept_policies(here.desk.log, Realm.REAL, digest).broken[0].startswith("NL.cedar: is no Cedar")


def test_rules_that_are_not_those_of_their_digest_are_not_believed():
    here = house()
    digest = "sha256:" + "0" * 64
    fields = (("act", RULES), ("policy_digest", digest), ("rules", ()), ("schema", ""), ("policy_errors", ()))
    here.desk.keep(here.desk.entry(EntryKind.POLICY, THE_LOG, Realm.REAL, *fields))
    with pytest.raises(NoSuchRecord, match="trust neither"):
        kept_policies(here.desk.log, Realm.REAL, digest)
    with pytest.raises(NoSuchRecord, match="no rules were kept"):
        kept_policies(here.desk.log, Realm.REAL, "sha256:ff")
