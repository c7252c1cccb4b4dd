"""What a check of a log found: where, what, and whether it condemns the log."""

from dataclasses import dataclass

FAILED = "failed"  # the log is not what it says it is
OPEN = "not checked"  # what was asked for could not be checked here; that is no pass
REMARK = "remark"  # worth knowing
OTHER_KEY = "none that the log has had"  # begins what condemns the key that was given, and no entry
WRONG_CLOCK = "in the future: a clock was wrong"  # ends what condemns a clock, and no entry


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one place of a log."""

    state: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.state}: {self.where}: {self.what}"


def failed(where: str, what: str) -> Finding:
    """
    Say what condemns the log.

    Parameters
    ----------
    where : str
        Entry, tile or file. [1]
    what : str
        What was expected and what was found. [1]

    Returns
    -------
    Finding

    Examples
    --------
    >>> str(failed("tile/0/000", "is missing"))
    'failed: tile/0/000: is missing'
    """
    return Finding(FAILED, where, what)


def not_checked(where: str, what: str) -> Finding:
    """
    Say what could not be checked.

    Parameters
    ----------
    where : str
        Entry, tile or file. [1]
    what : str
        What it would need. [1]

    Returns
    -------
    Finding

    Examples
    --------
    >>> not_checked("checkpoint.7.tsr", "needs the authority's certificate").state
    'not checked'
    """
    return Finding(OPEN, where, what)


def remark(where: str, what: str) -> Finding:
    """
    Say what is worth knowing.

    Parameters
    ----------
    where : str
        Entry, tile or file. [1]
    what : str
        [1]

    Returns
    -------
    Finding

    Examples
    --------
    >>> remark("entry 3", "was logged 2 h after it happened").state
    'remark'
    """
    return Finding(REMARK, where, what)
