"""Pictures of deaths in a report: expected under each option, and the chance of at least so many."""

from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from varne.encounter.outcome import Interval
from varne.show.answer import Answer, OptionAnswer
from varne.show.language import Language
from varne.show.report_exceedance import Curve, draw_exceedance
from varne.show.report_picture import PALE, TEXT, Picture, bare, empty_figure, legend_below, picture_of
from varne.show.report_rows import Row, draw_rows, signs_of

_PER = 100.0  # boats, so that the numbers can be read
_FEW = 30.0  # ratio of the ends of a scale below which more than powers of ten are written
_MANY = 10  # deaths of which the words say how likely they are


def options_plot(answer: Answer, language: Language) -> Picture:
    """
    Draw each option's expected deaths in 100 such boats, with its interval.

    Parameters
    ----------
    answer : Answer
        The answer. [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        A row for each option that applies.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> options_plot(Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en")).title
    'Expected deaths by option'
    """
    shown = [
        Row(
            language.say(one.name),
            _in_many(one.expected_deaths),
            one.name == answer.scenario.reference,
            bool(one.follows_from),
        )
        for one in answer.options
        if one.expected_deaths is not None
    ]
    figure = empty_figure(1.15 + 0.42 * max(len(shown), 1))
    axes = figure.add_subplot()
    floor, top = _ends([one.value for one in shown])
    axes.set_xscale("log")
    axes.set_xlim(floor, top)
    draw_rows(axes, shown, language, floor=floor)
    few = top < _FEW * floor  # no more than one power of ten may lie between
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if few else (1.0,), numticks=8))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    bare(axes, "bottom")
    axes.set_xlabel(language.say("expected deaths in 100 such boats, log scale"), fontsize=TEXT)
    legend_below(figure, signs_of(shown, language.say("another option; mean and 90 % interval"), language), 1)
    return picture_of(figure, "options", language.say("Expected deaths by option"), _options_say(answer, language))


def _in_many(deaths: Interval) -> Interval:
    return Interval(_PER * deaths.mean, _PER * deaths.low, _PER * deaths.high)


def _ends(intervals: list[Interval]) -> tuple[float, float]:
    """Powers of ten around all intervals; nothing, or all but nothing, stands at the left end."""
    values = [value for one in intervals for value in (one.low, one.mean, one.high) if value > 0.0]
    if not values:
        return 0.01, 1.0
    most = max(values)
    return max(min(values), 1e-5 * most) / 1.6, 1.6 * most


def _options_say(answer: Answer, language: Language) -> str:
    shown = [(one.name, one.expected_deaths) for one in answer.options if one.expected_deaths is not None]
    if not shown:
        return language.say("No option applies.")
    ordered = sorted(shown, key=lambda one: one[1].mean)
    told = language.listed(f"{language.say(name)} {language.interval(deaths, _PER)}" for name, deaths in ordered)
    says = language.say(
        "Expected deaths in 100 such boats, mean and 90 % interval, the fewest first: {told}. The reference is {name}.",
        told=told,
        name=language.say(answer.scenario.reference),
    )
    assumed = [language.say(one.name) for one in answer.options if one.expected_deaths is not None and one.follows_from]
    if assumed:
        says += " " + language.say("From assumption alone follows the difference of {names}.", names=", ".join(assumed))
    return says


def exceedance_plot(answer: Answer, language: Language) -> Picture:
    """
    Draw the chance of at least so many deaths under each option.

    Parameters
    ----------
    answer : Answer
        The answer. [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Picture
        A curve for each option that applies; a band for the reference.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> exceedance_plot(Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en")).says
    'No option applies.'
    """
    shown = [one for one in answer.options if one.exceedance is not None]
    figure = empty_figure(2.9 + 0.2 * -(-(len(shown) + 1) // 3))
    axes = figure.add_subplot()
    curves = [_curve(one, one.name == answer.scenario.reference, language) for one in shown]
    handles = draw_exceedance(axes, curves, answer.scenario.people, language)
    axes.set_xlabel(language.say("deaths of people aboard"), fontsize=TEXT)
    axes.set_ylabel(language.say("chance of at least so many, log scale"), fontsize=TEXT)
    if handles:
        legend_below(figure, handles, 3)
    return picture_of(
        figure, "exceedance", language.say("How many could die"), _exceedance_say(answer, shown, language)
    )


def _curve(one: OptionAnswer, reference: bool, language: Language) -> Curve:
    assert one.exceedance is not None and one.exceedance_low is not None and one.exceedance_high is not None
    return Curve(language.say(one.name), one.exceedance, one.exceedance_low, one.exceedance_high, reference)


def _exceedance_say(answer: Answer, shown: list[OptionAnswer], language: Language) -> str:
    if not shown:
        return language.say("No option applies.")

    def _told(number: int) -> str:
        return language.listed(f"{language.say(one.name)} {_chance(one, number, language)}" for one in shown)

    says = language.say("Chance of at least one death: {told}.", told=_told(1))
    many = min(_MANY, answer.scenario.people)
    if many == 1:
        return says
    return says + " " + language.say("Chance of at least {many} deaths: {told}.", many=str(many), told=_told(many))


def _chance(one: OptionAnswer, number: int, language: Language) -> str:
    assert one.exceedance is not None and one.exceedance_low is not None and one.exceedance_high is not None
    if number == 1 and one.p_any_death is not None:
        return language.interval(one.p_any_death)
    curves = (one.exceedance, one.exceedance_low, one.exceedance_high)
    return language.interval(Interval(*(float(curve[number - 1]) for curve in curves)))
