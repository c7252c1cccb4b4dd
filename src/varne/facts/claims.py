"""The public sentences of the debate, as a table: not yet understood."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def claim_rows() -> Mapping[str, Mapping[str, Any]]:
    """
    Read the claims.

    Returns
    -------
    mapping of str to mapping
        Rows by name.

    Examples
    --------
    >>> claim_rows()["eighty-aboard"]["when"]
    '2025-12-29'
    """
    rows: Mapping[str, Mapping[str, Any]] = tomllib.loads(
        resources.files("varne.facts").joinpath("claims.toml").read_text(encoding="utf-8")
    )["claims"]
    return rows
