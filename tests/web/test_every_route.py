"""Does the HTTP door stand up to anything that fits, or does not fit, its own description?"""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from baken.store.home import open_home
from baken.web.app import application
from baken.web.service import Service
from tests.makers import EPOCH_TAI_NS, falling
from tests.memory_log import CountedLuck
from tests.operations.cases import RULES

DESCRIPTION = "/api/v1/openapi.json"
EXAMPLES = 5


# A stream has no end, and is asked in a test of its own.
OPERATIONS = [
    (method, path)
    for path, methods in application(None, hosts=(), version="test").openapi()["paths"].items()
    for method in methods
    if "stream" not in path
]


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    opened = open_home(home, None)
    opened.store.keep_findings([falling(hours=20.0)], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    service = Service(
        store=opened.store,
        log=opened.log,
        actor="officer",
        rules=RULES,
        now_tai_ns=lambda: EPOCH_TAI_NS,
        luck=CountedLuck(),
        home=home,
    )
    yield schemathesis.openapi.from_asgi(
        DESCRIPTION, application(service, hosts={"localhost", "testserver"}, version="test")
    )
    opened.store.close()


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=map("-".join, OPERATIONS))
def test_no_request_however_odd_is_a_mistake_of_ours_or_answered_in_another_shape(described, method, path):
    operation = described[path][method]

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def holds(case):
        # What a name or a sentence may be, no description can say: a refusal in the one shape is an answer.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    holds()
