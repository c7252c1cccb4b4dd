"""
A slow, readable twin of the voyage kernel: one member under one option, in plain Python.

It is written from the model, in another style than the kernel: things are objects, what happens is a list,
distributions are SciPy's. It shares with the kernel the question, the drawn numbers and the scalar functions of
hazards, motion and sea; it shares none of the code that strings them together.

The voyage goes in steps. In each: the engine, the alarm and those who respond; then the boat moves, takes water, loses
people, and the share of the member to which something terminal happens is set aside. Every half hour, and whenever the
response changes, the fate of those set aside is worked out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray
from scipy import interpolate, stats

from varne.afloat.hydrostatics import free_surface_loss, metacentric_height
from varne.chance import normal
from varne.draws import event_number, uniform
from varne.encounter.ensemble import SAFE_INTERVALS
from varne.encounter.luck import draw_luck
from varne.encounter.records import CAUSES, LUCK, FieldChart
from varne.encounter.setting import Setting
from varne.hazards.collision import collision_chance, encounter_rate, geometric_diameter, relative_speed
from varne.hazards.crew import crew_injury_rate
from varne.hazards.crowd import capsize_rate, sinking_share
from varne.hazards.crush import crush_rate
from varne.hazards.exposure import exposure_rate, half_time, wind_chill
from varne.hazards.launch import shore_break_probability
from varne.hazards.overboard import overboard_rate
from varne.hazards.structure import failure_rate
from varne.hazards.swamping import water_inflow
from varne.motion.propulsion import speed_through_water
from varne.sea.coast import CONTINENT, FRENCH_BELGIAN_BORDER, land_code
from varne.sea.depth import depth_at
from varne.sea.fetch import fetch_at
from varne.sea.streams import stream_at
from varne.sea.surf import coast_normal, surf
from varne.sea.traffic import COUNTED, FERRY, LANE
from varne.sea.wave_table import tabulated
from varne.sea.waves import breaking_chance, rayleigh_exceedance
from varne.sea.wind_sea import wind_sea
from varne.search.sweep import weather_factor

Array = NDArray[np.float64]
UK, FRANCE, OTHER = 1, 2, 3


def plain(record: np.void) -> SimpleNamespace:
    """A record of the setting as an object of plain numbers."""
    return SimpleNamespace(
        **{name: float(record[name]) if record[name].ndim == 0 else record[name] for name in record.dtype.names}
    )


@dataclass(frozen=True)
class Fate:
    """What becomes of people in the water. [people], and when it is over [s]"""

    dead: float
    left: float
    rescued: float
    injured: float
    over_after: float


@dataclass(frozen=True)
class Loss:
    """A share of the member whose boat is lost in one step."""

    share: float
    causes: dict[str, float]  # of it, by what sank the boat; "collision" where a ship struck it
    time: float
    place: tuple[float, float]
    people: float


@dataclass
class Answer:
    """What comes of the member: expected people, times, distributions."""

    dead: float = 0.0
    injured: float = 0.0
    crew_injured: float = 0.0
    ashore: dict[int, float] = field(default_factory=lambda: {UK: 0.0, FRANCE: 0.0, OTHER: 0.0})
    rescued: float = 0.0
    in_water: float = 0.0
    crushed: float = 0.0  # deaths while the voyage goes on, in groups
    singles: float = 0.0  # and one by one
    deaths: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CAUSES, 0.0))
    events: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CAUSES, 0.0))
    met_at: float = math.inf
    nobody_before: float = 1.0
    come: list[int] = field(default_factory=list)
    end: tuple[float, float] = (0.0, 0.0)
    safe_at: float = math.inf
    ends: list[tuple[float, float, float]] = field(default_factory=list)  # share, people, chance of each to die
    safe: Array = field(default_factory=lambda: np.zeros(SAFE_INTERVALS + 1))
    distribution: Array = field(default_factory=lambda: np.zeros(0))
    aboard_boat: float = 0.0
    steps: int = 0


@dataclass
class Response:
    """Who is there and what they do."""

    there: bool = False
    phase: int = -1
    since: float = 0.0
    told: float = math.inf  # when the alarm reaches responders
    come: list[int] = field(default_factory=list)
    room: float = 0.0
    lifting: float = 0.0
    distress: bool = False
    consenting: float = 0.0
    refused_until: float = 0.0
    towing: bool = False
    home: tuple[float, ...] | None = None  # the harbour it is towed to


class Voyage:
    """One member under one option."""

    def __init__(self, setting: Setting, draw: int, option: int, replicate: int) -> None:
        self.asked = setting.question
        self.world = setting.world
        self.draw = draw
        world = self.world
        self.known = plain(world.known[draw])
        self.weather = plain(world.weather[draw])
        self.boat = plain(world.boats[draw])
        self.phases = [plain(phase) for phase in world.phases[draw, option]]
        self.alone = plain(world.alone[0])
        self.responders = [plain(one) for one in world.responders[draw]]
        self.sent, self.ashore_officers = world.senders[option] == 1, world.senders[option] == 2
        self.after_stop = len(self.phases) - 1
        self.member = draw * self.asked.replicates + replicate
        luck = np.zeros(1, LUCK)
        draw_luck(self.asked.seed, self.member, world.known[draw], world.boats[draw], luck[0])
        self.luck = plain(luck[0])
        self.horizon = self.asked.step * self.asked.steps
        # the boat
        self.x, self.y = self.asked.x, self.asked.y
        self.aboard = self.asked.people
        self.working = self.boat.working_jackets
        self.taken = 0.0
        self.bilge = 0.0
        self.runs, self.broken = True, False
        self.turned = False
        self.helm = 0.0
        self.speed = 0.0
        # the share of the member that goes on, and what waits
        self.mass = 1.0
        self.losses: list[Loss] = []
        self.fallen = 0.0
        self.response = Response()
        self.answer = Answer()

    # --- the whole ---------------------------------------------------------------------------------------------------

    def follow(self) -> Answer:
        """From the start until everyone is ashore, aboard a responder or dead, or the horizon comes."""
        self.set_out()
        step, landed, walked = 0, 0, False
        while step < self.asked.steps and self.mass > 1e-12 and self.aboard > 1e-9 and not landed:
            now = step * self.asked.step
            if step % self.asked.block == 0:
                self.settle(now, self.response.phase, self.response.there)
                self.look_around(now)
                self.look_ahead(step)
            before = (self.response.phase, self.response.there)
            walked = self.respond(now)
            if before != (self.response.phase, self.response.there):
                self.settle(now, *before)
                if self.answer.met_at == now:
                    ended = sum(share * self.nobody(people, each) for share, people, each in self.answer.ends)
                    groups = self.answer.crushed / max(self.known.crush_deaths_per_event, 1.0)
                    self.answer.nobody_before = (ended + self.mass) * math.exp(-self.answer.singles - groups)
            if walked:
                landed = self.asked.shore_country
                break
            self.sail(now, self.world.darkness[step])
            step += 1
            if self.response.towing:
                landed = self.in_harbour()
                continue
            shore = self.shore()
            if shore and (not self.asked.from_beach or now > self.known.launch_clear_time):
                landed = shore
        now = step * self.asked.step
        self.answer.steps = step
        self.settle(now, self.response.phase, self.response.there)
        if landed:
            if not walked and not self.response.towing:
                self.through_surf(landed, now)
            self.land(landed, now)
        self.close()
        return self.answer

    def set_out(self) -> None:
        if self.ashore_officers:
            self.response.there = True
            self.begin(0, 0.0)
        if not self.asked.from_beach:
            return
        known = self.known
        factor = self.phases[0].crush if self.ashore_officers else 1.0
        once = crush_rate(
            self.asked.people, known.crush_reference_people, known.crush_at_boarding, known.crush_exponent
        )
        crushed = min(factor * once, self.asked.people)
        self.crush(crushed, "boarding")
        self.aboard -= crushed
        self.through_surf(self.asked.shore_country, 0.0)

    def close(self) -> None:
        """The rest of the member ends without an event; put the distribution of deaths together."""
        answer = self.answer
        answer.come, answer.end = self.response.come, (self.x, self.y)
        group = max(self.known.crush_deaths_per_event, 1.0)
        for cause, size in {"overboard": 1.0, "exposure": 1.0, "crush": group, "boarding": group}.items():
            answer.events[cause] = float(stats.poisson.sf(0, answer.deaths[cause] / size))
        answer.rescued += self.mass * self.taken
        answer.aboard_boat = self.mass * self.aboard
        answer.ends.append((self.mass, 0.0, 0.0))
        answer.safe[self.interval(answer.safe_at)] += self.mass
        numbers = np.arange(int(self.asked.people) + 1)
        terminal = np.zeros(len(numbers))
        for share, people, chance in answer.ends:
            whole = math.ceil(people - 1e-9)
            each = min(chance * people / whole, 1.0) if whole > 0 else 0.0
            terminal += share * stats.binom.pmf(numbers, max(whole, 0), each)
        on_the_way = self.deaths_on_the_way(numbers)
        both = np.convolve(terminal, on_the_way)
        answer.distribution = both[: len(numbers)]
        answer.distribution[-1] += both[len(numbers) :].sum()

    def deaths_on_the_way(self, numbers: Array) -> Array:
        """Deaths one by one, and in groups of geometrical size: a Poisson number of groups, each size at least 1."""
        size = max(self.known.crush_deaths_per_event, 1.0)
        groups = self.answer.crushed / size
        found = stats.poisson.pmf(numbers, self.answer.singles) * math.exp(-groups)
        for many in range(1, 41):
            weight = stats.poisson.pmf(many, groups)
            if weight < 1e-18 or size == 1.0:
                break
            sizes = stats.nbinom.pmf(numbers - many, many, 1.0 / size)
            found += weight * np.convolve(stats.poisson.pmf(numbers, self.answer.singles), sizes)[: len(numbers)]
        if size == 1.0:
            found = stats.poisson.pmf(numbers, self.answer.singles + groups)
        found[-1] += max(1.0 - found.sum(), 0.0)
        return np.asarray(found)

    def interval(self, time: float) -> int:
        share = time / self.horizon
        return SAFE_INTERVALS if share >= 1.0 else int(share * SAFE_INTERVALS)

    # --- the response ------------------------------------------------------------------------------------------------

    def respond(self, now: float) -> bool:
        """Engine, alarm, arrivals, phases, and work alongside; tells whether the people stand ashore again."""
        response, known, luck = self.response, self.known, self.luck
        self.run_engine(now)
        flooding = self.bilge > known.swamping_alarm_water
        troubled = flooding or not self.runs
        if response.distress and not response.there and not troubled:
            response.distress, response.told = False, math.inf
        if troubled and not response.distress:
            response.distress = True
            called = (
                luck.call_flooding < known.alert_call_when_flooding
                if self.runs
                else luck.call_stopped < known.alert_call_when_stopped
            )
            if response.there:
                response.told = min(response.told, now)
            elif called:
                response.told = min(response.told, now + self.alarm_takes())
        self.let_come(now)
        if not response.there:
            return False
        if response.distress and response.phase != self.after_stop and response.come:
            response.told = min(response.told, now)
            self.begin(self.after_stop, now)
            response.towing = response.towing or luck.tow < known.rescue_tow_share
        if self.end_of_phase(now):
            return True
        if response.there:
            if self.phases[response.phase].takes_off > 0.0:
                response.told = min(response.told, now)
            self.attend(now)
        return False

    def alarm_takes(self) -> float:
        doubted = self.luck.believed > self.known.alert_believed
        return self.luck.call_delay + (self.known.alert_disbelief_delay if doubted else 0.0)

    def answers(self, index: int) -> bool:
        return index > 0 or self.luck.answered <= self.known.alert_answered

    def there_at(self, index: int, ordered: float) -> float:
        """When a responder is here that is told at a time: it sails when ready, and not before it is free."""
        one = self.responders[index]
        sails = max(ordered + one.ready_after * self.luck.readiness, one.free_at)
        return sails + math.hypot(self.x - one.x, self.y - one.y) / one.speed

    def let_come(self, now: float) -> None:
        """Responders arrive one after the other; without an alarm only the first that was sent."""
        response = self.response
        for index, one in enumerate(self.responders[:-1]):
            alarm = response.told <= now
            if response.there and not alarm:
                return
            if index in response.come:
                continue
            orders = [self.luck.watch_delay] if self.sent and one.attends > 0.0 else []
            orders += [response.told] if self.answers(index) else []
            ordered = min(orders, default=math.inf)
            if now <= ordered or now < self.there_at(index, ordered):
                continue
            response.come.append(index)
            self.answer.met_at = min(self.answer.met_at, now)
            response.room += one.capacity
            response.lifting += one.lift_rate
            if not response.there:
                response.there = True
                self.begin(0, now)

    def begin(self, phase: int, now: float) -> None:
        known, response = self.known, self.response
        response.phase, response.since = phase, now
        accept = known.people_accept_stopped if phase == self.after_stop else known.people_accept_under_way
        response.consenting = accept * self.aboard
        response.refused_until = now + known.people_refusal_time

    def end_of_phase(self, now: float) -> bool:
        response, luck = self.response, self.luck
        phase = self.phases[response.phase]
        if response.phase == self.after_stop or now - response.since < phase.lasts:
            return False
        if luck.ashore_effect < phase.ashore:
            return True
        self.turned = self.turned or luck.turn_effect < phase.turns_back
        if self.runs and luck.stop_effect < phase.stops_engine:
            self.runs, self.broken = False, True
        self.begin(response.phase + 1, now)
        if self.phases[response.phase].absent > 0.0:
            response.there = False
        return False

    def attend(self, now: float) -> None:
        """Flotation is handed out, people are taken off, the crew runs its own risk."""
        known, step = self.known, self.asked.step
        phase = self.phases[self.response.phase]
        self.working = min(self.working + phase.flotation * step, self.aboard)
        off = self.take_off(now)
        if off > 0.0:
            self.look_at_load(now)
            self.answer.injured += self.mass * off * known.injury_transfer_fall
            self.expose_crew(known.crew_alongside_rate, phase.resistance, self.mass * step)
            if self.aboard <= 1e-9:
                self.answer.safe_at = now + step
        if phase.near > 0.0:
            self.expose_crew(known.crew_near_rate, phase.resistance, self.mass * step)
        if phase.boarding > 0.0:
            self.expose_crew(known.crew_boarding_rate, phase.resistance, self.mass * step)

    def take_off(self, now: float) -> float:
        response, known = self.response, self.known
        phase = self.phases[response.phase]
        if phase.takes_off <= 0.0:
            return 0.0
        if response.towing:
            if self.bilge <= known.swamping_alarm_water or response.room <= 0.0:
                return 0.0
            response.towing, response.home = False, None
        if now - response.since < known.rescue_reaction:
            return 0.0
        everyone = phase.unasked > 0.0 or (not self.runs and now >= response.refused_until)
        willing = self.aboard if everyone else response.consenting
        off = max(min(response.lifting * self.asked.step, willing, self.aboard, response.room), 0.0)
        if self.aboard > 0.0:
            self.working *= 1.0 - off / self.aboard
        self.aboard -= off
        self.taken += off
        response.consenting = max(response.consenting - off, 0.0)
        response.room -= off
        if response.phase == self.after_stop and response.room <= 0.0 and self.aboard > 0.0:
            response.towing = True
        return off

    def expose_crew(self, rate: float, resistance: float, time: float) -> None:
        known = self.known
        self.answer.crew_injured += time * crew_injury_rate(
            known.crew_exposed, rate, self.weather.wave_height, known.crew_wave_growth, resistance
        )

    # --- the boat ----------------------------------------------------------------------------------------------------

    def run_engine(self, now: float) -> None:
        """It stops once, may start again, stops for good the next time, and in the end is out of fuel."""
        luck, known = self.luck, self.known
        if self.broken:
            return
        starts_again = luck.stop_after + luck.restart_after
        never_again = luck.restarts > known.boat_engine_restart_share
        ends = min(known.boat_fuel_hours, luck.stop_again + starts_again, luck.stop_after if never_again else math.inf)
        if now >= ends:
            self.runs, self.broken = False, True
        elif now >= luck.stop_after:
            self.runs = now >= starts_again

    def look_ahead(self, step: int) -> None:
        """Every half hour the helm wanders and the slow rates are worked out."""
        known = self.known
        chance = uniform(self.asked.seed, event_number("helm"), np.uint64(self.member), np.uint64(step))
        self.helm = self.luck.helm_bias + known.boat_helm_wander * normal(chance)
        self.speed = speed_through_water(
            known.boat_speed,
            self.aboard,
            known.boat_design_people,
            known.boat_load_exponent,
            self.weather.wave_height,
            known.boat_wave_slowdown,
        )
        self.look_at_load(step * self.asked.step)

    def look_at_load(self, now: float) -> None:
        known, weather = self.known, self.weather
        self.comes_apart = failure_rate(
            self.aboard, known.boat_design_people, self.boat.structure_rate, known.structure_exponent
        )
        self.crushes = crush_rate(self.aboard, known.crush_reference_people, known.crush_rate, known.crush_exponent)
        self.fall = (1.0 - known.overboard_recovered_by_own_boat) * overboard_rate(
            self.aboard,
            known.overboard_rate_per_person,
            weather.wave_height,
            known.overboard_reference_wave_height,
            known.overboard_wave_exponent,
        )
        self.chills = exposure_rate(now, weather.exposure_half_time, known.exposure_shape)

    def phase(self) -> SimpleNamespace:
        return self.phases[self.response.phase] if self.response.there else self.alone

    def sail(self, now: float, dark: float) -> None:
        """One step: the boat is moved last, so that what happens in the step happens where it began."""
        step, phase = self.asked.step, self.phase()
        boat, known = self.boat, self.known
        east, north = self.velocity(now)
        mass = boat.empty_mass + self.aboard * boat.person_mass + self.bilge * known.sea_water_density
        draft = self.draft(mass)
        self.lose_people(phase)
        sinks, struck = {"water": math.inf}, 0.0
        if draft < boat.diameter:
            sinks = self.sinking(phase, mass, draft)
            struck = self.strikes(east, north, dark)
            over = water_inflow(
                boat.diameter - draft,
                self.weather.wave_height,
                known.swamping_relative_motion,
                self.weather.zero_crossing_period,
                known.swamping_water_per_wave,
            )
            self.bilge = max(self.bilge + (over * phase.swamping + boat.leak - boat.bailing) * step, 0.0)
        self.lose_boat(sinks, struck, now)
        self.x += east * step
        self.y += north * step

    def lose_boat(self, sinks: dict[str, float], struck: float, now: float) -> None:
        rates = {**sinks, "collision": struck}
        share = self.mass * -math.expm1(-sum(rates.values()) * self.asked.step)
        if share <= 0.0:
            return
        causes = {"water": share}
        if "water" not in sinks:
            causes = {cause: share * rate / sum(rates.values()) for cause, rate in rates.items()}
        self.losses.append(Loss(share, causes, now, (self.x, self.y), self.aboard))
        self.answer.rescued += share * self.taken
        self.mass -= share

    def velocity(self, now: float) -> tuple[float, float]:
        """Stream, drift downwind and across it, and way through the water."""
        response, phase, weather, known = self.response, self.phase(), self.weather, self.known
        stream = self.stream(now)
        # Positive crosswind is to the right of the wind, which is a quarter turn against the complex sense.
        leeway = complex(self.luck.leeway_downwind, -self.luck.leeway_crosswind)
        if self.bilge > known.swamping_alarm_water:
            leeway *= known.leeway_swamped_ratio
        over_ground = stream + leeway * complex(weather.wind_east, weather.wind_north)
        taking = phase.takes_off > 0.0 and response.room > 0.0
        held = response.there and (phase.holds > 0.0 or (taking and (response.consenting > 0.0 or phase.unasked > 0.0)))
        if response.towing:
            response.home = response.home or min(
                map(tuple, self.world.havens), key=lambda haven: math.hypot(haven[0] - self.x, haven[1] - self.y)
            )
            way, aim = known.rescue_tow_speed, response.home[:2]
        elif self.runs and not held:
            way = self.speed
            aim = (self.asked.back_x, self.asked.back_y) if self.turned else (self.asked.aim_x, self.asked.aim_y)
        else:
            way, aim = 0.0, (self.x, self.y)
        to_aim = complex(aim[0] - self.x, aim[1] - self.y)
        if way > 0.0 and abs(to_aim) > 0.0:
            over_ground += way * to_aim / abs(to_aim) * complex(math.cos(self.helm), math.sin(self.helm))
        return over_ground.real, over_ground.imag

    def stream(self, now: float) -> complex:
        """Towards east and north, as the draw has it."""
        weather, sky = self.weather, self.world.charts.sky
        chart = sky.streams
        latitude, longitude = self.position()
        stream = stream_at(
            chart.values[sky.streams_of_draw[self.draw]],
            (longitude - chart.west) * chart.columns_per_degree,
            (latitude - chart.south) * chart.rows_per_degree,
            (now + weather.stream_shift - chart.start) * chart.times_per_second,
        )
        turned = complex(*stream) * complex(weather.stream_cosine, weather.stream_sine)
        return turned + complex(weather.stream_error_east, weather.stream_error_north)

    def of_chart(self, chart: FieldChart, realization: int, now: float) -> Array:
        """All components of a field where the boat is, as SciPy interpolates them, held at the edges."""
        latitude, longitude = self.position()
        values = chart.values[realization]
        where = np.array([
            (now - chart.start) * chart.times_per_second,
            (latitude - chart.south) * chart.rows_per_degree,
            (longitude - chart.west) * chart.columns_per_degree,
        ])  # fmt: skip
        inside = np.clip(where, 0.0, np.array(values.shape[:3]) - 1.0)
        axes = tuple(np.arange(float(length)) for length in values.shape[:3])
        return np.asarray(interpolate.interpn(axes, values, inside)[0])

    def look_around(self, now: float) -> None:
        """Every half hour the weather is what it is where the boat is."""
        sky, weather, known, draw = self.world.charts.sky, self.weather, self.known, self.draw
        wind = self.of_chart(sky.wind, sky.wind_of_draw[draw], now) + self.of_chart(sky.wind_error, draw, now)
        weather.wind_east, weather.wind_north = wind
        weather.wind_speed = math.hypot(*wind)
        weather.stream_error_east, weather.stream_error_north = self.of_chart(sky.stream_error, draw, now)
        stream, depth = self.stream(now), self.depth()
        if sky.raised:
            towards = self.raise_waves(now, complex(*wind) - stream, stream, depth)
        else:
            height, period, *towards = self.of_chart(sky.waves, sky.waves_of_draw[draw], now)
            towards = towards if any(towards) else list(wind)
            factor = math.exp(self.of_chart(sky.wave_error, draw, now)[0])
            weather.wave_height = weather.steep_height = height * factor
            weather.peak_period = weather.steep_period = period * math.sqrt(factor)
            weather.zero_crossing_period = known.sea_wave_period_factor * weather.peak_period
        long = math.hypot(*towards)
        weather.waves_east, weather.waves_north = (part / long if long > 0.0 else 0.0 for part in towards)
        weather.exposure_half_time = half_time(
            wind_chill(weather.air_temperature, weather.wind_speed),
            known.exposure_reference_chill,
            known.exposure_reference_half_time,
            known.exposure_doubling_temperature,
        )
        self.look_at_breakers(stream, depth)

    def depth(self) -> float:
        return float(depth_at(*self.world.charts.depths, *self.position()))

    def raise_waves(self, now: float, blows: complex, stream: complex, depth: float) -> tuple[float, float]:
        """Wind sea by fetch, raised by the stream, beside the swell: energies add, the steeper breaks. [east, north]"""
        known, weather, sky = self.known, self.weather, self.world.charts.sky
        latitude, longitude = self.position()
        over = sky.fetches
        fetch, water = fetch_at(
            over.fetch,
            over.depth,
            (longitude - over.west) * over.columns_per_degree,
            (latitude - over.south) * over.rows_per_degree,
            math.atan2(-blows.real, -blows.imag),
        )
        height, period = wind_sea(abs(blows), fetch, water, known.waves_blown + now)
        period *= math.sqrt(known.waves_growth)
        along = (stream * blows.conjugate()).real / abs(blows) if abs(blows) > 0.0 else 0.0
        rise = tabulated(self.world.charts.wave_gains, period, depth, along)
        sea = (height * known.waves_growth * rise**known.waves_stream_gain, period)
        swell_height, swell_period, *towards = self.of_chart(sky.swell, sky.swell_of_draw[self.draw], now)
        swell = (swell_height, swell_period)
        weather.wave_height = math.hypot(sea[0], swell[0])
        weather.peak_period = max((sea, swell), key=lambda one: one[0] ** 2 * one[1])[1]
        turns = math.hypot(sea[0] / sea[1], swell[0] / swell[1])  # second moment of the spectrum
        mean = weather.wave_height / turns if turns > 0.0 else weather.peak_period
        weather.zero_crossing_period = known.sea_wave_period_factor * mean
        steep = max((sea, swell), key=lambda one: one[0] / one[1] ** 2)
        weather.steep_height, weather.steep_period = steep
        return (blows.real, blows.imag) if steep == sea else (towards[0], towards[1])

    def look_at_breakers(self, stream: complex, depth: float) -> None:
        """How often a wave that is high enough breaks on the side of the boat."""
        weather, known, charts = self.weather, self.known, self.world.charts
        along = stream.real * weather.waves_east + stream.imag * weather.waves_north
        number = tabulated(charts.wave_numbers, weather.steep_period, depth, along)
        high_enough = rayleigh_exceedance(
            known.breaking_critical_over_length * self.boat.length / max(weather.wave_height, 1e-3)
        )
        breaks = breaking_chance(weather.steep_height * number / 2.0)
        each = high_enough * breaks / weather.zero_crossing_period if weather.zero_crossing_period > 0.0 else 0.0
        weather.breaking_under_way = each * known.breaking_beam_on_under_way
        weather.breaking_adrift = each * known.breaking_beam_on_adrift

    def position(self) -> tuple[float, float]:
        origin = self.world.charts.origin
        return origin.latitude + self.y * origin.per_metre_north, origin.longitude + self.x * origin.per_metre_east

    def in_harbour(self) -> int:
        """The country of the harbour it is towed to, once that is less than two steps away."""
        x, y, country = self.response.home or (math.inf, math.inf, 0)
        near = math.hypot(x - self.x, y - self.y) <= 2.0 * self.known.rescue_tow_speed * self.asked.step
        return int(country) if near else 0

    def shore(self) -> int:
        coast = self.world.charts.coast
        latitude, longitude = self.position()
        code = land_code(coast.code, coast.south, coast.west, coast.cells_per_degree, latitude, longitude)
        return OTHER if code == CONTINENT and longitude >= FRENCH_BELGIAN_BORDER else int(code)

    def draft(self, mass: float) -> float:
        table = self.boat.drafts
        place = max((mass - self.boat.lightest) / self.boat.mass_step, 0.0)
        if place >= len(table) - 1 or not math.isfinite(table[int(place) + 1]):
            return math.inf
        return float(np.interp(place, np.arange(len(table)), table))

    # --- what can happen ---------------------------------------------------------------------------------------------

    def lose_people(self, phase: SimpleNamespace) -> None:
        """Some are crushed, some fall, some die of cold, never more than there are."""
        step, known = self.asked.step, self.known
        left = self.aboard
        crushed = min(step * phase.crush * self.crushes, left)
        fallen = min(step * phase.overboard * self.fall, left - crushed)
        chilled = min(step * self.aboard * self.chills, left - crushed - fallen)
        gone = crushed + fallen + chilled
        if self.aboard > 0.0:
            self.working *= 1.0 - gone / self.aboard
        self.aboard -= gone
        self.crush(crushed, "crush")
        self.answer.deaths["exposure"] += self.mass * chilled
        self.answer.singles += self.mass * chilled
        self.answer.dead += self.mass * chilled
        self.fallen += self.mass * fallen
        if self.runs:
            self.answer.injured += self.mass * fallen * known.injury_propeller

    def crush(self, crushed: float, cause: str) -> None:
        self.answer.deaths[cause] += self.mass * crushed
        self.answer.crushed += self.mass * crushed
        self.answer.dead += self.mass * crushed
        self.answer.injured += self.mass * crushed * self.known.crush_injuries_per_death

    def sinking(self, phase: SimpleNamespace, mass: float, draft: float) -> dict[str, float]:
        known, boat = self.known, self.boat
        density = known.sea_water_density
        stiffness = metacentric_height(
            mass, draft, boat.length, boat.diameter, boat.inner_width, known.boat_crowd_height, density
        )
        if self.bilge > 0.0:
            stiffness -= free_surface_loss(mass, boat.length, boat.inner_width, density)
        people_mass = self.aboard * boat.person_mass
        share = known.crowd_rigid_body_bound * sinking_share(
            boat.diameter - draft, boat.beam, mass, stiffness, people_mass, known.people_move_distance
        )
        by_crowd = capsize_rate(known.crowd_movement_rate, phase.crowd_shift, share, known.crowd_typical_share)
        makes_way = self.runs and phase.holds <= 0.0
        by_waves = self.weather.breaking_under_way if makes_way else self.weather.breaking_adrift
        return {"crowd": by_crowd, "structure": phase.structure * self.comes_apart, "breaking": by_waves}

    def strikes(self, east: float, north: float, dark: float) -> float:
        traffic, known, boat = self.world.charts.traffic, self.known, self.boat
        latitude, longitude = self.position()
        row = math.floor((latitude - traffic.south) * traffic.cells_per_degree)
        column = math.floor((longitude - traffic.west) * traffic.cells_per_degree)
        rows, columns, _ = traffic.streams.shape
        if not (0 <= row < rows and 0 <= column < columns):
            return 0.0
        speed = math.hypot(east, north)
        meetings = 0.0
        for stream in map(plain, traffic.streams[row, column]):
            ship, factor = {
                LANE: ("ship", known.traffic_ships_per_day_each_lane / traffic.lane_ships),
                FERRY: ("ferry", known.traffic_ferry_sailings),
                COUNTED: ("", known.traffic_counted_ships),
            }[int(stream.kind)]
            drawn = stream if not ship else SimpleNamespace(
                **{name: getattr(known, f"traffic_{ship}_{name}") for name in ("speed", "length", "beam")}
            )  # fmt: skip
            ahead = (east * stream.east + north * stream.north) / speed if speed > 0.0 else 0.0
            cosines = (ahead, -ahead) if stream.both_ways else (ahead,)
            for cosine in cosines:
                diameter = geometric_diameter(
                    drawn.length, drawn.beam, drawn.speed, boat.length, boat.beam, speed, cosine
                )
                closing = relative_speed(drawn.speed, speed, cosine)
                meetings += encounter_rate(stream.rate * factor / len(cosines), 1.0, drawn.speed, diameter, closing)
        unseen = dark * known.collision_ship_misses_night + (1.0 - dark) * known.collision_ship_misses_day
        stays = known.collision_boat_misses if self.runs else known.collision_adrift_misses
        return meetings * collision_chance(unseen, stays)

    def through_surf(self, country: int, now: float) -> None:
        boat, known = self.boat, self.known
        mass = boat.empty_mass + self.aboard * boat.person_mass + self.bilge * known.sea_water_density
        freeboard = max(boat.diameter - self.draft(mass), 0.0)
        swamped = self.mass * shore_break_probability(
            self.breakers(), freeboard, known.launch_base, known.launch_exponent
        )
        drowns = known.launch_drowning_share
        self.answer.dead += swamped * drowns * self.aboard
        self.answer.deaths["launch"] += swamped * drowns * self.aboard
        self.answer.events["launch"] += swamped * (1.0 - self.nobody(self.aboard, drowns))
        self.answer.ashore[country] += swamped * (1.0 - drowns) * self.aboard
        self.answer.rescued += swamped * self.taken
        self.answer.ends.append((swamped, self.aboard, drowns))
        self.answer.safe[self.interval(now)] += swamped
        self.mass -= swamped

    def breakers(self) -> float:
        """Of the waves that meet the beach here, at the angle at which they come."""
        charts, weather = self.world.charts, self.weather
        metres = 1.0 / charts.origin.per_metre_north, 1.0 / charts.origin.per_metre_east
        facing = coast_normal(*charts.coast, *metres, *self.position())
        angle = 0.0
        if (weather.waves_east or weather.waves_north) and not math.isnan(facing):
            angle = math.atan2(-weather.waves_east, -weather.waves_north) - facing
        return float(surf(weather.wave_height, weather.peak_period, angle)[0])

    def land(self, country: int, now: float) -> None:
        self.answer.ashore[country] += self.mass * self.aboard
        self.answer.rescued += self.mass * self.taken
        self.taken = self.aboard = 0.0
        self.answer.safe_at = now

    # --- people in the water -----------------------------------------------------------------------------------------

    def settle(self, now: float, phase: int, there: bool) -> None:
        """Work out what becomes of those set aside, as things stood under a phase of the response."""
        dark = self.world.darkness[min(int(now / self.asked.step), self.asked.steps - 1)]
        share = min(self.working / self.aboard, 1.0) if self.aboard > 0.0 else 0.0
        lost = sum(loss.share for loss in self.losses)
        arrivals: list[float] | None = None
        if lost > 0.0:
            when, x, y, people = (
                sum(loss.share * value for loss, value in zip(self.losses, values, strict=True)) / lost
                for values in (
                    [loss.time for loss in self.losses],
                    [loss.place[0] for loss in self.losses],
                    [loss.place[1] for loss in self.losses],
                    [loss.people for loss in self.losses],
                )
            )
            if there and self.phases[phase].standing > 0.0:
                drowned = people * self.known.launch_drowning_share
                self.founder(Fate(drowned, 0.0, people - drowned, 0.0, 0.0), lost, people, when, stood=True)
            else:
                arrivals = self.arrivals(when, (x, y), dark, phase, there)
                fate = self.in_water(people, share, self.taken, self.horizon - when, arrivals)
                self.founder(fate, lost, people, when, stood=False)
        if self.fallen > 0.0:
            if arrivals is None:
                arrivals = self.arrivals(now, (self.x, self.y), dark, phase, there)
            fate = self.in_water(1.0, share, 0.0, self.horizon - now, arrivals)
            self.answer.dead += self.fallen * fate.dead
            self.answer.deaths["overboard"] += self.fallen * fate.dead
            self.answer.singles += self.fallen * fate.dead
            self.answer.in_water += self.fallen * fate.left
            self.answer.rescued += self.fallen * fate.rescued
            self.answer.injured += self.fallen * fate.injured
        self.losses, self.fallen = [], 0.0

    def founder(self, fate: Fate, lost: float, people: float, when: float, *, stood: bool) -> None:
        answer, known = self.answer, self.known
        over = self.interval(when + fate.over_after)
        answer.safe[SAFE_INTERVALS if fate.left > 0.01 * people else over] += lost
        if people <= 0.0:
            answer.ends.append((lost, 0.0, 0.0))
            return
        by_cause = {cause: sum(loss.causes.get(cause, 0.0) for loss in self.losses) for cause in CAUSES}
        struck = by_cause["collision"]
        at_once = known.collision_death_share
        fares = lost - struck * at_once
        answer.dead += struck * at_once * people + fares * fate.dead
        answer.in_water += fares * fate.left
        answer.injured += fares * fate.injured
        if stood:
            answer.ashore[self.asked.shore_country] += fares * fate.rescued
        else:
            answer.rescued += fares * fate.rescued
            if fate.rescued > 0.0:
                self.expose_crew(known.crew_alongside_rate, 1.0, fares * fate.over_after)
        each = fate.dead / people
        for cause, share in by_cause.items():
            dies = at_once + (1.0 - at_once) * each if cause == "collision" else each
            answer.deaths[cause] += share * people * dies
            answer.events[cause] += share * (1.0 - self.nobody(people, dies))
        answer.ends.append((lost - struck, people, each))
        answer.ends.append((struck, people, at_once + (1.0 - at_once) * each))

    @staticmethod
    def nobody(people: float, each: float) -> float:
        whole = math.ceil(people - 1e-9)
        return float(stats.binom.pmf(0, whole, min(each * people / whole, 1.0))) if whole > 0 else 1.0

    def arrivals(self, now: float, place: tuple[float, float], dark: float, phase: int, there: bool) -> list[float]:
        """When each responder begins to take people out of the water, after they fell in."""
        known, luck = self.known, self.luck
        if there:
            told = 0.0
        elif self.response.told < math.inf:
            told = self.response.told - now
        else:
            told = self.alarm_takes() if luck.call_water < known.alert_call_when_in_water else math.inf
        search = 0.0 if there else luck.search * self.mean_search(luck.located < known.alert_located, dark)
        here, (self.x, self.y) = (self.x, self.y), place
        times = []
        for index in range(len(self.responders) - 1):
            if there and index in self.response.come:
                times.append(known.rescue_standing_by + self.phases[phase].stand_off / known.rescue_search_speed)
            elif self.answers(index) and told < math.inf:
                times.append(max(self.there_at(index, now + told) - now, 0.0) + search + known.rescue_reaction)
            else:
                times.append(math.inf)
        self.x, self.y = here
        return [*times, luck.chance_find]

    def mean_search(self, located: bool, dark: float) -> float:
        """Of a random search, by day and by night in the shares there are of them."""
        known, weather = self.known, self.weather
        left = weather_factor(
            weather.wind_speed,
            weather.wave_height,
            known.search_moderate_wind,
            known.search_moderate_wave,
            known.search_rough_wind,
            known.search_rough_wave,
            known.search_small_moderate,
            known.search_small_rough,
        )
        area = math.pi * (known.rescue_search_radius if located else known.rescue_unlocated_radius) ** 2
        by_day = area / (known.rescue_sweep_width_day * left * known.rescue_search_speed)
        return float(dark * by_day / known.search_night_share + (1.0 - dark) * by_day)

    def in_water(self, people: float, jackets: float, taken: float, longest: float, arrivals: Sequence[float]) -> Fate:
        """From moment to moment some die; those alive are lifted out as fast as can be, while there is room."""
        world, known, boat = self.world, self.known, self.boat
        moments = world.moments
        shares = np.array([1.0 - boat.women - boat.children, boat.women, boat.children])
        shares = np.column_stack([shares * (1.0 - jackets), shares * jackets]).ravel()
        first = min(*arrivals, longest)
        start = max(index for index, moment in enumerate(moments) if moment <= first)
        alive = people * shares * world.alive[self.draw, :, start]
        dead, rescued, injured, aboard = people - alive.sum(), 0.0, 0.0, taken
        over = moments[start]
        for index in range(start + 1, len(moments)):
            if alive.sum() <= 1e-9 * people or moments[index - 1] >= longest:
                break
            since, over = moments[index - 1], moments[index]
            before = alive.sum()
            alive = alive * world.lives_on[self.draw, :, index]
            dead += before - alive.sum()
            there = [(one, time) for one, time in zip(self.responders, arrivals, strict=True) if time < over]
            lifts = sum(one.recovery_rate * (over - max(since, time)) for one, time in there)
            out = min(lifts, sum(one.capacity for one, _ in there) - aboard, alive.sum())
            if out > 0.0:
                alive = alive * (1.0 - out / alive.sum())
                aboard += out
                die_later = out * world.after_recovery[self.draw, index]
                dead += die_later
                rescued += out - die_later
                cold = known.injury_cold_share * min(1.0, over / known.injury_cold_after)
                injured += (out - die_later) * cold
        return Fate(dead, float(alive.sum()), rescued, injured, over)


def outcome(answer: Answer, known: np.void) -> dict[str, float]:
    """The answer under the names that the kernel reports."""
    crew = float(known["crew_exposed"])
    hurt = -crew * math.expm1(-answer.crew_injured / crew)  # nobody is hurt twice
    return {
        "deaths": answer.dead,
        "p_any_death": 1.0 - answer.distribution[0],
        "serious_injuries": answer.injured,
        "responder_deaths": hurt * float(known["crew_death_share"]),
        "responder_serious_injuries": hurt,
        "ashore_uk": answer.ashore[UK],
        "ashore_fr": answer.ashore[FRANCE],
        "ashore_other": answer.ashore[OTHER],
        "aboard_boat": answer.aboard_boat,
        "aboard_responder": answer.rescued,
        "in_water": answer.in_water,
        "dead": answer.dead,
        "safe_after": answer.safe_at,
        "steps": float(answer.steps),
        "x": answer.end[0],
        "y": answer.end[1],
        "arrived": float(sum(1 << index for index in answer.come)),
        "met_at": answer.met_at,
        "nobody_before": answer.nobody_before,
        **{f"deaths_{cause}": deaths for cause, deaths in answer.deaths.items()},
        **{f"events_{cause}": chance for cause, chance in answer.events.items()},
    }
