"""The pictures of a report, all in one place."""

from varne.show.report_curves import exceedance_plot, options_plot
from varne.show.report_drivers import drivers_plot
from varne.show.report_map import map_plot
from varne.show.report_picture import Picture
from varne.show.report_timeline import timeline_plot

__all__ = ["Picture", "drivers_plot", "exceedance_plot", "map_plot", "options_plot", "timeline_plot"]
