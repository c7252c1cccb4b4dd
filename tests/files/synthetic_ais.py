"""Ships that sail through both lanes off Dover, written as loggers write them: for the tests of AIS."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from pyais import encode_dict
from pyais.messages import TagBlock

from varne.earth import Plane

START = 1717200000.0  # 2024-06-01T00:00Z
# Middle of each lane on the gate, its course, and how far from the middle ships sail.
LANES = {"south-west": (51.008, 1.392, 227.0), "north-east": (50.948, 1.497, 44.0)}
SIDE = 2500.0


@dataclass(frozen=True)
class Fix:
    ship: int
    time: float
    latitude: float
    longitude: float
    knots: float
    course: float


def fleet(ships: int, *, knots: float = 14.0, spread: float = 1.0, days: float = 1.0, every: float = 60.0) -> list[Fix]:
    """As many ships in each lane, evenly in time, on straight courses of 24 km across the gate."""
    rng = np.random.Generator(np.random.Philox(5))
    fixes = []
    for number, (latitude, longitude, course) in enumerate(LANES.values()):
        plane, towards = Plane(latitude, longitude), math.radians(course)
        for one in range(ships):
            speed = knots + spread * rng.standard_normal()
            begin, beside = START + days * 86400.0 * one / ships, rng.uniform(-SIDE, SIDE)
            for k in range(int(24000.0 / (speed * 1852 / 3600 * every)) + 1):
                along = speed * 1852 / 3600 * every * k - 12000.0
                x = along * math.sin(towards) + beside * math.cos(towards)
                y = along * math.cos(towards) - beside * math.sin(towards)
                ship = 200000000 + 100000 * number + one
                fixes.append(Fix(ship, begin + every * k, *plane.to_earth(x, y), speed, course))
    return sorted(fixes, key=lambda fix: fix.time)


def tagged(sentence: str, time: float) -> bytes:
    return b"\\" + TagBlock.create(source_station="varne", receiver_timestamp=int(time)) + b"\\" + sentence.encode()


def sentences(fixes: list[Fix], *, length: int = 180, beam: int = 28) -> list[bytes]:
    """Positions as type 1, each ship's size once in a type 5 of two parts."""
    lines, seen = [], set()
    for fix in fixes:
        if fix.ship not in seen:
            seen.add(fix.ship)
            static = {
                "type": 5, "mmsi": fix.ship, "to_bow": length - 20, "to_stern": 20, "to_port": beam // 2,
                "to_starboard": beam - beam // 2, "shipname": "NOBODY", "ship_type": 70,
            }  # fmt: skip
            parts = encode_dict(static, radio_channel="A", talker_id="AI", sentence_type="VDM", seq_id=fix.ship % 10)
            lines += [tagged(part, fix.time) for part in parts]
        report = {
            "type": 1, "mmsi": fix.ship, "lat": fix.latitude, "lon": fix.longitude, "speed": round(fix.knots, 1),
            "course": fix.course,
        }  # fmt: skip
        lines += [
            tagged(part, fix.time)
            for part in encode_dict(report, radio_channel="A", talker_id="AI", sentence_type="VDM")
        ]
    return lines


def table(fixes: list[Fix], *, danish: bool = False) -> list[str]:
    """The same as rows of MarineCadastre, or of the Danish Maritime Authority."""
    if danish:
        head = "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,SOG,COG,Width,Length"
        form, row = "%d/%m/%Y %H:%M:%S", "{time},Class A,{ship},{latitude:.6f},{longitude:.6f},{knots:.1f},,28,180"
    else:
        head = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,Length,Width,Draft"
        form, row = "%Y-%m-%dT%H:%M:%S", "{ship},{time},{latitude:.6f},{longitude:.6f},{knots:.1f},,511,NOBODY,180,28,"
    return [
        head,
        *(
            row.format(
                time=datetime.fromtimestamp(int(fix.time), UTC).strftime(form), ship=fix.ship, latitude=fix.latitude,
                longitude=fix.longitude, knots=fix.knots,
            )
            for fix in fixes
        ),
    ]  # fmt: skip
