"""The promises of ARCHITECTURE.md, kept by a machine."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
ROOT = TOP / "src" / "varne"

# Data flows down this list, imports point up it. Parts on one line may not import each other unless BESIDE says so.
FLOW = [
    {"errors"},
    {"units"},
    {"compiled", "when"},
    {"earth", "draws", "chance"},
    {"distribution"},
    {"evidence"},
    {"facts", "atlas"},
    {"sea"},
    {"motion", "hazards", "search"},
    {"afloat"},
    {"encounter"},
    {"compare"},
    {"season"},
    {"duties", "record"},
    {"files", "show", "fingerprint"},
    {"spread", "question"},
    {"assessment", "cluster"},
    {"simulation", "explanation", "elicitation"},
    {"duty_checking"},
    {"reporting", "recording", "replaying"},
    {"cli"},
    {"__main__"},
]
LEVEL = {part: level for level, parts in enumerate(FLOW) for part in parts}
# Parts that may touch the world: disk, clock, environment, screen.
SHELL = {
    "compiled", "facts", "atlas", "files", "show", "fingerprint", "spread", "question", "cluster", "assessment",
    "simulation", "explanation", "elicitation", "reporting", "record", "recording", "replaying", "duty_checking",
    "cli",
}  # fmt: skip
# Only these know that work can be spread over cores; and over processes and machines, which touches disk and network
# and so stands outside the core: spread (blocks, kept on disk) and cluster (Dask).
SPREAD = {"encounter/ensemble.py", "season/crossings.py"}
WORLD = {"time", "datetime", "os", "random", "socket", "requests", "httpx", "logging", "subprocess", "threading"}
QUIET = {"print", "open", "input", "hasattr", "eval", "exec"}
# Parts that hold the model: no number about the world stands in them.
MODEL = {"motion", "hazards", "search", "encounter", "compare", "season", "afloat", "sea"}
PLAIN_NUMBERS = {0, 1, 2, -1}
# Exact: quarters and definitions of significant height, months in a year, hours in a day, minutes in an hour, degrees
# in a turn, metres in a kilometre.
EXACT_NUMBERS = {0.5, 4, 12, 24, 60, 360, 1000}
VAGUE = {"utils", "core", "common", "base", "manager", "helpers", "misc"}
# Names of options, which only their table knows.
GUESTS = {"monitor", "escort", "rescue", "shallow", "divert", "jam", "board"}
MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_PARAMETERS = 300, 60, 8
# One file by its nature: it is given to courts and must run alone. decisions/0032.
LONGER = {"record/verifier.py": 711}


def part_of(path: Path, root: Path) -> str:
    return path.relative_to(root).parts[0].removesuffix(".py")


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


def imported(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" if not node.level else "." for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef))


def lines_of_code(node: ast.AST, source: list[str]) -> set[int]:
    """Numbers of the lines that are neither prose, comment nor blank."""
    prose: set[int] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant) and isinstance(inner.value.value, str):
            prose.update(range(inner.lineno, (inner.end_lineno or inner.lineno) + 1))
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", len(source))
    return {
        number
        for number in range(first, last + 1)
        if number not in prose and source[number - 1].strip() and not source[number - 1].strip().startswith("#")
    }


def imports_point_upstream(path: Path, root: Path) -> Iterator[str]:
    here = part_of(path, root)
    for name in imported(path):
        top, *rest = name.split(".")
        if top == "":
            yield f"{path.name}: write the full name of an import"
        elif top != "varne":
            quiet = here not in SHELL and path.relative_to(root).as_posix() not in SPREAD
            if quiet and top in WORLD and (here, top) != ("when", "datetime") and path.stem != "sun":
                yield f"{path.name} touches the world through {top}"
        elif rest[0] not in LEVEL:
            yield f"{path.name} imports {rest[0]}, which is not on the map"
        elif rest[0] != here and LEVEL[rest[0]] >= LEVEL[here]:
            yield f"{path.name} imports {rest[0]}, which lies downstream of {here}"


def imports_stand_on_top(path: Path, root: Path) -> Iterator[str]:
    if part_of(path, root) == "cli":  # a command's heavy imports stand inside the command
        return
    for function in functions(path):
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function)):
            yield f"{path.name}: {function.name} imports inside"
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield f"{path.name} imports a star"


def rooms_stay_small(path: Path, root: Path) -> Iterator[str]:
    tree, source = tree_of(path), text_of(path).splitlines()
    if path.stem in VAGUE:
        yield f"{path.name} has no subject"
    if not ast.get_docstring(tree):
        yield f"{path.name} does not say what it is about"
    if len(lines_of_code(tree, source) if source else ()) > LONGER.get(path.relative_to(root).as_posix(), MOST_LINES):
        yield f"{path.name} is longer than {MOST_LINES} lines of code"
    for function in functions(path):
        long = len(lines_of_code(function, source)) > MOST_LINES_OF_A_FUNCTION
        if long and part_of(path, root) != "cli":
            yield f"{path.name}: {function.name} is longer than {MOST_LINES_OF_A_FUNCTION} lines of code"
        parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        if (
            len(parameters) > MOST_PARAMETERS and part_of(path, root) != "cli"
        ):  # a command has as many flags as its user needs
            yield f"{path.name}: {function.name} takes {len(parameters)} parameters"


def public_functions_are_documented(path: Path, root: Path) -> Iterator[str]:
    inner = {id(node) for outer in functions(path) for node in ast.walk(outer) if node is not outer}
    for function in functions(path):
        if function.name.startswith("_"):
            continue
        text = ast.get_docstring(function) or ""
        if not text:
            yield f"{path.name}: {function.name} has no docstring"
        names = [one.arg for one in (*function.args.args, *function.args.kwonlyargs) if one.arg not in ("self", "cls")]
        for name in names if part_of(path, root) != "cli" and id(function) not in inner else []:
            described = re.search(rf"^(?:[\w ,]+, )?{name}(?:, [\w, ]+)? : ?.*\n((?:    .*\n?)+)", text, re.M)
            if not described or not re.search(r"\[[^\]]+\]", described[1]):
                yield f"{path.name}: {function.name}({name}) has no unit"


def the_core_is_quiet(path: Path, root: Path) -> Iterator[str]:
    for node in nodes_of(path):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if called in QUIET and (part_of(path, root) not in SHELL or called in ("hasattr", "eval", "exec")):
            yield f"{path.name} calls {called}"
        if isinstance(node, ast.Attribute) and node.attr in ("random", "default_rng"):
            yield f"{path.name} draws without varne.draws"


def excuses_have_reasons(path: Path, root: Path) -> Iterator[str]:
    """A rule set aside says which and why; no comment stands for work not done."""
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if re.search(r"# noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* - \w)", line):
            yield f"{path.name}: line {number} sets a rule aside without a reason"
        if re.search(r"# type: ignore(?!\[[a-z-]+\]  # \w)", line):
            yield f"{path.name}: line {number} sets a type aside without a reason"
        if re.search(r"#.*\b(TODO|FIXME|XXX)\b", line):
            yield f"{path.name}: line {number} is not done"


def the_engine_does_not_know_its_guests(path: Path, root: Path) -> Iterator[str]:
    """Options and vessels are rows of tables: no code of the model says one of their names."""
    if part_of(path, root) not in MODEL:
        return
    prose = {id(node.value) for node in nodes_of(path) if isinstance(node, ast.Expr)}
    for node in nodes_of(path):
        if isinstance(node, ast.Constant) and id(node) not in prose and node.value in GUESTS:
            yield f"{path.name} knows the option {node.value!r}"


def no_number_about_the_world(path: Path, root: Path) -> Iterator[str]:
    """In functions of the model only 0, 1, 2, powers of ten near nothing; constants of a module say where from."""
    if part_of(path, root) not in MODEL:
        return
    tree, source = tree_of(path), text_of(path).splitlines()
    places = {id(inner) for node in nodes_of(path) if isinstance(node, ast.Subscript) for inner in ast.walk(node.slice)}
    for function in functions(path):
        for node in ast.walk(function):
            if id(node) in places:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not _plain(node.value):
                yield f"{path.name}: {function.name} has the number {node.value} in line {node.lineno}"
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _has_number(node) and not _explained(node, source):
            yield f"{path.name}: the constant in line {node.lineno} does not say where it is from"


def _plain(value: float) -> bool:
    small = 0 < abs(value) <= 1e-6
    return isinstance(value, bool) or value in PLAIN_NUMBERS or value in EXACT_NUMBERS or small


def _has_number(node: ast.AST) -> bool:
    return any(
        isinstance(inner, ast.Constant) and isinstance(inner.value, int | float) and not _plain(inner.value)
        for inner in ast.walk(node)
    )


def _explained(node: ast.stmt, source: list[str]) -> bool:
    """A comment on its lines, or a block of comment and constants above."""
    last = node.end_lineno or node.lineno
    if any("#" in line for line in source[node.lineno - 1 : last]):
        return True
    number = node.lineno - 2
    while number >= 0 and re.match(r"[A-Z_]+ ?[,=]|_?[A-Z]|#|\s|[)}\]]", source[number]):
        if source[number].startswith("#"):
            return True
        number -= 1
    return False


CHECKS = (
    imports_point_upstream,
    imports_stand_on_top,
    rooms_stay_small,
    public_functions_are_documented,
    the_core_is_quiet,
    no_number_about_the_world,
    excuses_have_reasons,
    the_engine_does_not_know_its_guests,
)
FILES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_is_in_order(check: Callable[[Path, Path], Iterator[str]]) -> None:
    """Every file keeps every rule."""
    assert [breach for path in FILES for breach in check(path, ROOT)] == []


def without_a_test(root: Path, tests: Path) -> list[str]:
    """Files whose test, of the same name in the same place, is missing."""
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*.py"))
        if path.name != "__init__.py" and not (tests / path.relative_to(root).with_name(f"test_{path.name}")).exists()
    ]


def cycles(root: Path) -> list[str]:
    """Modules that import each other, at any remove."""
    names = {".".join(("varne", *path.relative_to(root).with_suffix("").parts)): path for path in root.rglob("*.py")}
    graph = {name: {found for one in imported(path) for found in _modules(one, names)} for name, path in names.items()}
    reach = {name: set(direct) for name, direct in graph.items()}
    for _ in names:
        for name, there in reach.items():
            reach[name] = there.union(*(reach[one] for one in there))
    return sorted(name for name in names if name in reach[name])


def _modules(name: str, names: dict[str, Path]) -> list[str]:
    return [one for one in (name, name.rpartition(".")[0]) if one in names]


def test_tests_mirror_the_source() -> None:
    """Each file has its test, of the same name in the same place."""
    assert without_a_test(ROOT, TOP / "tests") == []


def test_no_modules_import_each_other() -> None:
    """Also within a part data flows one way."""
    assert cycles(ROOT) == []


def _prose_and_tests() -> list[Path]:
    folders = ("tests", "verification", "benchmarks", "examples", "docs", "decisions")
    return [
        path for folder in folders for path in (TOP / folder).rglob("*.*") if path.suffix in (".py", ".md", ".toml")
    ]


def test_nothing_names_a_machine_or_a_registry() -> None:
    """No lock file with addresses, no path of somebody's machine."""
    words = (
        "/ho" + "me/",
        "/ro" + "ot/",
        "/wo" + "rk/",
        "/tm" + "p/",
        "py" + "pi.org",
        "pythonhosted" + ".org",
        "registry" + ".npmjs",
    )
    for path in (*TOP.glob("*.*"), *FILES, *_prose_and_tests(), TOP / "Makefile"):
        if path.is_file() and path.suffix in (".py", ".toml", ".md", ".txt", ""):
            text = path.read_text(encoding="utf-8")
            assert not [word for word in words if word in text], path


