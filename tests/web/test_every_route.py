"""Does the HTTP door stand up to anything that fits, or does not fit, its own description?"""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from baken.store.home import open_home
from baken.web.app import application
from baken.web.service import Service
from tests.makers import EPOCH_TAI_NS, falling
from tests.memory_log import CountedLuck
from tests.operations.cases import RULES

DESCRIPTION = "/api/v1/openapi.json"
MISTAKES_OF_OURS = 500


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    opened = open_home(tmp_path_factory.mktemp("home"), None)
    opened.store.keep_findings([falling(hours=20.0)], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    service = Service(
        store=opened.store,
        log=opened.log,
        actor="officer",
        rules=RULES,
        now_tai_ns=lambda: EPOCH_TAI_NS,
        luck=CountedLuck(),
    )
    yield schemathesis.openapi.from_asgi(
        DESCRIPTION, application(service, hosts={"localhost"}, version="test")
    )
    opened.store.close()


schema = schemathesis.pytest.from_fixture("described").exclude(path_regex="stream")


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_however_odd_is_a_mistake_of_ours_or_answered_in_another_shape(case):
    case.call_and_validate(headers={"Host": "localhost"})
