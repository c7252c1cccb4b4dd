"""A file of the sea that covers a boat's whole way."""

from pathlib import Path

import numpy as np

from tests.files.forecasts import regular, written


def streams_file(path: Path, *, strength: float = 1.0) -> Path:
    """Streams around the boat for two days and a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    streams = regular(range(60), np.arange(50.0, 52.05, 0.1), np.arange(0.0, 3.05, 0.1))
    stronger = {name: (one.dims, one.values * strength, one.attrs) for name, one in streams.data_vars.items()}
    written(streams.assign(stronger), path)
    return path
