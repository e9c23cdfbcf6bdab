"""Is policy asked once for all that it cannot tell apart, and of a case as a release of it is asked?"""

from baken.operations.would_get import would_get
from baken.records.evidence import EntryKind
from baken.records.marking import Marking, Realm
from baken.share.decide import Decision
from tests.operations.cases import NOON_TAI_NS, desk_of

FOR_DE = Marking(owner="NL", releasable_to=frozenset({"DE"}))


def test_statements_about_many_events_are_one_question_and_those_of_a_case_another():
    desk, asked = desk_of("analyst"), []
    for about in ("NL-CJ26-0001", "NL-CJ26-0002", "log", "NL-IN26-0001"):
        desk.keep(desk.entry(EntryKind.STATEMENT, about, Realm.REAL, ("title", "x"), marking=FOR_DE))

    def ask(item):
        asked.append(item.case)
        return Decision(allowed=True, policy_ids=(), policy_digest="")

    found = list(would_get(desk.log, Realm.REAL, "NL", ask, NOON_TAI_NS))
    assert len(found) == 4
    assert asked == ["", "NL-IN26-0001"]
