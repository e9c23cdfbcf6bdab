"""The blocks of an Orbit Comprehensive Message that hold rows: read, and judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from baken.formats._grammar import Block
from baken.formats._ocm_rows import Clock, Table
from baken.formats._ocm_rules import composition_faults, missing_rows, unit_faults
from baken.formats.message import Message, Section, tell
from baken.formats.ocm_columns import (
    EIGENVECTORS,
    ELEMENTS,
    MANOEUVRES,
    TIME_RELATIVE,
    TIMES,
    Column,
    covariance_columns,
)
from baken.formats.ocm_table import COVARIANCE, MANOEUVRE, TRAJECTORY
from baken.formats.reading import Deviation
from baken.records.orbit_message import CovarianceRows, Fields, ManoeuvreHistory, Rows, TrajectoryHistory

# What holds when nothing is said: 502.0-B-3, tables 6-3, 6-4, 6-6 and 6-7.
DEFAULT_CENTRE, DEFAULT_FRAME, DEFAULT_KIND = "EARTH", "ICRF3", "CARTPV"
DEFAULT_LOCAL_FRAME, DEFAULT_ORDERING = "TNW_INERTIAL", "LTM"
TRAJECTORY_WORDS = ("TRAJ_TYPE", "CENTER_NAME", "TRAJ_REF_FRAME")
COVARIANCE_WORDS = ("COV_TYPE", "COV_REF_FRAME", "COV_ORDERING")
MANOEUVRE_WORDS = ("MAN_ID", "MAN_DEVICE_ID", "MAN_REF_FRAME", "MAN_COMPOSITION")
SWITCHES = {"ON", "OFF"}


@dataclass(slots=True)
class Parts:
    """The blocks with rows of one message.  ``lost`` says why they cannot stand for it, where they cannot."""

    clock: Clock | None
    trajectories: list[TrajectoryHistory] = field(default_factory=list)
    covariances: list[CovarianceRows] = field(default_factory=list)
    manoeuvres: list[ManoeuvreHistory] = field(default_factory=list)
    faults: list[Deviation] = field(default_factory=list)
    lost: str = ""

    def add(self, section: Section) -> None:
        """Take one block, if it is one with rows."""
        if section.name == TRAJECTORY.name:
            self.trajectories.append(self._trajectory(section))
        elif section.name == COVARIANCE.name:
            self.covariances.append(self._covariance(section))
        elif section.name == MANOEUVRE.name:
            self._add_manoeuvre(section)

    def _trajectory(self, section: Section) -> TrajectoryHistory:
        said = _said(section)
        kind = said.get("TRAJ_TYPE", DEFAULT_KIND)
        columns = ELEMENTS.get(kind.upper())
        rows = self._rows(section, TRAJECTORY, Table(TRAJECTORY.row, kind, columns, self.clock))
        self._check_units(section, "TRAJ_UNITS", columns)
        return TrajectoryHistory(
            kind=kind,
            centre=said.get("CENTER_NAME", DEFAULT_CENTRE),
            frame=said.get("TRAJ_REF_FRAME", DEFAULT_FRAME),
            rows=rows,
            fields=_fields(section, TRAJECTORY, TRAJECTORY_WORDS),
            comments=section.comments,
        )

    def _covariance(self, section: Section) -> CovarianceRows:
        said = _said(section)
        kind, ordering = said.get("COV_TYPE", DEFAULT_KIND), said.get("COV_ORDERING", DEFAULT_ORDERING)
        columns = covariance_columns(kind.upper(), ordering.upper())
        what = f"{kind} in {ordering}"
        rows = self._rows(section, COVARIANCE, Table(COVARIANCE.row, what, columns, self.clock))
        self._check_units(section, "COV_UNITS", EIGENVECTORS.get(kind.upper()) or ELEMENTS.get(kind.upper()))
        return CovarianceRows(
            kind=kind,
            frame=said.get("COV_REF_FRAME", DEFAULT_LOCAL_FRAME),
            ordering=ordering,
            rows=rows,
            fields=_fields(section, COVARIANCE, COVARIANCE_WORDS),
            comments=section.comments,
        )

    def _add_manoeuvre(self, section: Section) -> None:
        said = _said(section)
        composition = tuple(name.strip() for name in said.get("MAN_COMPOSITION", "").split(","))
        if composition == ("",):
            self.lost = "a manoeuvre does not say what its rows hold"
            return
        line = _line(section, "MAN_COMPOSITION")
        tell(self.faults, list(composition_faults(composition, section, line)))
        if composition[0] not in TIMES:
            self.lost = "a manoeuvre does not say when it was"
            return
        columns = manoeuvre_columns(composition)
        table = Table(MANOEUVRE.row, "its MAN_COMPOSITION", columns, self.clock, rises=False)
        rows = self._rows(section, MANOEUVRE, table)
        stated = [one for one, name in zip(columns, composition[1:], strict=True) if name not in TIMES]
        self._check_units(section, "MAN_UNITS", stated)
        tell(self.faults, list(_value_faults(section, composition, rows)))
        self.manoeuvres.append(
            ManoeuvreHistory(
                manoeuvre_id=said.get("MAN_ID", ""),
                device_id=said.get("MAN_DEVICE_ID", ""),
                frame=said.get("MAN_REF_FRAME", DEFAULT_LOCAL_FRAME),
                columns=composition,
                rows=rows,
                fields=_fields(section, MANOEUVRE, MANOEUVRE_WORDS),
                comments=section.comments,
            )
        )

    def _rows(self, section: Section, block: Block, table: Table) -> Rows:
        tell(self.faults, list(missing_rows(section, block)))
        rows = table.read([entry for entry in section.entries if entry.keyword == block.row])
        tell(self.faults, table.faults)
        if table.n_unread and not len(rows):
            self.lost = f"not one row of a {block.name} can be read"
        return rows

    def _check_units(self, section: Section, keyword: str, columns: Sequence[Column] | None) -> None:
        if columns is None:
            return  # elements of the sender's own: he says what they are in
        line = _line(section, keyword)
        faults = list(unit_faults(keyword, _said(section), columns, line))
        tell(self.faults, faults)
        if faults:
            self.lost = f"{keyword} contradicts the units its columns have"


def parts_of(message: Message, clock: Clock | None) -> Parts:
    """Return the blocks of a message that hold rows."""
    parts = Parts(clock)
    for section in message.sections:
        parts.add(section)
    return parts


def manoeuvre_columns(composition: tuple[str, ...]) -> list[Column]:
    """Return the columns of a manoeuvre behind its time tag; a name nobody knows stands for a word."""
    return [MANOEUVRES.get(name, Column(is_word=True)) for name in composition[1:]]


def _value_faults(section: Section, composition: tuple[str, ...], rows: Rows) -> Iterator[Deviation]:
    if len(rows) and rows.is_relative != (composition[0] == TIME_RELATIVE):
        yield Deviation(section.line, MANOEUVRE.row, f"has time tags that are not {composition[0]}")
    for place, name in enumerate(composition[1:]):
        if name.endswith("_INTERP") and any(row[place].upper() not in SWITCHES for row in rows.words):
            yield Deviation(section.line, name, "is neither ON nor OFF")
        if name == "DEPLOY_MASS" and (rows.values_si[:, place] > 0.0).any():
            yield Deviation(section.line, name, "is positive; what is deployed makes its host lighter")


def _said(section: Section) -> dict[str, str]:
    return {entry.keyword: entry.text for entry in section.entries}


def _line(section: Section, keyword: str) -> int:
    lines = (entry.line for entry in section.entries if entry.keyword == keyword)
    return next(lines, section.line)


def _fields(section: Section, block: Block, taken: tuple[str, ...]) -> Fields:
    """Return what a block says beside the words its noun has."""
    left_out = (*taken, block.row)
    return tuple((entry.keyword, entry.text) for entry in section.entries if entry.keyword not in left_out)
