"""GRIB 2 messages of a wind that is a straight line in place and time, written with ecCodes."""

from pathlib import Path

import eccodes
import numpy as np

SHORT = {"10u": ("heightAboveGround", 10), "10v": ("heightAboveGround", 10), "2t": ("heightAboveGround", 2)}


def write(path: Path, hours, value, *, names=("10u", "10v"), members=(None,), mode="wb") -> str:
    """One message a variable, step and member: ``value(name, latitude, longitude, hour, member)``."""
    latitude, longitude = np.arange(51.5, 50.45, -0.1), np.arange(1.0, 2.05, 0.1)
    x, y = np.meshgrid(longitude, latitude)
    with path.open(mode) as stream:
        for hour in hours:
            for member in members:
                for name in names:
                    message = eccodes.codes_grib_new_from_samples("regular_ll_sfc_grib2")
                    keys = {
                        "dataDate": 20260314, "dataTime": 0, "stepUnits": 1, "Ni": len(longitude), "Nj": len(latitude),
                        "latitudeOfFirstGridPointInDegrees": 51.5, "latitudeOfLastGridPointInDegrees": 50.5,
                        "longitudeOfFirstGridPointInDegrees": 1.0, "longitudeOfLastGridPointInDegrees": 2.0,
                        "iDirectionIncrementInDegrees": 0.1, "jDirectionIncrementInDegrees": 0.1,
                        "bitsPerValue": 16,
                    }  # fmt: skip
                    if member is not None:
                        keys |= {"productDefinitionTemplateNumber": 1, "numberOfForecastsInEnsemble": len(members)}
                    for key, one in keys.items():
                        eccodes.codes_set(message, key, one)
                    eccodes.codes_set(message, "shortName", name)
                    eccodes.codes_set(message, "typeOfLevel", SHORT[name][0])
                    eccodes.codes_set(message, "level", SHORT[name][1])
                    eccodes.codes_set(message, "step", int(hour))
                    if member is not None:
                        eccodes.codes_set(message, "perturbationNumber", member)
                    eccodes.codes_set_values(message, value(name, y, x, hour, member).ravel())
                    eccodes.codes_write(message, stream)
                    eccodes.codes_release(message)
    return str(path)
