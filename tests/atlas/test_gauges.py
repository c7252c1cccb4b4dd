"""Promises about tide gauges."""

import pytest

from varne.atlas.charts import Window
from varne.atlas.embedded import gauges
from varne.atlas.gauges import read_gauges, write_gauges
from varne.errors import BadFact

HEAD = "station_id,station,lat,lon,constituent,amp_m,phase_deg_greenwich,licence\n"


def test_a_table_that_may_not_ship_is_refused(tmp_path):
    """Constants under CC BY-NC never enter: the error names gauge and licence."""
    (tmp_path / "table.csv").write_text(HEAD + "calais,Calais,50.97,1.87,M2,2.4,342,CC-BY-NC-4.0\n")
    with pytest.raises(BadFact, match=r"'calais'.*'CC-BY-NC-4.0'"):
        read_gauges(tmp_path / "table.csv")


def test_a_copy_keeps_what_is_wanted(tmp_path):
    """Only known constituents inside the window are copied, and read back unchanged."""
    rows = "a,A,51,1,M2,2.0,90,CC-BY-4.0\na,A,51,1,ZZ9,1.0,0,CC-BY-4.0\nb,B,40,1,M2,1.0,0,CC-BY-4.0\n"
    (tmp_path / "raw.csv").write_text(HEAD + rows)
    kept = write_gauges(
        tmp_path / "raw.csv",
        tmp_path / "kept.csv",
        constituents=["M2"],
        window=Window(0.0, 2.0, 50.0, 52.0),
        header="# whose\n",
    )
    assert kept == 1
    assert read_gauges(tmp_path / "kept.csv")["a"].constants["M2"] == pytest.approx(-2j)


def test_shipped_gauges_carry_all_their_constituents():
    """Dover, Calais, Boulogne and Dunkirk are there with M2 and its kin."""
    for station in ("dover-dov-gbr-bodc", "calais-55-fra-refmar", "dunkerque-2-fra-refmar"):
        assert {"M2", "S2", "N2", "K2", "K1", "O1", "M4", "MS4"} <= set(gauges()[station].constants)
