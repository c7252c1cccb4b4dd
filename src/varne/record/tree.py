"""
A Merkle tree over the entries of a log: what it grew from, and proofs of it.

The tree of RFC 6962 with SHA-256: a leaf is the hash of 0x00 and the entry, a node that of 0x01 and the two hashes
below it. A range of leaves is split at the largest power of two below its length; the hash of none is that of nothing.

    root of 3 leaves            node(node(a, b), c)
    that leaf 0 is among them   b, then c
    that they grew from 2       c (the first two have one node, which is their root)

Functions come in pairs: what is proved here is checked here, and by anyone else who has the RFC.
"""

import hashlib
from collections.abc import Callable, Sequence

from varne.errors import BadProof

Subtree = Callable[[int, int], bytes]
_SIZE = hashlib.sha256().digest_size


def leaf_hash(entry: bytes) -> bytes:
    """
    Hash an entry.

    Parameters
    ----------
    entry : bytes
        As it stands in the log. [1]

    Returns
    -------
    bytes
        32 of them.

    References
    ----------
    RFC 6962, section 2.1.

    Examples
    --------
    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """
    Hash two nodes into the one above them.

    Parameters
    ----------
    left, right : bytes
        Their hashes. [1]

    Returns
    -------
    bytes

    References
    ----------
    RFC 6962, section 2.1.

    Examples
    --------
    >>> node_hash(leaf_hash(b""), leaf_hash(b"\\x00")).hex()[:16]
    'fac54203e7cc696c'
    """
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """
    Return the root of a tree.

    Parameters
    ----------
    hashes : sequence of bytes
        Of its leaves, in order. [1]

    Returns
    -------
    bytes

    Examples
    --------
    >>> root_of([]).hex()[:16], root_of([leaf_hash(b"")]) == leaf_hash(b"")
    ('e3b0c44298fc1c14', True)
    """
    if not hashes:
        return hashlib.sha256(b"").digest()
    level = list(hashes)
    while len(level) > 1:
        pairs = [node_hash(*level[place : place + 2]) for place in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]  # an odd one goes up as it is
    return level[0]


def subtree_of(hashes: Sequence[bytes]) -> Subtree:
    """
    Return the roots of ranges of leaves that are at hand.

    Parameters
    ----------
    hashes : sequence of bytes
        Of all leaves. [1]

    Returns
    -------
    callable
        From the first leaf of a range and the first after it to the root of those between.

    Examples
    --------
    >>> leaves = [leaf_hash(b"a"), leaf_hash(b"b")]
    >>> subtree_of(leaves)(0, 2) == node_hash(*leaves)
    True
    """
    return lambda start, end: root_of(hashes[start:end])


def prove_inclusion(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """
    Prove that a leaf is in a tree.

    Parameters
    ----------
    index : int
        Of the leaf, from 0. [1]
    size : int
        Of the tree. [1]
    subtree : callable
        Root of a range of leaves. [1]

    Returns
    -------
    tuple of bytes
        From the leaf's sister up.

    Raises
    ------
    BadProof
        If there is no such leaf.

    References
    ----------
    RFC 6962, section 2.1.1.

    Examples
    --------
    >>> leaves = [leaf_hash(entry) for entry in (b"a", b"b", b"c")]
    >>> proof = prove_inclusion(0, 3, subtree_of(leaves))
    >>> proof == (leaves[1], leaves[2])
    True
    """
    if not 0 <= index < size:
        raise BadProof(f"There is no entry {index} in a log of {size}; the last is {size - 1}.")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _largest_power_below(end - start)
        if index < split:
            proof.append(subtree(split, end))
            end = split
        else:
            proof.append(subtree(start, split))
            start = split
    return tuple(reversed(proof))


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """
    Check that a leaf is in a tree.

    Parameters
    ----------
    index : int
        Of the leaf, from 0. [1]
    size : int
        Of the tree. [1]
    leaf : bytes
        Hash of the entry. [1]
    proof : sequence of bytes
        From :func:`prove_inclusion`. [1]
    root : bytes
        Of the tree. [1]

    Raises
    ------
    BadProof
        If it does not follow that the leaf is there.

    References
    ----------
    RFC 9162, section 2.1.3.2.

    Examples
    --------
    >>> leaves = [leaf_hash(entry) for entry in (b"a", b"b", b"c")]
    >>> check_inclusion(2, 3, leaves[2], prove_inclusion(2, 3, subtree_of(leaves)), root_of(leaves))
    >>> check_inclusion(2, 3, leaves[1], prove_inclusion(2, 3, subtree_of(leaves)), root_of(leaves))
    Traceback (most recent call last):
    varne.errors.BadProof: Entry 2 is not proved to be in the log of 3: the proof leads to another root.
    """
    _need_hashes((leaf, root, *proof))
    if not 0 <= index < size:
        raise BadProof(f"There is no entry {index} in a log of {size}; the last is {size - 1}.")
    place, last, found = index, size - 1, leaf
    for node in proof:
        if last == 0:
            raise BadProof(f"Entry {index} is not proved to be in the log of {size}: the proof is too long.")
        if place % 2 or place == last:
            found = node_hash(node, found)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            found = node_hash(found, node)
        place, last = place // 2, last // 2
    if last:
        raise BadProof(f"Entry {index} is not proved to be in the log of {size}: the proof is too short.")
    if found != root:
        raise BadProof(f"Entry {index} is not proved to be in the log of {size}: the proof leads to another root.")


def prove_consistency(old: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """
    Prove that a tree has grown from a smaller one.

    Parameters
    ----------
    old : int
        Size of the smaller; from nothing everything grows, and nothing is proved. [1]
    size : int
        Of the tree. [1]
    subtree : callable
        Root of a range of leaves. [1]

    Returns
    -------
    tuple of bytes

    Raises
    ------
    BadProof
        If the old size is 0 or larger than the new.

    References
    ----------
    RFC 6962, section 2.1.2.

    Examples
    --------
    >>> leaves = [leaf_hash(entry) for entry in (b"a", b"b", b"c")]
    >>> prove_consistency(2, 3, subtree_of(leaves)) == (leaves[2],)
    True
    """
    if not 0 < old <= size:
        raise BadProof(
            f"A log of {size} cannot be proved to have grown from one of {old}; name a size from 1 to {size}."
        )
    proof: list[bytes] = []
    start, end, whole = 0, size, True
    while old < end:
        split = start + _largest_power_below(end - start)
        if old <= split:
            proof.append(subtree(split, end))
            end = split
        else:
            proof.append(subtree(start, split))
            start, whole = split, False
    if not whole:
        proof.append(subtree(start, end))
    return tuple(reversed(proof))


def check_consistency(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    """
    Check that a tree has grown from a smaller one.

    Parameters
    ----------
    old, size : int
        Of the two trees. [1]
    old_root, root : bytes
        Theirs. [1]
    proof : sequence of bytes
        From :func:`prove_consistency`; empty where the sizes are equal. [1]

    Raises
    ------
    BadProof
        If it does not follow that nothing of the smaller was changed or lost.

    References
    ----------
    RFC 9162, section 2.1.4.2.

    Examples
    --------
    >>> leaves = [leaf_hash(entry) for entry in (b"a", b"b", b"c")]
    >>> proof = prove_consistency(2, 3, subtree_of(leaves))
    >>> check_consistency(2, 3, root_of(leaves[:2]), root_of(leaves), proof)
    """
    if not 0 < old <= size:
        raise BadProof(f"A log of {size} cannot have grown from one of {old}; name a size from 1 to {size}.")
    if old == size:
        if proof or old_root != root:
            raise BadProof(f"Two logs of {size} are the same only with one root and an empty proof.")
        return
    _need_hashes((old_root, root, *proof))
    nodes = list(proof)
    if old & (old - 1) == 0:  # the old root is a node of the new tree, and is not sent
        nodes.insert(0, old_root)
    if not nodes:
        raise BadProof(f"That the log of {size} grew from one of {old} is not proved: the proof is too short.")
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place // 2, last // 2
    before = after = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            raise BadProof(f"That the log of {size} grew from one of {old} is not proved: the proof is too long.")
        if place % 2 or place == last:
            before, after = node_hash(node, before), node_hash(node, after)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            after = node_hash(after, node)
        place, last = place // 2, last // 2
    if last:
        raise BadProof(f"That the log of {size} grew from one of {old} is not proved: the proof is too short.")
    if before != old_root or after != root:
        raise BadProof(f"That the log of {size} grew from one of {old} is not proved: the proof leads to another root.")


def _largest_power_below(count: int) -> int:
    """The largest power of two that is less than a count of two or more."""
    return 1 << ((count - 1).bit_length() - 1)


def _need_hashes(hashes: Sequence[bytes]) -> None:
    wrong = [len(one) for one in hashes if len(one) != _SIZE]
    if wrong:
        raise BadProof(f"A hash in the proof has {wrong[0]} bytes; SHA-256 has {_SIZE}.")
