#!/usr/bin/env bash
# Checks a bundle with openssl, sha256sum and the usual tools of a shell, without Varne and without Python.
# Run it inside the bundle:   bash COMMANDS.sh ['name+0123abcd+BASE64']
# The key of the log should come from somebody you trust, not from the bundle; without one, that in policy is used.
set -euo pipefail
export LC_ALL=C.UTF-8
shopt -s nullglob
fail() { echo "   FAILED: $*"; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
VKEY=${1:-$(awk '$1 == "log" {print $2; exit}' policy)}
[ $# -gt 0 ] || echo "NOTE: the key came with the bundle; compare it by another way: $VKEY"

echo "1. every file is what SHA256SUMS says"
sha256sum --quiet --strict --check SHA256SUMS || fail "files were changed"
echo "   ok"

signed() { # file: whether the key signed a checkpoint
    NAME=${VKEY%%+*}
    { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'
      printf %s "$VKEY" | cut -d+ -f3- | base64 -d | tail -c 32; } > "$work/key.der" # base64 may hold a plus itself
    awk '/^$/ {exit} {print}' "$1" > "$work/body"
    ID=$(printf %s "$VKEY" | cut -d+ -f2)
    found=no
    while read -r line; do
        printf %s "$line" | base64 -d > "$work/line"
        [ "$(head -c 4 "$work/line" | od -An -tx1 | tr -d ' \n')" = "$ID" ] || continue
        found=yes
        tail -c +5 "$work/line" > "$work/signature"
        openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/body" \
            -sigfile "$work/signature" || fail "the signature of $1 is not over its text"
    done < <(grep -F -- "— $NAME " "$1" | cut -d' ' -f3)
    [ "$found" = yes ] || fail "not signed by this key; a change of keys is followed by verify.py"
}
echo "2. the checkpoint is signed by $VKEY"
signed checkpoint

echo "3. each entry is what its leaf commits to, and its leaf is in the list of all leaves"
! grep -qvxE '[0-9a-f]{64}' leaves || fail "leaves holds something else than hashes"
for leaf in entries/*.leaf; do
    n=$(basename "$leaf" .leaf)
    [[ $n =~ ^(0|[1-9][0-9]{0,17})$ ]] || fail "$leaf is no number of an entry"
    hash=$({ printf '\x00'; cat "$leaf"; } | sha256sum | cut -d' ' -f1)
    [ "$(sed -n "$((n + 1))p" leaves)" = "$hash" ] || fail "entry $n is not in leaves"
    if [ -e "entries/$n.json" ]; then
        commit=$(cat "entries/$n.salt" "entries/$n.json" | sha256sum | cut -d' ' -f1)
        [ "$(cat "$leaf")" = "{\"commit\":\"sha256:$commit\",\"schema\":\"varne.leaf/v1\"}" ] ||
            fail "entry $n is not what its leaf commits to"
    else
        echo "   entry $n: its body is withheld or deleted"
    fi
done
echo "   ok"

leads() { # checkpoint: whether so many leaves as it says lead to the root that it says
    size=$(sed -n 2p "$1")
    [[ $size =~ ^[1-9][0-9]{0,17}$ ]] || fail "$1 has no number of entries"
    head -n "$size" leaves > "$work/level"
    [ "$(wc -l < "$work/level")" = "$size" ] || fail "leaves holds fewer than the $size of $1"
    while [ "$(wc -l < "$work/level")" -gt 1 ]; do
        while read -r left; do
            if read -r right; then
                { printf '\x01'; printf %s "$left$right" | xxd -r -p; } | sha256sum | cut -d' ' -f1
            else
                echo "$left"
            fi
        done < "$work/level" > "$work/above"
        mv "$work/above" "$work/level"
    done
    root=$(sed -n 3p "$1" | base64 -d | od -An -v -tx1 | tr -d ' \n') || fail "the root of $1 is not base64"
    [ "$(cat "$work/level")" = "$root" ] || fail "the leaves lead to another root than that of $1"
}
echo "4. the list of all leaves leads to the root that is signed (slow for many entries)"
leads checkpoint
[ "$(wc -l < leaves)" = "$(sed -n 2p checkpoint)" ] || fail "leaves holds more than the checkpoint covers"
echo "   ok"

echo "5. the log grew from every earlier checkpoint: its first leaves lead to that root"
for over in checkpoints/*; do
    [[ $over =~ ^checkpoints/[0-9]+$ ]] || continue
    [ "$(sed -n 1p "$over")" = "$(sed -n 1p checkpoint)" ] || fail "$over is of another log"
    [ "$(sed -n 2p "$over")" = "${over#checkpoints/}" ] || fail "$over is of another size than its name says"
    leads "$over"
    echo "   from $size entries"
done
echo "   ok"

echo "6. time stamps over earlier checkpoints"
cat authorities/*.pem < /dev/null > "$work/authorities.pem"
for token in checkpoints/*.tsr; do
    over=${token%.tsr}
    [ -e "$over" ] || over=${over%.*}
    # of the token alone: the words of the status beside it are not signed, and might tell another time
    at=$(openssl ts -reply -in "$token" -token_out -text 2>/dev/null | sed -n 's/^Time stamp: //p' | head -n 1)
    [ -n "$at" ] || fail "$token has no time that can be read"
    echo "   $over at $at; whether its authority is to be trusted is for you"
    # certificates are judged at the time of the stamp: a genuine old one would fail today
    openssl ts -verify -attime "$(date -u -d "$at" +%s)" -data "$over" -in "$token" \
        -CAfile "$work/authorities.pem" -untrusted "$work/authorities.pem" || fail "openssl refuses $token"
done
echo "   ok"
echo "All of this holds. Countersignatures of witnesses are checked by verify.py."
[ $# -gt 0 ] || { echo "Whose key it is was not checked: name the one that you trust."; exit 3; }
