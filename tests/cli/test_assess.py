"""`varne assess` as people run it."""

import json
import subprocess
import sys

import pytest
import xarray as xr
from typer.testing import CliRunner

from varne.cli import app
from varne.cli.assess import FILES

FLAGS = [
    "assess", "--position", "51 03.0N 001 38.0E", "--time", "2026-03-14T02:30Z", "--people", "55", "--length", "9",
    "--wind", "WSW 12 kn", "--waves", "0.8 m", "--water", "7", "--members", "20x5", "--seed", "3",
]  # fmt: skip


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "80"})


def test_flags_alone_are_a_question(small, tmp_path):
    """One computation: screen, JSON, files and Python show the same numbers."""
    result = run(*FLAGS, "--json", "--out", tmp_path / "out")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer == small.as_json()
    assert json.loads((tmp_path / "out" / "assessment.json").read_text()) == answer
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)
    with xr.open_dataset(tmp_path / "out" / "assessment.nc") as data:
        leave = answer["options"][0]["expected_deaths"]["mean"]
        assert float(data["deaths"].sel(option="leave").mean()) == pytest.approx(leave)


def test_a_file_is_a_question_and_flags_change_it(tmp_path):
    """Fields on the command line replace those of the file."""
    file = tmp_path / "boat.toml"
    file.write_text('position = "51 03.0N 001 38.0E"\ntime = 2026-03-14T02:30:00Z\npeople = 20\nlength = "8 m"\n')
    words = ["assess", file, "--people", "30", "--options", "leave,escort", "--members", "2x1", "--json"]
    answer = json.loads(run(*words, "--responder", "navy_patrol_vessel at 51 05N 1 40E").stdout)
    assert answer["scenario"]["people"] == 30
    assert answer["scenario"]["length"] == 8.0
    assert answer["responders"][0] == "navy_patrol_vessel 1"
    assert answer["sea"]["wind"]["source"].startswith("the climate of the month")


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--people", "0"], "people is 0; write a value from 1 to 250"),
        (["--people", "500"], "people is 500"),
        (["--length", "90"], "length is '90'; write a value from 3 to 20 m"),
        (["--water", "50"], "water is '50'"),
        (["--people", "5", "--children", "9"], "children is 9, more than the 5 people"),
        (["--jackets", "99"], "jackets is 99"),
        (["--time", "2150-01-01T00:00Z"], "outside the tide tables"),
        (["--time", "soon"], "Time 'soon' cannot be read"),
        (["--options", "leave,escrot"], "did you mean 'escort'"),
        (["--reference", "nobody"], "Option 'nobody' is not known"),
        (["--position", "51.13, 1.20"], "is on land"),
        (["--position", "40N 1E"], "outside the sea"),
        (["--position", "Dover"], "cannot be read"),
        (["--wind", "12"], "wind is '12'"),
        (["--waves", "rough"], "waves is 'rough'"),
        (["--start", "harbour"], "start is 'harbour'"),
        (["--responder", "navy"], "write it as"),
        (["--responder", "submarine at 51N 1 30E"], "Vessel class 'submarine' is not known"),
        (["--members", "many"], "members is 'many'"),
        (["--horizon", "0"], "horizon is '0'"),
        (["--facts", "nowhere.toml"], "nowhere.toml cannot be read"),
    ],
)
def test_a_question_that_cannot_be_answered_gets_one_sentence(flags, sentence, tmp_path):
    """Field, value and remedy on the error stream, exit code 2, nothing written."""
    result = run(*FLAGS, *flags, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert sentence in result.stderr
    said = [
        line for line in result.stderr.splitlines() if line.strip() and not line.startswith("Compiling the kernels")
    ]
    assert len(said) == 1
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[boat.speed]\nvalue = 5.0', "Fact boat.speed has no says"),
        ('[boat.speed]\nsays="s"\nvalue=5.0\nshape="exact"\nunit="kg"\nsource="x"\ngrade="assumed"\ndate=2026-01-01',
         "measures mass; it must be a speed"),
        ('[boat.speed]\nsays="s"\nvalue=5.0\nshape="exact"\nunit="kn"\nsource=""\ngrade="assumed"\ndate=2026-01-01',
         "has no source"),
        ('[boat.spede]\nsays="s"\nvalue=5.0\nshape="exact"\nunit="kn"\nsource="x"\ngrade="assumed"\ndate=2026-01-01',
         "did you mean 'boat.speed'"),
        ("boat = 5", "is no fact"),
        ("[boat", "is not TOML"),
    ],
)  # fmt: skip
def test_a_facts_file_that_is_wrong_is_refused_whole(text, sentence, tmp_path):
    """A number about the world needs a unit that fits, a source, and a fact that it replaces."""
    facts = tmp_path / "my.toml"
    facts.write_text(text)
    result = run(*FLAGS, "--facts", facts)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_number_of_ones_own_changes_the_answer(tmp_path):
    """A fact given with its source replaces the shipped one and changes the fingerprint."""
    facts = tmp_path / "my.toml"
    facts.write_text(
        '[boat.speed]\nsays="s"\nvalue=1.0\nshape="exact"\nunit="kn"\nsource="x"\ngrade="assumed"\ndate=2026-01-01\n'
    )
    words = [*FLAGS, "--options", "leave", "--json"]
    own, shipped = json.loads(run(*words, "--facts", facts).stdout), json.loads(run(*words).stdout)
    assert own["fingerprint"]["facts"] != shipped["fingerprint"]["facts"]
    assert own["options"][0]["people"]["ashore_uk"] < shipped["options"][0]["people"]["ashore_uk"]


def test_help_needs_no_numerical_library():
    """`varne --help` loads neither numba nor xarray."""
    code = (
        "import sys; from typer.testing import CliRunner; from varne.cli import app; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; "
        "assert not {'numba', 'xarray', 'matplotlib', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_quick_report_is_written_in_the_language_that_is_asked_for(tmp_path):
    """The page has the command with which it is computed again; the screen says where it is."""
    place = tmp_path / "report.html"
    result = run(*FLAGS, "--options", "leave,escort", "--report", place, "--language", "fr", "--quick")
    assert result.exit_code == 0 and "written:" in result.output
    page = place.read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    command = "varne assess scenario.toml --members 20x5 --seed 3 --report report.html --language fr --quick"
    assert command in page


@pytest.mark.parametrize(("words", "sentence"), [(["--language", "de"], "language is 'de'"), ([], "end its name with")])
def test_a_report_that_cannot_be_written_is_refused_before_the_work(tmp_path, words, sentence):
    """Exit code 2, one sentence, and no file."""
    name = "report.html" if words else "report.pdf"
    result = run(*FLAGS, "--report", tmp_path / name, *words)
    assert result.exit_code == 2 and sentence in " ".join(result.output.split())
    assert list(tmp_path.iterdir()) == []
