"""Small records: events as a log holds them, an hour of one night."""

import itertools

_numbers = itertools.count()


def event(kind, at, data, *, role="watch officer", case="", logged=None, name=""):
    """An event at a minute after four, entered a minute later unless said."""
    return {
        "schema": "varne.event/v1",
        "id": name or f"{next(_numbers):032x}",
        "time": moment(at),
        "logged": moment(at + 1 if logged is None else logged),
        "kind": kind,
        "role": role,
        "case": case,
        "run": "",
        "inputs": [],
        "outputs": [],
        "code": "",
        "env": "",
        "data": data,
        "prev": "",
    }


def moment(at):
    hour, minute = divmod(round(at * 60_000), 3_600_000)
    minute, millisecond = divmod(minute, 60_000)
    return f"2026-01-31T{4 + hour:02d}:{minute:02d}:{millisecond // 1000:02d}.{millisecond % 1000:03d}Z"


def known(what, value=True, at=0, role="watch officer", **more):
    return event("known", at, {"what": what, "value": value, "source": "radio", **more}, role=role)


def facts(at=0, **values):
    """One entry for each word."""
    return [known(what, value, at) for what, value in values.items()]


OPTIONS = ("leave", "monitor", "escort", "divert")


def row(name):
    count = {"mean": 1.0, "low": 0.2, "high": 3.0}
    share = {"mean": 0.1, "low": 0.02, "high": 0.3}
    return {
        "name": name,
        "grade": "assumed",
        "applies": True,
        "expected_deaths": count,
        "p_any_death": share,
        "serious_injuries": count,
        "responders": {"deaths": share, "serious_injuries": count},
    }


def computed(name="figures", at=5, options=OPTIONS, **more):
    data = {
        "command": "assess",
        "question": {"people": 55, "length": 9, "time": "2026-01-31T04:00Z"},
        "members": {"draws": 4, "replicates": 2},
        "fingerprint": {"seed": 1},
        "answer": "sha256:1",
        "options": [row(one) for one in options],
        "reference": "leave",
    }
    return event("computed", at, {**data, **more}, name=name)


def shown(of="figures", at=6, to=("commander",), **more):
    return event("shown", at, {"computed": of, "answer": "sha256:1", "to": list(to), "how": "screen", **more})


def not_shown(of="figures", at=6):
    return event("shown", at, {"computed": of, "shown": False, "why": "no time"})


def decided(chosen, at=10, reason="as the figures say", role="commander", name="", **more):
    return event("decided", at, {"chosen": chosen, "reason": reason, **more}, role=role, name=name)


def force(at=12, name="", **more):
    data = {
        "means": "net",
        "place": "at sea",
        "purpose": "to stop the boat",
        "warnings": "by loudspeaker, twice",
        "people_near_water": 55,
        "people_aboard": 55,
        "recording": "sha256:2",
        "report": "written by the commander at five",
    }
    return event("force", at, {**data, **more}, role="commander", name=name)


def correction(of, at=20, data=None, name=""):
    more = {} if data is None else {"data": data}
    return event("correction", at, {"corrects": of, "what": "a slip", **more}, name=name)
