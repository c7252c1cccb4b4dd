"""Coast, depths, ships and harbours as the kernel reads them."""

import numpy as np
import pytest

from varne.atlas.embedded import coast_mask, depth_grid
from varne.earth import Plane, distance
from varne.encounter.movement import OTHER_SHORE
from varne.encounter.waters import coast_chart, depth_chart, haven_table, origin_of, traffic_chart
from varne.facts.harbours import harbours
from varne.sea.coast import CONTINENT, GREAT_BRITAIN
from varne.sea.traffic import embedded_traffic

PLANE = Plane(51.0, 1.5)


@pytest.mark.parametrize("east", [-30000.0, 0.0, 12345.0])
def test_the_origin_leads_back_to_the_earth(east):
    """A point of the plane lies, by the degrees in a metre, where the plane says."""
    origin = origin_of(PLANE)
    latitude, longitude = PLANE.to_earth(east, -0.5 * east)
    assert origin.latitude - 0.5 * east * origin.per_metre_north == pytest.approx(latitude, abs=1e-12)
    assert origin.longitude + east * origin.per_metre_east == pytest.approx(longitude, abs=1e-12)


def test_every_harbour_is_where_the_table_has_it():
    """Each lies on the plane as far away as on the Earth, on the shore of its country."""
    table = haven_table(PLANE)
    codes = {"uk": GREAT_BRITAIN, "fr": CONTINENT}
    assert len(table) == len(harbours())
    for row, harbour in zip(table, harbours().values(), strict=True):
        away = float(distance(PLANE.latitude, PLANE.longitude, harbour.latitude, harbour.longitude))
        assert np.hypot(row[0], row[1]) == pytest.approx(away, rel=0.02)
        assert row[2] == codes.get(harbour.country, OTHER_SHORE)


def test_coast_and_depths_are_those_of_the_atlas():
    """The charts hold the embedded grids themselves, and copy nothing."""
    assert coast_chart().code is coast_mask().code
    assert depth_chart().depth is depth_grid().depth
    assert coast_chart().south == coast_mask().south
    assert depth_chart().west == depth_grid().west


def test_no_ship_stands_beyond_the_busy_streams():
    """In each cell all streams that sail stand among those that are looked at, and the last of these sails."""
    grid = embedded_traffic()
    chart = traffic_chart(grid)
    sails = grid.streams["rate"] > 0.0
    number = np.arange(sails.shape[2])
    assert not sails[number >= chart.busy[..., np.newaxis]].any()
    last = np.take_along_axis(sails, np.maximum(chart.busy.astype(np.int64) - 1, 0)[..., np.newaxis], axis=2)[..., 0]
    assert (last == (chart.busy > 0)).all()
    assert (chart.busy > 0).any()
