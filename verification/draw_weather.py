"""The pictures of docs/weather.md: generated weather beside what is published."""

from pathlib import Path

import numpy as np
import verification.weather as measured
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator, PercentFormatter

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
INK, GREY = "#222222", "#5A5A5A"
MADE, BAND, PUBLISHED, OTHER = "#0072B2", "#A9CDE5", "#D55E00", "#009E73"  # Okabe and Ito (2008)
MONTHS = tuple("JFMAMJJASOND")
WINDS = ("N", "", "", "E", "", "", "S", "", "", "W", "", "")
RANGE = (0.05, 0.95)


def tidy(axes: Axes, title: str, says: str) -> None:
    axes.set_title(title, loc="left", fontsize=11, color=INK, weight="bold")
    axes.set_ylabel(says, fontsize=9, color=GREY)
    axes.tick_params(labelsize=9, colors=GREY)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#E3E3E3", linewidth=0.7)
    axes.set_axisbelow(True)


def sheet(rows: int, columns: int, height: float) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(10.5, height), layout="constrained", facecolor="white")
    figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1)
    return figure, list(figure.subplots(rows, columns).flat)


def months(axes: Axes, values: np.ndarray, published: np.ndarray, label: str) -> None:
    low, high = np.quantile(values, RANGE, axis=1)
    at = np.arange(12)
    axes.fill_between(at, low, high, color=BAND, linewidth=0, label="generated, 5 to 95 % of years")
    axes.plot(at, values.mean(axis=1), color=MADE, linewidth=2, label="generated, mean")
    axes.plot(at, published, "o", color=PUBLISHED, markersize=5, label=label)
    axes.set_xticks(at, MONTHS)


def season() -> Figure:
    figure, (wind, vector, waves, warmth) = sheet(2, 2, 7.0)
    weather = measured.many_years()
    months(
        wind,
        measured.by_month(measured.speed()),
        measured.usual_by_month(measured.USUAL.wind_speed),
        "published, COADS",
    )
    tidy(wind, "Wind speed", "m/s")
    wind.set_ylim(0)
    wind.legend(frameon=False, fontsize=9, loc="lower left")
    for values, name, colour, mark, word in (
        (weather.wind_east, "east", MADE, "o", "towards east"),
        (weather.wind_north, "north", OTHER, "s", "towards north"),
    ):
        vector.plot(
            np.arange(12), measured.by_month(values).mean(axis=1), color=colour, linewidth=2, label=f"generated, {word}"
        )
        table = measured.table_of(f"wind_towards_{name}")
        vector.plot(np.arange(12), table, mark, color=colour, markeredgecolor=INK, markersize=6, label=f"COADS, {word}")
    vector.axhline(0, color=GREY, linewidth=0.8)
    vector.set_xticks(np.arange(12), MONTHS)
    vector.set_ylim(-1.4, 4.9)
    vector.legend(frameon=False, fontsize=9, ncols=2, loc="upper center")
    tidy(vector, "Mean wind vector", "m/s")
    height = measured.by_month(weather.wave_height)
    months(waves, height, measured.usual_by_month(measured.USUAL.wave_height), "assumed means")
    waves.axhspan(1.033, 1.066, color=OTHER, alpha=0.5, linewidth=0, label="year at Westhinder, published")
    waves.set_ylim(0, 2.6)
    waves.legend(frameon=False, fontsize=9, loc="upper center")
    tidy(waves, "Significant wave height", "m")
    for values, name, word, colour in ((weather.water, "water", "water", MADE), (weather.air, "air", "air", PUBLISHED)):
        found = measured.by_month(values)
        low, high = np.quantile(found, RANGE, axis=1)
        warmth.fill_between(np.arange(12), low, high, color=colour, alpha=0.18, linewidth=0)
        warmth.plot(np.arange(12), found.mean(axis=1), color=colour, linewidth=2, label=f"{word}, generated")
        table = measured.usual_by_month(getattr(measured.USUAL, name))
        warmth.plot(np.arange(12), table, "o", color=colour, markeredgecolor=INK, markersize=5, label=f"{word}, COADS")
    warmth.set_xticks(np.arange(12), MONTHS)
    warmth.legend(frameon=False, fontsize=9)
    tidy(warmth, "Temperatures", "°C")
    return figure


