"""The answer on a terminal."""

import io

from rich.console import Console

from varne.show.screen import screen


def _printed(answer, width):
    console = Console(file=io.StringIO(), width=width)
    console.print(screen(answer))
    return console.file.getvalue()


def test_the_screen_shows_the_numbers_of_the_answer(small):
    """Every option that applies is there, with sources, members and who would come; the left out say why."""
    text = _printed(small.answer, 80)
    for one in small.answer.options:
        assert one.name in text
    assert "shallow is left out: the water is" in " ".join(text.split())
    assert "20 draws of 5" in " ".join(text.split())
    assert "wind: the scenario" in text
    assert "assumed" in text


def test_nothing_is_cut_at_eighty_columns(small):
    """No cell of the table ends in an ellipsis on a terminal of 80 columns."""
    assert "…" not in _printed(small.answer, 80)
