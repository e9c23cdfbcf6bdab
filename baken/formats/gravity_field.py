"""Gravity fields as the International Centre for Global Earth Models (ICGEM) hands them out: ``.gfc`` files.

Source: Barthelmes & Förste (2011), The ICGEM-format.
"""

from collections.abc import Iterator

import numpy as np

from baken.astro.forces.gravity import TIDE_SYSTEMS, GravityField
from baken.errors import BadMessage, UnreadableInput
from baken.formats._lines import lines_of
from baken.formats.sniff import HEAD_LENGTH, unpack, what_it_is

NORMALISED = "fully_normalized"
# Rows that let a coefficient drift or swing with the years: nothing here would follow them.
TIME_VARIABLE = frozenset({"gfct", "trnd", "dot", "asin", "acos"})
ZERO_DEGREE_TOLERANCE = 1e-12


def read_gravity_field(content: bytes, max_degree: int) -> GravityField:
    """Read a static field up to a degree, packed with gzip or not.

    Raises: UnreadableInput when this is no ICGEM file or ends before ``max_degree``; BadMessage where a
            line cannot be read, a coefficient changes with time, or the normalisation is another one.

    >>> head = b"modelname a\\nearth_gravity_constant 4e14\\nradius 6.4e6\\nmax_degree 2\\nend_of_head =\\n"
    >>> field = read_gravity_field(head + b"gfc 0 0 1.0 0.0\\ngfc 2 0 -4.8d-4 0.0\\n", 2)
    >>> float(field.cosine[2, 0])
    -0.00048
    """
    content = unpack(content)
    if answer := what_it_is(content[:HEAD_LENGTH]):
        raise UnreadableInput(answer)
    texts = lines_of(content).texts
    n_head = next((k for k, line in enumerate(texts, 1) if line.startswith("end_of_head")), None)
    if n_head is None:
        raise UnreadableInput("no line says end_of_head: this is no ICGEM gravity field (.gfc)")
    head = dict(line.split(maxsplit=1) for line in texts[: n_head - 1] if len(line.split()) > 1)
    _refuse_other_scales(head, max_degree)
    cosine, sine = np.zeros((max_degree + 1, max_degree + 1)), np.zeros((max_degree + 1, max_degree + 1))
    cosine[0, 0] = 1.0
    for degree, order, c, s in _rows(texts[n_head:], n_head + 1, max_degree):
        cosine[degree, order], sine[degree, order] = c, s
    if abs(cosine[0, 0] - 1.0) > ZERO_DEGREE_TOLERANCE:
        raise UnreadableInput(f"C00 is {cosine[0, 0]}, not 1")
    return GravityField(
        name=head.get("modelname", "unnamed").strip(),
        mu_m3_s2=_number(head, "earth_gravity_constant"),
        radius_m=_number(head, "radius"),
        tide_system=_tide_system(head),
        cosine=cosine,
        sine=sine,
    )


def _rows(texts: list[str], first_line: int, max_degree: int) -> Iterator[tuple[int, int, float, float]]:
    for number, line in enumerate(texts, first_line):
        word, *cells = line.split() or [""]
        if word not in TIME_VARIABLE | {"gfc"}:
            continue
        try:
            degree, order = int(cells[0]), int(cells[1])
            c, s = (float(cell.replace("D", "e").replace("d", "e")) for cell in cells[2:4])
        except (ValueError, IndexError):
            raise BadMessage(
                "degree, order, C and S are expected", line=number, field=word, next_step="fetch it anew"
            ) from None
        if degree > max_degree:
            continue
        if word != "gfc":
            raise BadMessage(
                f"coefficient {degree}, {order} changes with time",
                line=number,
                field=word,
                next_step="take a static field",
            )
        if not 0 <= order <= degree:
            raise BadMessage(f"order {order} does not belong to degree {degree}", line=number, field=word)
        yield degree, order, c, s


def _refuse_other_scales(head: dict[str, str], max_degree: int) -> None:
    if head.get("norm", NORMALISED).strip() != NORMALISED:
        raise BadMessage(f"is {head['norm'].strip()}", field="norm", next_step=f"take a {NORMALISED} field")
    if _number(head, "max_degree") < max_degree:
        raise UnreadableInput(f"the field ends at degree {head['max_degree'].strip()}, before {max_degree}")


def _number(head: dict[str, str], name: str) -> float:
    try:
        return float(head[name].replace("D", "e").replace("d", "e"))
    except (KeyError, ValueError):
        raise BadMessage("a number is expected in the head", field=name, next_step="fetch it anew") from None


def _tide_system(head: dict[str, str]) -> str:
    named = head.get("tide_system", "unknown").strip()
    return named if named in TIDE_SYSTEMS else "unknown"
