"""What drives an outcome in a report, by the draws that there are already: a table of numbers with their errors."""

from collections.abc import Mapping, Sequence

from varne.compare.given import Given, GivenDriver
from varne.show.language import Language
from varne.show.report_table import Cell, Rows

_MOST = 5  # numbers of one outcome


def given_table(given: Sequence[Given], names: Mapping[str, str], language: Language) -> Rows:
    """
    List the numbers that stand out of the noise, the strongest of each outcome first.

    Parameters
    ----------
    given : sequence of Given
        From :func:`varne.compare.given.given_drivers`. [1]
    names : mapping of str to str
        What a number is called, in this language. [1]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows
        An outcome of which nothing stands out has a row that says so.

    Examples
    --------
    >>> from varne.show.language import language
    >>> given_table([Given("deaths", "a", None, (), 0.2)], {}, language("en")).rows[0][1].words
    'nothing stands out of the noise'
    """
    rows = []
    for one in given:
        of = language.say(one.option) if one.reference is None else language.say(
            "{option}, beside {reference}", option=language.say(one.option), reference=language.say(one.reference)
        )  # fmt: skip
        told = one.drivers[:_MOST]
        if not told:
            rows.append((Cell(of), Cell(language.say("nothing stands out of the noise")), Cell(""), Cell("")))
        rows += [(Cell(of), *_driver(driver, names, language)) for driver in told]
    caption = language.say(
        "Numbers that stand out of the noise of the draws. The share is that of the variance of ranks which goes when "
        "the number alone is known, with the 90 % error of that estimate."
    )
    headings = (
        language.say("Deaths under"), language.say("Number"), language.say("More of it"), language.say("Share alone"),
    )  # fmt: skip
    return Rows(caption, headings, tuple(rows))


def _driver(one: GivenDriver, names: Mapping[str, str], language: Language) -> tuple[Cell, Cell, Cell]:
    mean, low, high = map(language.percent, (one.alone.mean, one.alone.low, one.alone.high))
    way = language.say("more deaths") if one.direction > 0.0 else language.say("fewer deaths")
    known = names.get(one.name)
    return (
        Cell(known, one.name) if known else Cell(one.name),
        Cell(way, language.say("rank correlation {value}", value=language.written(f"{one.direction:.2f}"))),
        Cell(mean, language.say("{low} to {high}", low=low, high=high)),
    )