def wind_and_memory() -> Figure:
    figure, (rose, strength, wind, waves) = sheet(2, 2, 7.0)
    found, wanted = measured.rose(), measured.borssele()
    at = np.arange(12)
    for axes, number, title, says in (
        (rose, 0, "How often the wind blows from each sector", "share of time"),
        (strength, 1, "How strong it is", "mean of the sector over the mean of all"),
    ):
        axes.bar(at - 0.2, found[number], width=0.4, color=MADE, label="generated")
        axes.bar(at + 0.2, wanted[number], width=0.4, color=PUBLISHED, label="Borssele, published")
        axes.set_xticks(at, WINDS)
        tidy(axes, title, says)
    rose.legend(frameon=False, fontsize=9, loc="upper left")
    rose.yaxis.set_major_locator(MultipleLocator(0.05))
    rose.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    hours = np.unique(np.round(np.geomspace(1, 240, 40)).astype(int))
    for axes, scores, table, title in (
        (wind, measured.wind_scores(), "wind_correlation", "How long the wind is remembered"),
        (waves, measured.wave_scores(), "wave_correlation", "How long the waves are remembered"),
    ):
        years = measured.correlation(scores, hours)
        low, high = np.quantile(years, RANGE, axis=0)
        axes.fill_between(hours, low, high, color=BAND, linewidth=0, label="generated, 5 to 95 % of years")
        axes.plot(hours, years.mean(axis=0), color=MADE, linewidth=2, label="generated, mean")
        axes.plot(
            measured.lags(), measured.table_of(table), "o", color=PUBLISHED, markersize=5, label="coastDat-2, one year"
        )
        axes.set_xscale("log")
        axes.set_xticks([1, 3, 6, 12, 24, 48, 120, 240], ["1", "3", "6", "12", "24", "48", "120", "240"])
        axes.minorticks_off()
        axes.set_xlabel("hours", fontsize=9, color=GREY)
        axes.axhline(0, color=GREY, linewidth=0.8)
        tidy(axes, title, "autocorrelation, season removed")
    wind.legend(frameon=False, fontsize=9, loc="upper right")
    scale = measured.memory().mean()
    waves.text(
        0.97, 0.93, f"integral time scale with season: {scale:.0f} h\nWesthinder, published: 115.7 h",
        transform=waves.transAxes, ha="right", va="top", fontsize=9, color=INK,
    )  # fmt: skip
    return figure


def spells() -> Figure:
    figure, axes = sheet(2, 4, 6.8)
    shown = {
        "run": "Mean window run", "longest": "Longest window run", "after_such": "Window after window",
        "gap": "Mean other run", "longest_gap": "Longest other run", "after_other": "Window after other",
    }  # fmt: skip
    places = {"run": 0, "longest": 1, "after_such": 2, "gap": 4, "longest_gap": 5, "after_other": 6}
    for field, title in shown.items():
        here = axes[places[field]]
        values = measured.each(measured.spells(), field)
        bins = np.arange(values.min() - 0.5, values.max() + 1.0) if "longest" in field else 18
        here.hist(values, bins=bins, color=BAND, edgecolor="white", linewidth=0.4, label="generated years")
        for published in measured.table_of(measured.RUNS[field][0]):
            here.axvline(published, color=PUBLISHED, linewidth=1.6, label="days with arrivals, 2021 to 2024")
        tidy(here, title, "generated years")
        here.set_xlabel("share of days" if "after" in field else "days", fontsize=9, color=GREY)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles[:2], labels[:2], loc="outside lower left", ncols=2, frameon=False, fontsize=9)
    exceedance(axes[3])
    window_season(axes[7])
    return figure


def exceedance(axes: Axes) -> None:
    heights = np.sort(measured.many_years().wave_height.ravel())[::-1]
    picked = np.unique(np.geomspace(1, len(heights), 300).astype(int)) - 1
    chance = (picked + 1.0) / len(heights)
    axes.semilogy(heights[picked], chance, color=MADE, linewidth=2, label="generated")
    level = np.linspace(0.02, 7.0, 200)
    shape = measured.table_of("wave_height_shape")[0]
    by_month = measured.usual_by_month(measured.USUAL.wave_height)
    scale = by_month / measured.gamma(1.0 + 1.0 / shape)
    axes.semilogy(
        level, np.exp(-((level[:, None] / scale) ** shape)).mean(axis=1), "--", color=PUBLISHED, label="Weibull months"
    )
    axes.set_ylim(1e-6, 1.2)
    axes.set_xlim(0, 7.2)
    axes.set_xlabel("wave height, m", fontsize=9, color=GREY)
    axes.legend(frameon=False, fontsize=8)
    tidy(axes, "Waves exceeded", "share of time")


def window_season(axes: Axes) -> None:
    days = measured.month_of_hours()[::24]
    windows = measured.window_days(measured.many_years())
    months(
        axes, np.array([windows[:, days == month].mean(axis=1) for month in range(12)]),
        measured.table_of("active_share"), "with arrivals",
    )  # fmt: skip
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("month", fontsize=9, color=GREY)
    tidy(axes, "Windows by month", "share of days")


if __name__ == "__main__":
    for name, draw in (("weather_months", season), ("weather_wind", wind_and_memory), ("weather_spells", spells)):
        draw().savefig(PICTURES / f"{name}.png", dpi=110)
