#!/usr/bin/env bash
# Checks a bundle with openssl, sha256sum and the usual tools of a shell, without Varne and without Python.
# Run it inside the bundle:   bash COMMANDS.sh ['name+0123abcd+BASE64']
# The key of the log should come from somebody you trust, not from the bundle; without one, that in policy is used.
set -euo pipefail
export LC_ALL=C.UTF-8
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
VKEY=${1:-$(awk '$1 == "log" {print $2; exit}' policy)}
[ $# -gt 0 ] || echo "NOTE: the key came with the bundle; compare it by another way: $VKEY"

echo "1. every file is what SHA256SUMS says"
sha256sum --quiet --check SHA256SUMS
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
            -sigfile "$work/signature"
    done < <(grep -F -- "— $NAME " "$1" | cut -d' ' -f3)
    [ "$found" = yes ] || { echo "   FAILED: not signed by this key; a change of keys is followed by verify.py"; exit 1; }
}
echo "2. the checkpoint is signed by $VKEY"
signed checkpoint

echo "3. each entry is what its leaf commits to, and its leaf is in the list of all leaves"
for leaf in entries/*.leaf; do
    n=$(basename "$leaf" .leaf)
    hash=$({ printf '\x00'; cat "$leaf"; } | sha256sum | cut -d' ' -f1)
    [ "$(sed -n "$((n + 1))p" leaves)" = "$hash" ] || { echo "   entry $n is not in leaves"; exit 1; }
    if [ -e "entries/$n.json" ]; then
        commit=$(cat "entries/$n.salt" "entries/$n.json" | sha256sum | cut -d' ' -f1)
        grep -qF "sha256:$commit" "$leaf" || { echo "   entry $n is not what its leaf commits to"; exit 1; }
    else
        echo "   entry $n: its body is withheld or deleted"
    fi
done
echo "   ok"

echo "4. the list of all leaves leads to the root that is signed (slow for many entries)"
cp leaves "$work/level"
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
root=$(sed -n 3p checkpoint | base64 -d | od -An -v -tx1 | tr -d ' \n')
[ "$(cat "$work/level")" = "$root" ] && echo "   ok" || { echo "   another root"; exit 1; }

echo "5. time stamps over earlier checkpoints"
cat authorities/*.pem > "$work/authorities.pem" 2>/dev/null || true
for token in checkpoints/*.tsr; do
    [ -e "$token" ] || { echo "   there are none"; break; }
    over=${token%.tsr}
    [ -e "$over" ] || over=${over%.*}
    at=$(openssl ts -reply -in "$token" -text 2>/dev/null | sed -n 's/^Time stamp: //p')
    echo "   $over at $at"
    # certificates are judged at the time of the stamp: a genuine old one would fail today
    openssl ts -verify -attime "$(date -u -d "$at" +%s)" -data "$over" -in "$token" \
        -CAfile "$work/authorities.pem" -untrusted "$work/authorities.pem"
done
