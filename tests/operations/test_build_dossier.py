"""Does a dossier say to all no more than all may know?"""

import pytest

from baken.errors import WrongUsage
from baken.records.marking import Realm
from tests.operations.dossiers import built_of, small_case


@pytest.mark.parametrize("title", ["Russia did it", "A hostile approach"])
def test_a_title_that_all_recipients_read_names_no_state_and_no_motive(title):
    case = small_case()
    size = case.desk.log.size(Realm.REAL)
    with pytest.raises(WrongUsage, match="--title"):
        built_of(case, title=title)
    assert case.desk.log.size(Realm.REAL) == size
