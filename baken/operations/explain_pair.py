"""Explain a pair: why two objects of a picture were, or were not, among the approaches of a window."""

from dataclasses import dataclass

from baken.assess.conjunction.why_not import WhyNot, why_not
from baken.catalogue.motion import motion_of
from baken.records.catalogue import Picture
from baken.records.event import Window
from baken.records.orbit import ElementSet


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedPair:
    """Two objects, and the answer."""

    first: ElementSet
    second: ElementSet
    answer: WhyNot


def explain_pair(
    picture: Picture, object_ids: tuple[str, str], window: Window, *, miss_threshold_m: float
) -> ExplainedPair:
    """Say why two objects of a picture do not, or do, come nearer than a threshold.

    Raises: ValueError when they are one object, or not in the picture.
    """
    sets = picture.element_sets
    place = {element_set.identity.object_id: row for row, element_set in enumerate(sets)}
    if missing := [object_id for object_id in object_ids if object_id not in place]:
        raise ValueError(f"{missing[0]} is not in this picture")
    first, second = (place[object_id] for object_id in object_ids)
    span = window.start_tai_ns, window.end_tai_ns
    answer = why_not(motion_of(sets), first, second, *span, miss_threshold_m)
    return ExplainedPair(first=sets[first], second=sets[second], answer=answer)
