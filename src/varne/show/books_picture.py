"""A picture of the smugglers' books: how many boats must be stopped until a launch no longer pays, by price."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, PercentFormatter

from varne.season.books import BreakEven

# Okabe and Ito (2008): told apart by the colour-blind.
_CURVES = (("interception", "intercepted at sea, beside those stopped on the beach", "#0072B2", "-"),
           ("prevention", "stopped on the beach, none being intercepted", "#D55E00", "--"))  # fmt: skip
_GREY = "#5A5A5A"


def books_picture(curve: Sequence[BreakEven], *, grade: str, draws: int) -> Figure:
    """
    Draw the break-even shares over the price of a place.

    Parameters
    ----------
    curve : sequence of BreakEven
        By rising price. [GBP, 1]
    grade : str
        The weakest of the books. [1]
    draws : int
        Behind each point. [1]

    Returns
    -------
    Figure

    Examples
    --------
    >>> from varne.season.books import break_even, worked_case
    >>> curve = [break_even(worked_case(), price) for price in (500.0, 1000.0)]
    >>> len(books_picture(curve, grade="assumed", draws=1).axes[0].lines)
    2
    """
    figure = Figure(figsize=(9.0, 5.4), layout="constrained")
    axes = figure.add_subplot()
    prices = [one.price for one in curve]
    for name, label, colour, line in _CURVES:
        found = [getattr(one, name) for one in curve]
        axes.fill_between(
            prices, [one.low for one in found], [one.high for one in found], color=colour, alpha=0.14, linewidth=0
        )
        axes.plot(prices, [one.mean for one in found], line, color=colour, linewidth=2.0, label=label)
    axes.set_ylim(0.0, 1.0)
    axes.set_xlim(prices[0], prices[-1])
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"£{value:,.0f}"))
    axes.set_xlabel("price of a place")
    axes.set_ylabel("share of boats")
    axes.grid(color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(frameon=False, fontsize=9, loc="lower right")
    figure.suptitle("When a launch stops paying", x=0.01, ha="left", fontsize=14, fontweight="bold")
    axes.set_title(
        f"Means and 90 % intervals, {draws:,} draws, grade {grade}: no price or cost was found with a source.\n"
        "At 100 % a launch pays even if every boat is stopped. A price that follows what is stopped is not modelled.",
        loc="left",
        fontsize=9,
        color=_GREY,
    )
    return figure
