"""Moments in time: seconds since 1970 in UTC inside, ISO 8601 at the border."""

from datetime import UTC, datetime

from varne.errors import BadTime


def parse_time(text: object) -> float:
    """
    Read a moment, in UTC unless it carries an offset.

    Parameters
    ----------
    text : str or datetime
        ISO 8601, for example ``2026-03-14T02:30Z``. [1]

    Returns
    -------
    float
        Seconds since 1970-01-01T00:00Z. [s]

    Raises
    ------
    BadTime
        If it cannot be read.

    Examples
    --------
    >>> parse_time("2026-03-14T02:30Z")
    1773455400.0
    >>> parse_time("next week")
    Traceback (most recent call last):
    varne.errors.BadTime: Time 'next week' cannot be read; write it as 2026-03-14T02:30Z.
    """
    try:
        moment = text if isinstance(text, datetime) else datetime.fromisoformat(str(text).strip())
    except ValueError:
        raise BadTime(f"Time {text!r} cannot be read; write it as 2026-03-14T02:30Z.") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp()


def format_time(time: float) -> str:
    """
    Write a moment to the minute, in UTC.

    Parameters
    ----------
    time : float
        Seconds since 1970-01-01T00:00Z. [s]

    Returns
    -------
    str
        ISO 8601.

    Examples
    --------
    >>> format_time(1773455400.0)
    '2026-03-14T02:30Z'
    """
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%MZ")
