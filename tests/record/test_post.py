"""Promises about one question to another computer."""

import socket
import threading
from contextlib import contextmanager

import pytest

from varne.errors import BadInput, NoAnswer
from varne.record.post import check_address, post


@contextmanager
def speaking(*answers):
    """A computer that says these words to one question each; and what it was asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = []

    def speak():
        for answer in answers:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(30)
                words = b""
                while b"\r\n\r\n" not in words:
                    words += connection.recv(65536)
                heard.append(words)
                connection.sendall(answer)

    thread = threading.Thread(target=speak)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/there", heard
    finally:
        thread.join()
        listener.close()


def ask(url):
    return post(url, b"question", kind="text/x-question", timeout=30.0)


def test_a_question_is_posted_and_its_answer_comes_whole():
    """With its kind, its length and its words; whatever the status."""
    for status in ("200 OK", "409 Conflict", "503 Busy"):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: text/x-answer\r\nContent-Length: 6\r\n\r\nanswer".encode()
        with speaking(answer) as (url, heard):
            reply = ask(url)
        assert (reply.status, reply.kind, reply.body) == (int(status[:3]), "text/x-answer", b"answer")
        assert heard[0].startswith(b"POST /there HTTP/1.1\r\n")
        assert b"Content-Type: text/x-question\r\n" in heard[0]
        assert b"Content-Length: 8\r\n" in heard[0]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_nobody_is_followed(status):
    """An answer that names another place is an answer, and that place is not asked."""
    with speaking(b"") as (other, heard):
        answer = f"HTTP/1.1 {status}\r\nLocation: {other}\r\nContent-Length: 0\r\n\r\n".encode()
        with speaking(answer) as (url, _):
            assert ask(url).status == int(status[:3])
        assert heard == []
        with pytest.raises(NoAnswer):
            ask(other)  # lets its thread end


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"220 mail ready\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        b"HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 " + b"x" * 70000 + b"\r\n\r\n",
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_answer_is_said_in_one_kind_of_error(answer):
    """Silence, other words, half an answer, too much of it: one line that a screen can show."""
    with speaking(answer) as (url, _), pytest.raises(NoAnswer) as told:
        ask(url)
    assert str(told.value)
    assert str(told.value).isprintable()


def test_a_computer_that_is_not_there_is_told():
    """Refused at once."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(NoAnswer, match="refused"):
        ask(f"http://127.0.0.1:{port}/")


def test_a_computer_that_says_nothing_is_given_up():
    """After the time that was set."""
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(NoAnswer, match="timed out"):
        post(f"http://127.0.0.1:{listener.getsockname()[1]}/", b"", kind="text/plain", timeout=0.1)


def test_words_of_others_do_not_steer_the_screen():
    """Control signs are taken out, lines joined, and no more than some are shown."""
    answer = b"HTTP/1.1 404 No\r\nContent-Length: 2011\r\n\r\n\x1b[31mred\x07\r\n\r\n" + b"x" * 2000
    with speaking(answer) as (url, _):
        words = ask(url).words
    assert words.startswith("[31mred xxx")
    assert len(words) == 300


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/", "example.org", "", "HTTP//x", "data:,x"])
def test_only_addresses_of_the_web_are_taken(url):
    """With whose it is, and how it is written."""
    with pytest.raises(BadInput, match=r"authority is .*; write its address as http"):
        check_address(url, "authority")
    check_address("https://tsa.example.org/tsr", "authority")
