"""
Public keys of Ed25519 as points of a curve: which of them sign nothing that counts.

A key of low order accepts the same signature for many texts, and a key in a form that is not the canonical one is two
keys to those who compare bytes. The library that checks signatures takes both, so they are told apart here.
"""

from varne.errors import BadKey

# RFC 8032, section 5.1: the field, the curve -x^2 + y^2 = 1 + d x^2 y^2, a square root of -1.
_PRIME = 2**255 - 19
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME
_ROOT_OF_MINUS_ONE = pow(2, (_PRIME - 1) // 4, _PRIME)
_COFACTOR_DOUBLINGS = 3  # the cofactor is 8
_KEY_SIZE = 32

Point = tuple[int, int]


def check_public_key(public: bytes) -> None:
    """
    Refuse a public key that a signature should not be trusted with.

    Parameters
    ----------
    public : bytes
        32 of them, as RFC 8032 writes a key. [1]

    Raises
    ------
    BadKey
        If it is no point of the curve, is not written in the one canonical form, or has a low order.

    References
    ----------
    RFC 8032, section 5.1.3; for what goes wrong: C2SP CCTV, ed25519vectors.

    Examples
    --------
    >>> check_public_key(bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
    >>> check_public_key(bytes(32))
    Traceback (most recent call last):
    varne.errors.BadKey: Public key 00000000...00000000 has a low order: one signature fits many texts. ...
    """
    shown = f"{public[:4].hex()}...{public[-4:].hex()}"
    remedy = "Ask its owner for the key again, and compare it by another way."
    if len(public) != _KEY_SIZE:
        raise BadKey(f"Public key {shown} has {len(public)} bytes; Ed25519 has {_KEY_SIZE}. {remedy}")
    point = _point(public)
    if point is None:
        raise BadKey(f"Public key {shown} is no point of the curve, or not in its canonical form. {remedy}")
    for _ in range(_COFACTOR_DOUBLINGS):
        point = _sum(point, point)
    if point == (0, 1):
        raise BadKey(f"Public key {shown} has a low order: one signature fits many texts. {remedy}")


def _point(public: bytes) -> Point | None:
    """The point that bytes say; nothing where they say none, or say it in a second way."""
    number = int.from_bytes(public, "little")
    y, odd = number & (2**255 - 1), number >> 255
    if y >= _PRIME:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME) % _PRIME
    x = pow(square, (_PRIME + 3) // 8, _PRIME)
    if (x * x - square) % _PRIME:
        x = x * _ROOT_OF_MINUS_ONE % _PRIME
    if (x * x - square) % _PRIME or (x == 0 and odd):
        return None
    return (_PRIME - x if x % 2 != odd else x, y)


def _sum(one: Point, other: Point) -> Point:
    (x1, y1), (x2, y2) = one, other
    product = _D * x1 * x2 * y1 * y2 % _PRIME
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, _PRIME) % _PRIME
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, _PRIME) % _PRIME
    return x, y