PLANTED = {
    "hazards/excuse.py": '"""Excuse."""\nimport math  # noqa\n',
    "hazards/untyped.py": '"""Untyped."""\ndef _f(x):  # type: ignore[no-untyped-def]\n    return x\n',
    "hazards/later.py": '"""Later."""\n# TODO: the tide\n',
    "hazards/guest.py": '"""Guest."""\ndef _f(name):\n    return name == "escort"\n',
    "hazards/asked.py": '"""Asked."""\ndef _f(x):\n    return hasattr(x, "speed")\n',
    "hazards/utils.py": '"""x."""\n',
    "hazards/cold.py": '"""Cold."""\nfrom varne.encounter import voyage\n',
    "hazards/loud.py": '"""Loud."""\nimport os\n',
    "hazards/inner.py": '"""Inner."""\ndef f():\n    """x."""\n    import math\n',
    "hazards/star.py": '"""Star."""\nfrom math import *\n',
    "hazards/mute.py": "x = 1\n",
    "hazards/long.py": '"""Long."""\n' + "x = 1\n" * 301,
    "hazards/room.py": '"""Room."""\ndef f():\n    """x."""\n' + "    x = 1\n" * 61,
    "hazards/many.py": '"""Many."""\ndef _f(a, b, c, d, e, f, g, h, i):\n    """x."""\n',
    "hazards/unit.py": '"""Unit."""\ndef f(speed):\n    """\n    Do.\n\n    speed : float\n        Of it.\n    """\n',
    "hazards/print.py": '"""Print."""\ndef _f():\n    print(1)\n',
    "hazards/dice.py": '"""Dice."""\nimport numpy as np\nx = np.random.random()\n',
    "hazards/world.py": '"""World."""\ndef _f(x):\n    return 0.35 * x\n',
    "hazards/constant.py": '"""Constant."""\nimport math\n\nRATE = 0.35\n',
    "hazards/relative.py": '"""Relative."""\nfrom . import cold\n',
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_breach_is_caught(name: str, tmp_path: Path) -> None:
    """The guard barks: each rule broken on purpose is reported, in a file that is otherwise in order."""
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(PLANTED[name])
    assert [breach for check in CHECKS for breach in check(path, tmp_path)]


def test_a_missing_test_is_noticed(tmp_path: Path) -> None:
    """A file without its mirror is named; with it, it is not."""
    source, tests = tmp_path / "varne", tmp_path / "tests"
    (source / "hazards").mkdir(parents=True)
    (tests / "hazards").mkdir(parents=True)
    for name in ("__init__", "cold", "warm"):
        (source / "hazards" / f"{name}.py").write_text('"""x."""\n')
    (tests / "hazards" / "test_warm.py").write_text("")
    assert without_a_test(source, tests) == ["hazards/cold.py"]


def test_a_cycle_is_noticed(tmp_path: Path) -> None:
    """Three modules in a ring are named, a fourth that only looks on is not."""
    (tmp_path / "sea").mkdir()
    for name, line in {
        "tide": "from varne.sea.wind import x",
        "wind": "import varne.sea.wave",
        "wave": "from varne.sea import tide",
        "gull": "from varne.sea import tide",
    }.items():
        (tmp_path / "sea" / f"{name}.py").write_text(f"{line}\n")
    assert cycles(tmp_path) == ["varne.sea.tide", "varne.sea.wave", "varne.sea.wind"]


def test_a_file_in_order_passes(tmp_path: Path) -> None:
    """The guard is quiet when nothing is wrong."""
    path = tmp_path / "hazards" / "calm.py"
    path.parent.mkdir()
    path.write_text(
        '"""Calm."""\n\nHALF = 0.35  # exact (definition)\n\n\ndef f(speed):\n'
        '    """\n    Do.\n\n    speed : float\n        Of it. [m/s]\n    """\n    return 2 * speed\n'
    )
    assert [breach for check in CHECKS for breach in check(path, tmp_path)] == []
