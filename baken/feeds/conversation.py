"""Talking with a service: log in, ask, wait when it is busy, and stop when it wants us to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from baken.errors import BakenError, OutsideServiceFailed, WrongUsage
from baken.feeds.answers import Verdict, is_failed_login, judge
from baken.feeds.line import Answer, FormField, Line, Validators
from baken.feeds.rules import LOGIN
from baken.feeds.till import Till

# A caller is kept waiting this long for a busy service; beyond it the service is left to rest.
PATIENCE_S = 60.0
FIRST_WAIT_S = 2.0
LOGIN_PATH = "/ajaxauth/login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, and what it means."""

    answer: Answer
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One caller's talk with a service, held inside its queue.  Every sentence is paid for at the till."""

    till: Till
    line: Line
    sleep_s: Callable[[float], None]
    rng: Random
    login: tuple[FormField, ...] = field(default=(), repr=False)

    def ask(self, url: str, account: str, validators: Validators) -> Reply:
        """Ask, and ask again a few times while the service is busy for a short while.

        Raises: RefusedByPolicy when a request may not leave; OutsideServiceFailed when there is no answer.
        """
        attempts = self.till.rules.attempts
        for attempt in range(1, attempts + 1):
            reply = self._ask_logged_in(url, account, validators)
            wait_s = self._wait_s(reply.answer, attempt)
            if reply.verdict is not Verdict.BUSY or attempt == attempts or wait_s > PATIENCE_S:
                break
            self.sleep_s(wait_s)
        return reply

    def failure(self, reply: Reply) -> BakenError:
        """Put the service to rest, or halt it, as its answer demands; return what to tell the caller."""
        name, status, wait_s = self.till.rules.name, reply.answer.status, reply.answer.retry_after_s
        said = f"answered {status} ({reply.verdict})"
        match reply.verdict:
            case Verdict.BUSY if wait_s is not None:
                return self.till.rest(max(wait_s, self.till.rules.least_rest_s), said)
            case Verdict.BUSY | Verdict.BROKEN | Verdict.OVERSPENT:
                return self.till.rest(self.till.rules.rest_s, said)
            case Verdict.SHUT | Verdict.LOGGED_OUT:
                return self.till.halt(said)
            case Verdict.MISSING if self.till.rules.is_halted_by_missing_pages:
                return self.till.halt(said)
            case Verdict.NOTHING_FOUND | Verdict.MISSING:
                return WrongUsage(f"{name} knows nothing under this query; check how it is spelt")
            case Verdict.ALREADY_GIVEN:
                again = "find the copy this address was given, or ask again in two hours"
                return OutsideServiceFailed(f"{name} gives this once in each update; {again}")
        return OutsideServiceFailed(f"{name} {said} with a page that is no data; try again later")

    def _ask_logged_in(self, url: str, account: str, validators: Validators) -> Reply:
        reply = self._ask_once(url, account, validators)
        if reply.verdict is Verdict.LOGGED_OUT and self.login:
            self.line.forget_session()
            reply = self._ask_once(url, account, validators)
        return reply

    def _ask_once(self, url: str, account: str, validators: Validators) -> Reply:
        if self.login and not self.line.has_session:
            self._log_in()
        answer = self.till.pay_and_send(account, lambda into: self.line.get(url, validators, into))
        reply = Reply(answer=answer, verdict=judge(answer.status, answer.head))
        if reply.verdict in (Verdict.BUSY, Verdict.LOGGED_OUT):
            self.till.give_back()
        return reply

    def _log_in(self) -> None:
        answer = self.till.pay_and_send(LOGIN, lambda into: self.line.post(LOGIN_PATH, self.login, into))
        reply = Reply(answer=answer, verdict=judge(answer.status, answer.head))
        if is_failed_login(answer.head) or reply.verdict is Verdict.LOGGED_OUT:
            raise self.till.halt("refused the login: check name and password")
        if reply.verdict is not Verdict.CONTENT:
            raise self.failure(reply)
        if not self.line.has_session:
            raise self.till.halt("took the login and gave no session")

    def _wait_s(self, answer: Answer, attempt: int) -> float:
        # Many clients are turned away at once; without the dice they would come back at once.
        if answer.retry_after_s is not None:
            return answer.retry_after_s + self.rng.random()
        return FIRST_WAIT_S * 2.0 ** (attempt - 1) * (0.5 + self.rng.random())
