"""Which role may do what over HTTP: one table, and what does not stand in it nobody does.

Reading is for the policies; here stand the acts, and what is read of people themselves.
"""

from collections.abc import Mapping

from baken.records.reader import Role

ANALYST = frozenset({Role.ANALYST})
WATCH = frozenset({Role.DUTY_OFFICER, Role.COORDINATOR})
LEAD = frozenset({Role.COORDINATOR})
WORK = ANALYST | WATCH
LETTERS = frozenset({Role.COORDINATOR, Role.RELEASE_AUTHORITY})
RELEASERS = frozenset({Role.RELEASE_AUTHORITY})
GAMES = LEAD | {Role.EXERCISE_DIRECTOR}
TRIALS = WORK | GAMES
LESSONS = WORK | {Role.EXERCISE_DIRECTOR, Role.AUDITOR}
KEYS = frozenset({Role.ADMINISTRATOR, Role.SECURITY_OFFICER})

_CASE = "/incidents/{incident}"
_RESPONSE = f"{_CASE}/response"
MAY: Mapping[tuple[str, str], frozenset[Role]] = {
    ("POST", "/incidents"): WATCH,
    ("POST", "/incidents/from-report"): WATCH,
    ("POST", f"{_CASE}/steps"): WATCH,
    ("POST", f"{_CASE}/joined"): WORK,
    ("POST", f"{_CASE}/left"): WORK,
    ("POST", f"{_CASE}/judgements"): WATCH,
    ("POST", f"{_CASE}/judgements/by-rule"): WORK,
    ("POST", f"{_CASE}/notes"): WORK,
    ("POST", f"{_CASE}/acknowledgements"): WORK,
    ("POST", f"{_CASE}/decisions"): WATCH,
    ("POST", f"{_CASE}/hypotheses"): WORK,
    ("POST", f"{_CASE}/grades"): WORK,
    ("POST", f"{_CASE}/ratings"): WORK,
    ("POST", f"{_CASE}/estimates"): WORK,
    ("POST", f"{_CASE}/remarks"): WORK,
    ("POST", f"{_CASE}/determinations"): LEAD,
    ("POST", f"{_CASE}/assistance"): GAMES,
    ("POST", f"{_CASE}/measures/{{measure}}/worksheet"): WORK,
    ("POST", f"{_CASE}/measures/{{measure}}/proposals"): WORK,
    ("POST", f"{_CASE}/measures/{{measure}}/outcomes"): LEAD,
    ("POST", f"{_RESPONSE}/plans"): WATCH,
    ("POST", f"{_RESPONSE}/plans/{{plan}}/stood-down"): WATCH,
    ("POST", f"{_RESPONSE}/plans/{{plan}}/call-outs"): WATCH,
    ("POST", f"{_RESPONSE}/tasks/{{task}}/taken"): WATCH,
    ("POST", f"{_RESPONSE}/tasks/{{task}}/done"): WATCH,
    ("POST", f"{_RESPONSE}/tasks/{{task}}/dropped"): WATCH,
    ("POST", f"{_RESPONSE}/acknowledgements"): WATCH,
    ("POST", f"{_RESPONSE}/turns"): WATCH,
    ("POST", f"{_RESPONSE}/requests"): WATCH,
    ("POST", f"{_RESPONSE}/requests/{{request}}/answers"): WATCH,
    ("POST", f"{_RESPONSE}/situation-reports"): WATCH,
    ("POST", f"{_RESPONSE}/situation-reports/postponements"): WATCH,
    ("POST", f"{_RESPONSE}/lessons"): LESSONS,
    ("POST", f"{_RESPONSE}/lessons/{{lesson}}/closed"): LEAD,
    ("POST", f"{_RESPONSE}/notices/approvals"): LETTERS,
    ("POST", f"{_RESPONSE}/notices/withdrawals"): LETTERS | WATCH,
    ("POST", f"{_RESPONSE}/notices/told"): WATCH,
    ("POST", f"{_RESPONSE}/notices/deliveries"): LETTERS | WATCH,
    ("POST", "/evidence"): WORK,
    ("POST", "/evidence/files"): WORK,
    ("POST", "/mechanisms/{name}/plans/{plan}/trials"): TRIALS,
    ("POST", "/mechanisms/{name}/calls"): WATCH,
    ("POST", "/mechanisms/{name}/calls/answers"): WATCH,
    ("POST", "/mechanisms/{name}/calls/by-hand"): WATCH,
    ("POST", "/playbooks"): TRIALS,
    ("POST", "/releases"): WORK,
    ("POST", "/releases/explanations"): WORK | RELEASERS,
    ("POST", "/releases/{release}/approvals"): RELEASERS,
    ("POST", "/releases/{release}/rejections"): RELEASERS,
    ("POST", "/releases/{release}/recalls"): RELEASERS | LEAD,
    ("POST", "/watch/offers"): WATCH,
    ("POST", "/watch/acceptances"): WATCH,
    ("GET", "/people"): KEYS | {Role.AUDITOR},
    ("GET", "/people/log"): frozenset({Role.AUDITOR}),
    # Which of the two may do what, and a coordinator's part, is for people.acts.
    ("POST", "/people/acts"): KEYS | LEAD,
}
# Of people only those in the table read; of all else, policy says what is seen.
READ_BY_TABLE = "/people"
# His own visit, password and tokens are everybody's own.
HIS_OWN = "/session"


def roles_for(method: str, path: str) -> frozenset[Role] | None:
    """Return who may do what a route does; None when anybody who came in may.

    >>> sorted(roles_for("POST", "/incidents/{incident}/response/notices/approvals"))
    [<Role.COORDINATOR: 'coordinator'>, <Role.RELEASE_AUTHORITY: 'release-authority'>]
    >>> roles_for("POST", "/nobody/thought/of/it"), roles_for("GET", "/incidents")
    (frozenset(), None)
    """
    if path.startswith(HIS_OWN) or (method == "GET" and not path.startswith(READ_BY_TABLE)):
        return None
    return MAY.get((method, path), frozenset())
