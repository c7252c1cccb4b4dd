"""AIS sentences of NMEA 0183: lines put together into messages, with the time at which each came."""

import re
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from pyais.exceptions import AISBaseException
from pyais.messages import AISSentence, NMEASentenceFactory

from varne.errors import BadTime
from varne.files.ais_log import Gathering
from varne.when import parse_time

_POSITIONS = {1, 2, 3, 18, 19, 27}  # types with the position of a ship: ITU-R M.1371-5, annex 8
_STATIC = {5, 19, 24}  # types with its size
_TAG_TIME = re.compile(rb"(?:^|[\\,])c:(\d+)")
_GROUP = re.compile(rb"(?:^|[\\,])g:\d+-\d+-(\d+)")
_NUMBER = re.compile(rb"\d{9,13}(?:\.\d+)?")
_ISO = re.compile(rb"(\d{4}-\d{2}-\d{2})[T ]?(\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})?")
_MILLISECONDS = 1e11  # a larger number of seconds would lie in the year 5138: it counts milliseconds
_WAITING = 256  # messages of several parts that wait for the rest; the oldest is given up; our choice
_PART = "part of a message whose rest is missing"
_BROKEN = "not a whole AIS sentence"


def gather_nmea(lines: Iterable[bytes], gathering: Gathering) -> None:
    """
    Read AIS sentences: one or several parts, bare, with TAG blocks, or with a column of time before or after.

    Parameters
    ----------
    lines : iterable of bytes
        Of a file. [1]
    gathering : Gathering
        Takes what is read and what is refused. [1]

    Returns
    -------
    None

    References
    ----------
    IEC 61162-1 (sentences), IEC 61162-450 (TAG blocks), ITU-R M.1371-5 (messages).

    Examples
    --------
    >>> gathering = Gathering()
    >>> gather_nmea([b"1635731889 !AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23", b"!AIVDM,1"], gathering)
    >>> dict(gathering.read), sorted(gathering.refused)
    ({'type 1': 1}, ['not a whole AIS sentence', 'position outside the sea that Varne knows'])
    """
    waiting: OrderedDict[tuple[object, ...], tuple[dict[int, AISSentence], float | None]] = OrderedDict()
    for line in lines:
        text = line.strip()
        if not text or text.startswith(b"#"):
            continue
        begin = text.find(b"!")
        try:
            sentence = NMEASentenceFactory.produce(_sentence(text, begin))
        except (AISBaseException, ValueError, IndexError, KeyError):
            gathering.refused[_BROKEN] += 1
            continue
        if not isinstance(sentence, AISSentence):
            gathering.refused["another NMEA sentence"] += 1
        elif not sentence.is_valid:
            gathering.refused["wrong checksum"] += 1
        elif sentence.frag_cnt == 1:
            _take(sentence, time_of(text, begin), gathering)
        else:
            _wait(sentence, text, begin, waiting, gathering)
    if waiting:
        gathering.refused[_PART] += sum(len(parts) for parts, _ in waiting.values())


def _sentence(text: bytes, begin: int) -> bytes:
    """Return the sentence alone, up to its checksum."""
    if begin < 0:
        raise ValueError(_BROKEN)
    star = text.find(b"*", begin)
    return text[begin : star + 3] if star > 0 else text[begin:]


def time_of(text: bytes, begin: int) -> float | None:
    """
    Find when a sentence came: in its TAG block, or as seconds since 1970 or ISO 8601 before or after it.

    Parameters
    ----------
    text : bytes
        A line. [1]
    begin : int
        Where in it the sentence begins. [1]

    Returns
    -------
    float or None
        Since 1970-01-01T00:00Z. [s]

    Examples
    --------
    >>> time_of(b"2021-11-01 01:58:09,!AIVDM", 20), time_of(b"c:1635731889*1B!AIVDM", 15)
    (1635731889.0, 1635731889.0)
    >>> time_of(b"!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23", 0)
    """
    before, star = text[:begin], text.find(b"*", begin)
    after = text[star + 3 :] if star > 0 else b""
    if before or after:
        if found := _TAG_TIME.search(before):
            return _seconds(found[1])
        for part in (before.rpartition(b"\\")[2] if before.endswith(b"\\") else before, after):
            if found := _ISO.search(part):
                try:
                    return parse_time(b"".join((found[1], b"T", found[2], found[3] or b"Z")).decode())
                except BadTime:
                    return None
            if found := _NUMBER.search(part):
                return _seconds(found[0])
    return None


def _seconds(number: bytes) -> float:
    value = float(number)
    return value / 1000.0 if value > _MILLISECONDS else value


def _wait(
    sentence: AISSentence,
    text: bytes,
    begin: int,
    waiting: OrderedDict[tuple[object, ...], tuple[dict[int, AISSentence], float | None]],
    gathering: Gathering,
) -> None:
    """Keep a part of a message until all are there; the time of the first part that has one counts."""
    group = _GROUP.search(text[:begin])
    key = (group[1] if group else None, sentence.seq_id, sentence.channel, sentence.frag_cnt)
    parts, time = waiting.pop(key, ({}, None))
    if sentence.frag_num in parts:
        gathering.refused[_PART] += len(parts)
        parts, time = {}, None
    parts[sentence.frag_num] = sentence
    time = time_of(text, begin) if time is None else time
    if len(parts) == sentence.frag_cnt:
        _take(AISSentence.assemble_from_iterable([parts[number] for number in sorted(parts)]), time, gathering)
        return
    waiting[key] = parts, time
    if len(waiting) > _WAITING:
        gathering.refused[_PART] += len(waiting.popitem(last=False)[1][0])


def _take(sentence: AISSentence, time: float | None, gathering: Gathering) -> None:
    """Decode a whole message and keep what it says of a ship."""
    kind = sentence.ais_id
    try:
        message: Any = sentence.decode()
    except (AISBaseException, ValueError, IndexError, KeyError, TypeError):
        gathering.refused[_BROKEN] += 1
        return
    gathering.read[f"type {kind}"] += 1
    if kind in _STATIC:
        bow = getattr(message, "to_bow", None)
        if bow is not None:
            length, beam = bow + message.to_stern, message.to_port + message.to_starboard
            gathering.size(message.mmsi, float(length), float(beam))
    if time is None:
        if kind in _POSITIONS:
            gathering.refused["position without a time"] += 1
        return
    gathering.heard(time)
    if kind in _POSITIONS:
        if message.lat is None or message.lon is None:
            gathering.refused["position not available"] += 1
        else:
            gathering.place(message.mmsi, time, message.lat, message.lon, message.speed)
