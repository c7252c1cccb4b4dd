"""One question to another computer over HTTP: what is sent, and whatever comes back."""

import http.client
import re
import urllib.error
import urllib.request
from dataclasses import dataclass

from varne.errors import BadInput, NoAnswer

_LARGEST = 1 << 20  # bytes of an answer that are read
_LENGTH = re.compile(r"[0-9]{1,18}")
_MOST_WORDS = 300  # of others that are shown


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a status of HTTP, the kind of the body, the body."""

    status: int
    kind: str
    body: bytes

    @property
    def words(self) -> str:
        """
        Return the body as a screen can show it: on one line, without signs that would steer the screen.

        Returns
        -------
        str

        Examples
        --------
        >>> Reply(404, "", b"not here,\\x1b[2J\\n  go away\\n").words
        'not here, [2J go away'
        """
        return _shown(self.body.decode("utf-8", "replace"))


def check_address(url: str, what: str) -> None:
    """
    Refuse an address that is not one of the web: no file is read in place of another computer.

    Parameters
    ----------
    url : str
        [1]
    what : str
        Whose it is, for the sentence that refuses it. [1]

    Raises
    ------
    BadInput
        If it is another.

    Examples
    --------
    >>> check_address("file:///etc/passwd", "authority")
    Traceback (most recent call last):
    varne.errors.BadInput: authority is 'file:///etc/passwd'; write its address as http://... or https://...
    """
    if not url.startswith(("http://", "https://")):
        raise BadInput(f"{what} is {url!r}; write its address as http://... or https://...")


def post(url: str, body: bytes, *, kind: str, timeout: float) -> Reply:
    """
    Ask once. Nobody is asked whom the answer names instead.

    Parameters
    ----------
    url : str
        [1]
    body : bytes
        [1]
    kind : str
        Its Content-Type. [1]
    timeout : float
        For each step. [s]

    Returns
    -------
    Reply

    Raises
    ------
    NoAnswer
        If none came: why.

    Examples
    --------
    >>> post("http://127.0.0.1:9/", b"", kind="text/plain", timeout=1.0)
    Traceback (most recent call last):
    varne.errors.NoAnswer: ...refused...
    """
    asked = urllib.request.Request(url, body, {"Content-Type": kind})
    try:
        with urllib.request.build_opener(_Straight).open(asked, timeout=timeout) as answer:
            return _reply(answer.status, answer)
    except urllib.error.HTTPError as error:
        return _refused(error)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NoAnswer(_why(error)) from None


class _Straight(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nobody: what was asked would be lost on the way."""


def _refused(error: urllib.error.HTTPError) -> Reply:
    with error:
        try:
            return _reply(error.code, error)
        except (OSError, http.client.HTTPException) as broken:
            raise NoAnswer(f"it answered {error.code}, then {_why(broken)}") from None


def _reply(status: int, answer: http.client.HTTPResponse | urllib.error.HTTPError) -> Reply:
    body = answer.read(_LARGEST)
    length = answer.headers.get("Content-Length", "")
    if _LENGTH.fullmatch(length) and len(body) < min(int(length), _LARGEST):  # the library does not tell
        raise NoAnswer(f"it answered {status}, but stopped after {len(body)} of {length} bytes")
    return Reply(status, answer.headers.get("Content-Type", ""), body)


def _why(error: Exception) -> str:
    return _shown(str(getattr(error, "reason", error))) or type(error).__name__


def _shown(text: str) -> str:
    words = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(words.split())[:_MOST_WORDS]
