"""The log of a thousand entries, made once."""

import pytest
from tests.record.logs import BATCHES, make_log


@pytest.fixture(scope="session")
def thousand(tmp_path_factory):
    """Its folder; the key lies beside it. Whoever changes a file of it copies it first."""
    return make_log(tmp_path_factory.mktemp("thousand"), *BATCHES)
