"""The conversation with one catalogue service: look in the cache, wait one's turn, pay, ask, keep."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.errors import BakenError, OutsideServiceFailed, RefusedByPolicy, WrongUsage
from baken.feeds import budget
from baken.feeds.answers import Verdict, what_is_wrong_with
from baken.feeds.cache import Cache, Entry, Found
from baken.feeds.conversation import Conversation
from baken.feeds.fetched import Fetched, fetched_from
from baken.feeds.ledger import Ledger
from baken.feeds.line import Answer, Bounds, FormField, Line, Validators, open_line
from baken.feeds.permit import NetworkPermit, refuse_without
from baken.feeds.query import Query
from baken.feeds.rules import ServiceRules
from baken.feeds.till import Till
from baken.records.lineage import digest_of_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What feeds need of the world: a folder for all of them, a permit or none, clock, sleep and luck."""

    folder: Path
    permit: NetworkPermit | None
    now_tai_ns: Callable[[], int]
    sleep_s: Callable[[float], None]
    rng: Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One service, as one home asks it.  Made by ``open_feed``."""

    rules: ServiceRules
    base_url: str
    around: Surroundings
    line: Line | None
    login: tuple[FormField, ...] = field(default=(), repr=False)

    @property
    def cache(self) -> Cache:
        return Cache(folder=self.around.folder / "answers")

    @property
    def ledger(self) -> Ledger:
        return Ledger(folder=self.around.folder)

    def fetch(self, query: Query) -> Fetched:
        """Return the answer to a query: kept while it is fresh, asked for when it is not and may be.

        When no request may leave, the kept answer is given with its age and the reason.
        Raises: RefusedByPolicy when nothing is kept either (BudgetSpent says when to ask again);
        OutsideServiceFailed when the service was asked in vain; WrongUsage when it knows nothing of the kind.
        """
        found = self.cache.find(self._url(query))
        if self._is_fresh(found, query):
            return self._kept(query, found, "it is younger than the service renews it")
        try:
            refuse_without(self.around.permit)
            with self.ledger.queue():
                return self._take_turn(query, found)
        except RefusedByPolicy as refusal:
            if found.entry is None:
                _tell_of_the_cache(refusal, found)
                raise
            return self._kept(query, found, str(refusal))

    def kept(self, query: Query) -> Fetched | None:
        """Return the kept answer, however old, without asking anybody."""
        found = self.cache.find(self._url(query))
        return self._kept(query, found, "only what is kept was asked for") if found.entry else None

    def resume(self) -> None:
        """Let the service be asked again after a person has read why it was halted."""
        with self.ledger.queue():
            self.ledger.change(lambda spent: replace(spent, halted_because="", resting_until_tai_ns=None))

    def forgive(self, query: Query) -> None:
        """Let one query be asked again that was spent, once and for all, on an answer that got lost.

        This is for a person to decide: the service may see it as asking twice.
        """
        with self.ledger.queue():
            self.ledger.change(lambda spent: budget.forgiven(spent, query.account))

    def _take_turn(self, query: Query, found: Found) -> Fetched:
        found = self._look_again(query, found)
        if self._is_fresh(found, query):
            return self._kept(query, found, "it was fetched while this request stood in the queue")
        try:
            return self._converse(query, found)
        except (OutsideServiceFailed, WrongUsage) as failure:
            _tell_of_the_cache(failure, found)
            raise

    def _look_again(self, query: Query, found: Found) -> Found:
        # Whoever stood before us in the queue may have brought what we came for.
        newer = self.cache.find(self._url(query))
        if newer.discarded:
            self.cache.discard(self._url(query))
        return replace(newer, discarded=found.discarded or newer.discarded)

    def _converse(self, query: Query, found: Found) -> Fetched:
        talk = self._conversation()
        reply = talk.ask(self._url(query), query.account, _validators(found))
        if reply.verdict is Verdict.CONTENT:
            return self._keep(query, found, reply.answer)
        if reply.verdict is Verdict.UNCHANGED and found.entry:
            return self._confirm(query, found, found.entry, reply.answer)
        if reply.verdict is Verdict.ALREADY_GIVEN and found.entry:
            return self._kept(query, found, "the service has already given its newest to this address")
        raise talk.failure(reply)

    def _conversation(self) -> Conversation:
        if self.line is None:
            raise ValueError("a feed without a permit has no line; refuse_without comes first")
        till = Till(
            rules=self.rules,
            ledger=self.ledger,
            permit=self.around.permit,
            now_tai_ns=self.around.now_tai_ns,
        )
        return Conversation(
            till=till, line=self.line, sleep_s=self.around.sleep_s, rng=self.around.rng, login=self.login
        )

    def _keep(self, query: Query, found: Found, answer: Answer) -> Fetched:
        content = answer.path.read_bytes()
        if problem := what_is_wrong_with(content, query.format):
            raise OutsideServiceFailed(
                f"{self.rules.name} sent what cannot be used: {problem}; try again later"
            )
        now = self.around.now_tai_ns()
        entry = Entry(
            url=self._url(query),
            digest=digest_of_bytes(content),
            fetched_at_tai_ns=now,
            checked_at_tai_ns=now,
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
        )
        self.cache.keep(entry, answer.path)
        return self._kept(query, Found(entry=entry, content=content, discarded=found.discarded), "")

    def _confirm(self, query: Query, found: Found, entry: Entry, answer: Answer) -> Fetched:
        confirmed = replace(
            entry,
            checked_at_tai_ns=self.around.now_tai_ns(),
            etag=answer.validators.etag or entry.etag,
            last_modified=answer.validators.last_modified or entry.last_modified,
        )
        self.cache.confirm(confirmed)
        return self._kept(query, replace(found, entry=confirmed), "the service says that it has not changed")

    def _is_fresh(self, found: Found, query: Query) -> bool:
        if found.entry is None:
            return False
        age_s = (self.around.now_tai_ns() - found.entry.checked_at_tai_ns) / NANOSECONDS_A_SECOND
        return 0.0 <= age_s < self.rules.class_of(query.account).limit.window_s

    def _kept(self, query: Query, found: Found, because: str) -> Fetched:
        return fetched_from(
            found,
            query_class=self.rules.class_of(query.account).name,
            now_tai_ns=self.around.now_tai_ns(),
            because=because,
            notes=(found.discarded,) if found.discarded else (),
        )

    def _url(self, query: Query) -> str:
        return self.base_url + query.path


def open_feed(
    rules: ServiceRules,
    around: Surroundings,
    *,
    base_url: str | None = None,
    login: tuple[FormField, ...] = (),
    bounds: Bounds | None = None,
    proxy: str | None = None,
) -> Feed:
    """Return a feed of one service.  Nothing is sent; without a permit nothing ever will be.

    Raises: WrongUsage when the address is not HTTPS, except on this machine itself.
    """
    address = (base_url or rules.base_url).rstrip("/")
    line = None
    if around.permit is not None:
        line = open_line(
            address,
            user_agent=around.permit.user_agent,
            now_tai_ns=around.now_tai_ns,
            bounds=bounds or Bounds(),
            proxy=proxy,
        )
    own = replace(around, folder=around.folder / rules.name.casefold())
    return Feed(rules=rules, base_url=address, around=own, line=line, login=login)


def _validators(found: Found) -> Validators:
    if found.entry is None:
        return Validators()
    return Validators(etag=found.entry.etag, last_modified=found.entry.last_modified)


def _tell_of_the_cache(failure: BakenError, found: Found) -> None:
    """Add to a failure what the cache has to say to it."""
    kept = "an older answer is kept" if found.entry else ""
    failure.args = ("; ".join(text for text in (str(failure), kept, found.discarded) if text),)
