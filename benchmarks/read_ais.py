"""Measure how fast AIS is read, beside pyais alone, and what memory it takes: python -m benchmarks.read_ais [FILE]."""

import resource
import sys
import tempfile
import time
from pathlib import Path

from pyais.messages import NMEASentenceFactory
from tests.files.synthetic_ais import fleet, sentences

from varne.files.ais import read_ais
from varne.sea.passages import count_passages, time_observed
from varne.sea.tracks import joined

REPEATS = 3


def best(work) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def bare(path: Path) -> None:
    """What pyais alone does with every line."""
    for line in path.read_bytes().splitlines():
        sentence = NMEASentenceFactory.produce(line)
        if sentence.frag_cnt == 1:
            sentence.decode()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "dover.nmea"
        if len(sys.argv) == 1:
            path.write_bytes(b"\n".join(sentences(fleet(400, spread=2.0, every=30.0))))
        lines = len(path.read_bytes().splitlines())
        alone, whole = best(lambda: bare(path)), best(lambda: read_ais([path]))
        log = read_ais([path])
        observed = time_observed(log.hours, log.first, log.last)
        count = best(lambda: count_passages(joined(log.reports), log.reports, log.sizes, cell=0.02, observed=observed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"lines                       {lines:,}")
    print(f"pyais alone                 {lines / alone:,.0f} lines/s")
    print(f"read_ais                    {lines / whole:,.0f} lines/s, {whole / alone:.2f} x the time of pyais alone")
    print(f"counting the passages       {len(log.reports.ship) / count:,.0f} positions/s")
    print(f"memory at the peak          {peak:.0f} MB")


if __name__ == "__main__":
    main()
