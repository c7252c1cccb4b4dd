"""Long work shows how much of it is done."""

from varne.cli.progress import told_progress, told_stages


def test_where_nobody_looks_nothing_is_shown(capsys):
    """A pipe gets the answer alone."""
    with told_stages() as told:
        told("one", 1, 2)
        told("other", 2, 2)
    with told_progress("draws") as told_one:
        told_one(1, 1)
    assert capsys.readouterr().out == ""
