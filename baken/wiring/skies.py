"""Which sky the watch looks at: a given one, else the stored, a fetched or an invented one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from baken.astro.time import NANOSECONDS_A_SECOND, utc_minus_tai_s
from baken.catalogue.past import LONGEST_NS, LOW_PERIGEE_RADIUS_M, draw_past, instant_of_past, past_of
from baken.catalogue.picture import catalogue_date, draw_picture, objects_left_out
from baken.exercise.simulated_world import simulated_catalogue
from baken.exercise.staged_sky import StagedSky, staged_past, staged_sky
from baken.operations.import_catalogue import ReadFile, catalogue_of
from baken.operations.ports import Store
from baken.operations.taken_back import TakenBack
from baken.records.catalogue import Catalogue, Past, Picture
from baken.records.lineage import Source, digest_of_json
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.report.words import Phrase

HOUR_NS = 3_600 * NANOSECONDS_A_SECOND
DAY_NS = 24 * HOUR_NS
# Elements older than this have lost the object; a watch over them looks at their own time instead of ours.
STALE_AFTER_NS = 14 * DAY_NS
SEED_OF_SIMULATED_SKY = 20_261
SIMULATED_OBJECTS = 30_000
# Drawn apart from the sky itself, which is the same whether anything happens in it or not.
STAGE = 1
# Said when the watch begins at the date of its catalogue.
START_ELSEWHERE = "remark.old_catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sky:
    """A catalogue to watch, where it came from, and the instant at which the watch begins."""

    catalogue: Catalogue
    name: Phrase
    digests: tuple[str, ...]
    start_tai_ns: int
    past: Past | None = None
    n_rejected: int = 0
    remarks: tuple[Phrase, ...] = ()

    def picture(self) -> Picture:
        """Return one orbit for each object, as of the start of the watch."""
        return draw_picture(self.catalogue, as_of_tai_ns=self.start_tai_ns, past=self.past)

    def n_left_out(self) -> int:
        """Count the objects whose theory cannot be moved."""
        return len(objects_left_out(self.catalogue))


def sky_of_files(files: Sequence[ReadFile], *, now_tai_ns: int) -> Sky:
    """Return the sky that stands in files."""
    catalogue = catalogue_of(files)
    start_tai_ns, remarks = start_of_watch(catalogue, now_tai_ns=now_tai_ns)
    return Sky(
        catalogue=catalogue,
        name=Phrase("sky.files", (("names", ", ".join(read.file.name for read in files)),)),
        digests=tuple(read.file.digest for read in files),
        start_tai_ns=start_tai_ns,
        past=past_of(catalogue, start_tai_ns=start_tai_ns),
        n_rejected=sum(read.file.n_rejected for read in files),
        remarks=remarks,
    )


def stored_sky(
    store: Store,
    *,
    realm: Realm,
    now_tai_ns: int,
    taken_back: TakenBack,
    until_tai_ns: int | None = None,
) -> Sky | None:
    """Return the sky of a realm that is stored, or nothing when the store holds none that may be used.

    What was ``taken_back`` is left out, and that is said.  ``until_tai_ns`` leaves out orbits with a later
    epoch: the sky as it was looked at then.
    """
    said = store.catalogue(realm, as_of_tai_ns=until_tai_ns).element_sets
    catalogue = Catalogue(element_sets=taken_back.without(said))
    if not catalogue.element_sets:
        return None
    start_tai_ns, remarks = start_of_watch(catalogue, now_tai_ns=now_tai_ns)
    return Sky(
        catalogue=catalogue,
        name=Phrase("sky.stored"),
        digests=tuple(sorted({s.digest for es in catalogue.element_sets for s in es.lineage.sources})),
        start_tai_ns=start_tai_ns,
        past=_stored_past(store, realm, start_tai_ns, taken_back),
        remarks=(*remarks, *_left_out(len(said) - len(catalogue.element_sets))),
    )


def _left_out(count: int) -> tuple[Phrase, ...]:
    return (Phrase("remark.taken_back", (("count", count),)),) if count else ()


def _stored_past(store: Store, realm: Realm, start_tai_ns: int, taken_back: TakenBack) -> Past | None:
    firsts = store.first_epochs(realm)
    instant_tai_ns = instant_of_past(list(firsts.values()), start_tai_ns=start_tai_ns)
    as_of_tai_ns = start_tai_ns - LONGEST_NS if instant_tai_ns is None else instant_tai_ns
    then = () if instant_tai_ns is None else store.catalogue(realm, as_of_tai_ns=as_of_tai_ns).element_sets
    low = store.low_element_sets(
        realm,
        perigee_radius_m=LOW_PERIGEE_RADIUS_M,
        start_tai_ns=start_tai_ns - LONGEST_NS,
        end_tai_ns=start_tai_ns,
    )
    known = Catalogue(element_sets=taken_back.without(then))
    return draw_past(known, taken_back.without(low), as_of_tai_ns=as_of_tai_ns)


def simulated_sky(*, now_tai_ns: int, n_objects: int) -> Sky:
    """Return an invented sky as of the last UTC midnight: the same one all day long.

    Beside the objects asked for stand a stage that comes down within days and the pieces of another.
    """
    midnight_tai_ns = _midnight_before(now_tai_ns)
    drawn = drawn_sky(seed=SEED_OF_SIMULATED_SKY, n_objects=n_objects, epoch_tai_ns=midnight_tai_ns)
    staged = drawn_stage(seed=SEED_OF_SIMULATED_SKY, epoch_tai_ns=midnight_tai_ns)
    catalogue = Catalogue(element_sets=(*drawn.element_sets, *staged.element_sets))
    return Sky(
        catalogue=catalogue,
        name=Phrase("sky.simulated", (("seed", str(SEED_OF_SIMULATED_SKY)),)),
        digests=tuple(sorted({s.digest for es in catalogue.element_sets for s in es.lineage.sources})),
        start_tai_ns=_whole_hour(now_tai_ns),
        past=staged_past(staged, drawn.element_sets, epoch_tai_ns=midnight_tai_ns),
    )


def digests_of_simulated_sky(*, now_tai_ns: int, n_objects: int) -> frozenset[str]:
    """Return the digests of what the invented sky is drawn from, as its sources name them."""
    midnight_tai_ns, seed = _midnight_before(now_tai_ns), SEED_OF_SIMULATED_SKY
    sources = (_source_of_sky(seed, n_objects, midnight_tai_ns), _source_of_stage(seed, midnight_tai_ns))
    return frozenset(source.digest for source in sources)


def _midnight_before(now_tai_ns: int) -> int:
    return now_tai_ns - (now_tai_ns - _tai_minus_utc_ns(now_tai_ns)) % DAY_NS


def _source_of_sky(seed: int, n_objects: int, epoch_tai_ns: int) -> Source:
    recipe = {"seed": seed, "n_objects": n_objects, "epoch_tai_ns": str(epoch_tai_ns)}
    return Source(name=f"simulated sky, seed {seed}", digest=digest_of_json(recipe))


def _source_of_stage(seed: int, epoch_tai_ns: int) -> Source:
    recipe = {"seed": seed, "stage": STAGE, "epoch_tai_ns": str(epoch_tai_ns)}
    return Source(name=f"staged in the simulated sky, seed {seed}", digest=digest_of_json(recipe))


def drawn_stage(*, seed: int, epoch_tai_ns: int) -> StagedSky:
    """Return what is staged in the invented sky of a seed, signed as what is drawn."""
    staged = staged_sky(np.random.default_rng([seed, STAGE]), epoch_tai_ns=epoch_tai_ns)
    source = _source_of_stage(seed, epoch_tai_ns)
    return replace(
        staged,
        element_sets=_signed(staged.element_sets, source),
        before=_signed(staged.before, source),
        histories=_signed(staged.histories, source),
    )


def drawn_sky(*, seed: int, n_objects: int, epoch_tai_ns: int) -> Catalogue:
    """Return the invented sky of a seed, as of an instant, signed with what it was drawn from."""
    drawn = simulated_catalogue(np.random.default_rng(seed), n_objects=n_objects, epoch_tai_ns=epoch_tai_ns)
    source = _source_of_sky(seed, n_objects, epoch_tai_ns)
    return Catalogue(element_sets=_signed(drawn.element_sets, source))


def _signed(element_sets: Sequence[ElementSet], source: Source) -> tuple[ElementSet, ...]:
    return tuple(replace(es, lineage=replace(es.lineage, sources=(source,))) for es in element_sets)


def start_of_watch(catalogue: Catalogue, *, now_tai_ns: int) -> tuple[int, tuple[Phrase, ...]]:
    """Return the instant a watch over this catalogue begins, and what has to be said about it.

    That is the running hour; or, when the catalogue is too old for that, the first whole hour after its date.
    """
    date_tai_ns = catalogue_date(catalogue)
    if abs(now_tai_ns - date_tai_ns) <= STALE_AFTER_NS:
        return _whole_hour(now_tai_ns), ()
    days = round(abs(now_tai_ns - date_tai_ns) / DAY_NS)
    remark = Phrase(START_ELSEWHERE, (("days", days),))
    return _whole_hour(date_tai_ns + HOUR_NS - 1), (remark,)


def _whole_hour(epoch_tai_ns: int) -> int:
    return epoch_tai_ns - (epoch_tai_ns - _tai_minus_utc_ns(epoch_tai_ns)) % HOUR_NS


def _tai_minus_utc_ns(epoch_tai_ns: int) -> int:
    return -round(float(utc_minus_tai_s(epoch_tai_ns))) * NANOSECONDS_A_SECOND
