"""The label of what somebody says over HTTP: for its owner only, unless he says who else."""

from baken.errors import WrongUsage
from baken.operations.desk import Desk
from baken.records.marking import OWNER_ONLY, Marking
from baken.web.models import Labelled
from baken.web.service import Service
from baken.wiring.asked_labels import label_as_typed, unknown_levels


def desk_for(at: Service, said: Labelled) -> Desk:
    """Return a desk at which all is said under the label that was asked.

    Raises: WrongUsage as ``asked_marking``.
    """
    return at.desk(marking=asked_marking(at, said.label) if said.label.strip() else OWNER_ONLY)


def asked_marking(at: Service, text: str) -> Marking:
    """Read a label, owned by this node.

    Raises: WrongUsage for what is no label, and for a classification nobody could be cleared for.
    """
    marking = label_as_typed(at.store.node_name(), text)
    if marking is None:
        raise WrongUsage(f"label: is like 'DE, FR; TLP:GREEN', or stays empty; not {text!r}")
    if unknown := unknown_levels(at.home, marking):
        raise WrongUsage(f"label: there is no classification {', '.join(sorted(unknown))} here")
    return marking
