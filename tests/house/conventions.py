"""The conventions of the house, each as a question put to a tree of source files.

Every function takes the folder that holds ``baken`` and yields one line for each trespass.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# Whoever gets one of these can read all there is.
LENT = re.compile(r"\b(Store|LabelledStore|EvidenceLog|Home|Sql\w+)\b")
READER = "Reader | Keeper"
OPENERS = {"baken.store.home", "baken.store.sql_store", "baken.store.evidence_log", "baken.store.database"}
UNITS = frozenset(
    [
        "m",
        "m2",
        "si",
        "m_s",
        "m_s2",
        "m2_s",
        "m2_s2",
        "m3_s2",
        "rad",
        "rad2",
        "rad_s",
        "rad_s2",
        "rad_s3",
        "s",
        "kg",
        "kg_m3",
        "m2_kg",
        "n",
        "k",
        "hz",
        "sfu",
        "w",
        "tai_ns",
        "ns",
        "day",
        "utc",
        "tai",
        "tt",
        "tdb",
        "ut1",
        "per_earth_radius",
        "per_s",
    ]
)
PURE_NUMBERS = frozenset(
    [
        "eccentricity",
        "drag_coefficient",
        "probability",
        "flattening",
        "degree",
        "order",
        "weight",
        "scale",
        "probability_level",
        "year",
        "day_of_year",
        "millionths",
        "correlation",
        "confidence",
        "log_sigma",
        "fraction",
        "rotation",
        "share",
        "seed",
        "ap",
    ]
)
# Whole numbers that count or point: nothing is measured, so nothing has a unit.
COUNTS = ("n_", "max_n_", "min_n_")
ROWS_OF_OBJECTS = frozenset({"primaries"})
POINTERS = ("_index", "_indices", "_status", "_code", "_count", "_row", "_rows", "_slot", "_slots")
BELOW_THE_DOORS = [
    "astro",
    "records",
    "formats",
    "observe",
    "orbit",
    "catalogue",
    "assess",
    "incident",
    "evidence",
    "people",
    "share",
    "respond",
    "depend",
    "norms",
    "report",
    "operations",
    "exercise",
    "testing",
]
RIGHT_OF_THE_BAR = frozenset(
    [
        "__init__.py",
        "alerts.py",
        "analysis.py",
        "assessment.py",
        "assessment_words.py",
        "assumption_checks.py",
        "breakup.py",
        "detector.py",
        "encounter_case.py",
        "finding.py",
        "message_states.py",
        "messages.py",
        "newcomers.py",
        "orbits_of_sets.py",
        "prediction.py",
        "slow_encounter.py",
        "unknown_covariance.py",
    ]
)
# Whoever checks a dossier gets one file, and need not trust any other.
STANDS_ALONE = "verify_dossier.py"
MAX_MODULE_LINES = 400
LONG_FUNCTION_LINES = 35
MAX_LONG_FUNCTIONS_SHARE = 0.1

FORBIDDEN_CALLS = re.compile(
    r"(time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|sleep|localtime|gmtime)"
    r"|(datetime\.)?datetime\.(now|utcnow|today)|(datetime\.)?date\.today"
    r"|random\.\w+|(np|numpy)\.random\.(?!Generator\b)\w+|secrets\.\w+|uuid\.uuid[14]|os\.(urandom|getenv|environ.*)"
    r"|open|Path\.(read|write)_\w+|tempfile\.\w+|socket\.\w+|subprocess\.\w+)"
)
FORBIDDEN_METHODS = frozenset({"read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"})


def unnamed_units(root: Path) -> Iterator[str]:
    """Every number that crosses a kernel's door carries its unit in its name.

    A module whose name begins with an underscore is behind the door.
    """
    for path in kernels(root):
        if path.name.startswith("_"):
            continue
        for function in public_functions(path):
            for argument in [*function.args.args, *function.args.kwonlyargs]:
                if is_measured(argument) and not has_unit(argument.arg):
                    yield f"{path.relative_to(root)}:{argument.lineno} {function.name}({argument.arg})"


def clock_luck_environment(root: Path) -> Iterator[str]:
    """Below the doors nobody reads the clock, draws a number, opens a file or asks the environment."""
    for path in rooms(root, BELOW_THE_DOORS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = (
                ast.unparse(node.func)
                if isinstance(node, ast.Call)
                else ast.unparse(node)
                if is_environment(node)
                else ""
            )
            if FORBIDDEN_CALLS.fullmatch(name) or name.rpartition(".")[2] in FORBIDDEN_METHODS:
                yield f"{path.relative_to(root)}:{node.lineno} {name}"


def undocumented(root: Path) -> Iterator[str]:
    """Every public module, class and function says what it is."""
    for path in sorted((root / "baken").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            yield f"{path.relative_to(root)}:1 module"
        for node in tree.body:
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if is_public and not ast.get_docstring(node):
                yield f"{path.relative_to(root)}:{node.lineno} {node.name}"


def swollen_modules(root: Path) -> Iterator[str]:
    """No module has more than 400 lines, but the one that has to be read and run by itself."""
    for path in sorted((root / "baken").rglob("*.py")):
        if path.name == STANDS_ALONE:
            continue
        n_lines = len(path.read_text(encoding="utf-8").splitlines())
        if n_lines > MAX_MODULE_LINES:
            yield f"{path.relative_to(root)}: {n_lines} lines"


def unnamed_readers(root: Path) -> Iterator[str]:
    """Yield what lends a store or a log without saying to whom, and who opens a home beside it."""
    wiring = root / "baken" / "wiring"
    for path in sorted(wiring.rglob("*.py")):
        for function in all_functions(path):
            lent = ast.unparse(function.returns) if function.returns else ""
            asked = [
                ast.unparse(one.annotation)
                for one in (*function.args.args, *function.args.kwonlyargs)
                if one.annotation
            ]
            if LENT.search(lent) and not any(READER in each for each in (lent, *asked)):
                yield f"{path}:{function.lineno} {function.name} lends {lent} to nobody in particular"
    for path in sorted((root / "baken").rglob("*.py")):
        if path.is_relative_to(root / "baken" / "store") or path == wiring / "stores.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in OPENERS:
                yield f"{path}:{node.lineno} opens {node.module}; ask wiring.stores, and say who reads"


def long_functions(root: Path) -> Iterator[str]:
    """Functions past 35 lines, docstring not counted; one in ten may be."""
    for path in sorted((root / "baken").rglob("*.py")):
        for function in all_functions(path):
            if (n_lines := body_lines(function)) > LONG_FUNCTION_LINES:
                yield f"{path.relative_to(root)}:{function.lineno} {function.name}: {n_lines} lines"


def raw_compilers(root: Path) -> Iterator[str]:
    """Only astro/compiled.py compiles Python."""
    for path in sorted((root / "baken").rglob("*.py")):
        if path.name == "compiled.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call | ast.Attribute | ast.Name):
                name = ast.unparse(node.func if isinstance(node, ast.Call) else node)
                if re.fullmatch(r"(numba\.)?(njit|jit|vectorize|guvectorize|prange)", name):
                    yield f"{path.relative_to(root)}:{node.lineno} {name}"


def kernels(root: Path) -> Iterator[Path]:
    yield from sorted((root / "baken" / "astro").rglob("*.py"))
    for path in sorted((root / "baken" / "assess").rglob("*.py")):
        if path.name not in RIGHT_OF_THE_BAR:
            yield path


def rooms(root: Path, names: list[str]) -> Iterator[Path]:
    for name in names:
        yield from sorted((root / "baken" / name).rglob("*.py"))


def all_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def is_measured(argument: ast.arg) -> bool:
    """Say whether an argument holds real numbers, by its annotation; one without is taken to."""
    kind = ast.unparse(argument.annotation) if argument.annotation else "float"
    if kind.startswith("Mapping["):
        return False  # its keys carry the units
    return bool(
        re.search(
            r"\bfloat\b|\bFloats(Like)?\b|\bndarray\b|\bNDArray\b|\bArrayLike\b|\bInstants(Like)?\b", kind
        )
    )


def has_unit(name: str) -> bool:
    stem = re.sub(r"_\d+$|_(1|2|a|b|first|second)$", "", name)
    return (
        any(stem == unit or stem.endswith("_" + unit) for unit in UNITS)
        or any(stem == word or stem.endswith("_" + word) for word in PURE_NUMBERS)
        or stem.startswith((*COUNTS, "rotation_", "is_"))
        or stem.endswith(POINTERS)
        or stem in ROWS_OF_OBJECTS
    )


def is_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "os.environ"


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or function.lineno) - body[0].lineno + 1
