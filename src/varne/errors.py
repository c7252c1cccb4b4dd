"""Errors that a person can act on: each names the field, quotes the value and says the remedy."""


class VarneError(Exception):
    """Anything Varne refuses to do, in one sentence for the person who asked."""


class BadInput(VarneError):
    """The question cannot be answered as it was put."""


class BadScenario(BadInput):
    """A scenario names an impossible boat, sea, place, time or crowd."""


class BadPosition(BadScenario):
    """A position cannot be read, lies on land, or lies outside the sea that Varne knows."""


class BadTime(BadScenario):
    """A time cannot be read or lies outside the tables."""


class BadBoat(BadScenario):
    """A boat that cannot float or carry what it is said to carry."""


class BadWeather(BadScenario):
    """Wind, waves or temperatures that do not occur in the Channel."""


class BadFact(BadInput):
    """A number about the world without a source, with a wrong unit, or out of its range."""


class UnknownName(BadInput):
    """An option, fact, field or station that Varne has not heard of."""


class BadMembers(BadInput):
    """A number of members that cannot be computed."""


class NoData(VarneError):
    """The sea has no value at that place and time; it is never taken as zero."""


class BadFile(BadInput):
    """A file of forecasts, observations or ships that cannot be read, understood, or used for the question."""


class BadPolicy(BadInput):
    """A policy, a cost or a claim that contradicts itself, names what does not exist, or lacks its source."""


class BadProof(VarneError):
    """A proof of a log does not prove what it is said to."""


class BadKey(BadInput):
    """A key that cannot be read, is weak, or lies where others can read it."""


class BadNote(VarneError):
    """A signed text, checkpoint or policy that is malformed or not signed by whom it should be."""


class BadEntry(BadInput):
    """An entry that a log cannot hold."""


class BadRecord(VarneError):
    """A log that does not agree with itself, with what it has signed, or with the clock."""


class HeldRecord(BadRecord):
    """A log that another writer has; it is free again when that one has ended."""


class BadToken(VarneError):
    """A time stamp over other bytes, of another authority, or none at all."""


class UnnamedAuthority(BadToken):
    """A stamp that is sound, by an authority that nobody named: its certificates could not be checked."""

    def __init__(self, sentence: str, authority: str) -> None:
        super().__init__(sentence)
        self.authority = authority


class NoAnswer(VarneError):
    """A computer that was asked over the network, and from which no answer came."""
