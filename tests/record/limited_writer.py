"""
A writer who may write no long file: `python -m tests.record.limited_writer <folder> <bytes of the longest>`.

It enters until it is refused, once more, and ends in one line of JSON: what was acknowledged, and both sentences.
"""

import json
import resource
import sys
from pathlib import Path

from varne.errors import BadRecord
from varne.record.entry import Draft
from varne.record.opening import open_log


def main(folder: Path, most: int) -> None:
    acknowledged, said = [], []
    with open_log(folder, now=0.0) as log:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        while len(said) < 2:
            try:
                done = log.append([Draft("heartbeat", "recorder", {}, 0.0)], now=0.0)
                acknowledged.append(done.entries[0].commit)
            except BadRecord as error:
                said.append(str(error))
    print(json.dumps({"acknowledged": acknowledged, "said": said}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
