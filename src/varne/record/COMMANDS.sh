#!/usr/bin/env bash
# Checks a bundle with openssl, sha256sum and the usual tools of a shell, without Varne and without Python.
# It needs OpenSSL 3 or newer (LibreSSL, as on a Mac, judges no stamp at its own time) and GNU tools.
# Run it inside the bundle:   bash COMMANDS.sh ['name+0123abcd+BASE64' [CERTIFICATES [ENTRIES]]]
# The key of the log, and the file with the certificates (PEM) of the authority that stamped, should come from somebody
# you trust, not from the bundle; without them those of the bundle are used, and that is no pass. CERTIFICATES may be
# none, where time stamps are not asked for. Who asked for some entries alone says which: 0,5-9.
# Exit code 0: all of it was checked and holds. 1: something does not hold. 3: something could not be checked. 2: wrong
# call.
set -euo pipefail
export LC_ALL=C.UTF-8
shopt -s nullglob
fail() { echo "   FAILED: $*"; exit 1; }
rest=0
unsure() { echo "   not checked: $*"; rest=3; }
wrong() { echo "COMMANDS.sh: $*" >&2; exit 2; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
VKEY=${1:-} CERTIFICATES=${2:-} ENTRIES=${3:-}
LEAF='{"commit":"%s","schema":"varne.leaf/v1"}'
[ -z "$ENTRIES" ] || [[ $ENTRIES =~ ^[0-9]{1,9}(-[0-9]{1,9})?(,[0-9]{1,9}(-[0-9]{1,9})?)*$ ]] ||
    wrong "$ENTRIES is not written as numbers and ranges of entries, such as 0,5-9"
[ -z "$CERTIFICATES" ] || [ "$CERTIFICATES" = none ] || { [ -f "$CERTIFICATES" ] && grep -q 'BEGIN CERTIFICATE' "$CERTIFICATES"; } ||
    wrong "$CERTIFICATES holds no certificate (PEM)"

echo "1. every file is what SHA256SUMS says, and no other is here"
[ -z "$(find . ! -type f ! -type d -print -quit)" ] || fail "$(find . ! -type f ! -type d -print -quit) is no plain file"
[ -z "$(find . -name '*[[:cntrl:]\\]*' -print -quit)" ] || fail "the name of a file holds a control sign or a backslash"
[ -f SHA256SUMS ] || fail "SHA256SUMS is missing"
! grep -qvE '^[0-9a-f]{64}  [^ ]' SHA256SUMS || fail "SHA256SUMS holds something else than sums"
cut -c67- SHA256SUMS | sort > "$work/listed"
find . -type f ! -path ./SHA256SUMS | cut -c3- | sort > "$work/here"
diff "$work/listed" "$work/here" > "$work/other" ||
    fail "what SHA256SUMS lists (<) is not what is here (>): $(sed -n 2p "$work/other")"
sha256sum --quiet --strict --check SHA256SUMS || fail "files were changed"
for name in checkpoint leaves policy; do [ -f "$name" ] || fail "$name is missing"; done
for name in files/*; do echo "${name#files/}  $name"; done > "$work/files"
[ ! -s "$work/files" ] || sha256sum --quiet --strict --check "$work/files" || fail "a file is not what its name says"
echo "   ok"

[ -n "$VKEY" ] || {
    origin=$(sed -n 1p checkpoint)
    VKEY=$(awk -v origin="$origin" '$1 == "log" && index($2, origin "+") == 1 {print $2; exit}' policy)
    unsure "whose key it is: it came with the bundle. Compare it by another way, and name it: $VKEY"
}
echo "2. the checkpoint is signed by $VKEY"
NAME=${VKEY%%+*}
signed() { # checkpoint, key: whether that key has signed it; a signature of it over other bytes fails
    name=${2%%+*} id=$(printf %s "$2" | cut -d+ -f2)
    { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'
      printf %s "$2" | cut -d+ -f3- | base64 -d | tail -c 32; } > "$work/key.der" # base64 may hold a plus itself
    awk '/^$/ {exit} {print}' "$1" > "$work/body"
    found=no
    while read -r line; do
        printf %s "$line" | base64 -d > "$work/line"
        [ "$(head -c 4 "$work/line" | od -An -tx1 | tr -d ' \n')" = "$id" ] || continue
        found=yes
        tail -c +5 "$work/line" > "$work/signature"
        openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/body" \
            -sigfile "$work/signature" > /dev/null || fail "the signature of $1 is not over its text"
    done < <(grep -F -- "— $name " "$1" | cut -d' ' -f3)
    [ "$found" = yes ]
}
logged=() # the keys that entries introduce
while read -r line; do logged+=("$line"); done < <(find entries -name '*.json' -print0 |
    xargs -0 -r grep -hoE '"vkey":"[^"+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+"' | cut -d'"' -f4 | sort -u)
if signed checkpoint "$VKEY"; then
    echo "   ok"
elif find entries -name '*.json' -print0 | xargs -0 -r grep -qF "\"vkey\":\"$VKEY\""; then
    unsure "it is not signed by this key, which the log has had; verify.py follows the change of key"
else
    fail "not signed by this key"
fi
[ "$NAME" = "$(sed -n 1p checkpoint)" ] || echo "   note: the key has another name than the log, $(sed -n 1p checkpoint)"

hashed() { # folder: hashes of its files 0, 1, 2 and so on
    seq 0 $(($(find "$1" -type f | wc -l) - 1)) | (cd "$1" && xargs -r sha256sum) | cut -c1-64
}
echo "3. each entry is what its leaf commits to, and its leaf is in the list of all leaves"
! grep -qvxE '[0-9a-f]{64}' leaves || fail "leaves holds something else than hashes"
mapfile -t leaf < leaves
mkdir "$work/leaves" "$work/bodies"
numbers=() given=()
for file in entries/*; do
    n=${file#entries/} n=${n%%.*}
    [[ $file =~ ^entries/(0|[1-9][0-9]{0,17})\.(leaf|json|salt|tlog-proof)$ ]] || fail "$file is no file of an entry"
    [ -f "entries/$n.leaf" ] || fail "$file belongs to no entry: it has no leaf"
    case $file in
    *.leaf)
        text=
        IFS= read -r -d '' text < "$file" || true
        printf '\x00%s' "$text" > "$work/leaves/${#numbers[@]}"
        numbers+=("$n")
        ;;
    *.json)
        [ -f "entries/$n.salt" ] || fail "$file has no salt"
        cat "entries/$n.salt" "$file" > "$work/bodies/${#given[@]}"
        given+=("$n")
        ;;
    *.salt) [ -f "entries/$n.json" ] || fail "$file belongs to no entry with content" ;;
    esac
done
# So many bytes has a leaf: nothing stands behind what the shell has read of it.
printf -v one "$LEAF" "sha256:$(printf '%064d' 0)"
[ -z "$(find entries -name '*.leaf' ! -size "${#one}c" -print -quit)" ] || fail "a leaf is no commitment"
[ -z "$(find entries -name '*.salt' ! -size 32c -print -quit)" ] || fail "a salt has not 32 bytes"
i=0
while read -r hash; do
    [ "${leaf[${numbers[i]}]:-}" = "$hash" ] || fail "entry ${numbers[i]} is not in leaves"
    i=$((i + 1))
done < <(hashed "$work/leaves")
i=0
while read -r hash; do
    printf -v text "$LEAF" "sha256:$hash"
    IFS= read -r -d '' one < "entries/${given[i]}.leaf" || true
    [ "$text" = "$one" ] || fail "entry ${given[i]} is not what its leaf commits to"
    i=$((i + 1))
done < <(hashed "$work/bodies")
echo "   ok"

echo "4. no content is missing that no entry accounts for"
declare -A told=() asked=()
while read -r by commit about; do # an entry says of one before it, by number and commitment, that it is not given away
    [ "$about" -lt "$by" ] || continue
    printf -v text "$LEAF" "$commit"
    [ "$(printf '\x00%s' "$text" | sha256sum | cut -c1-64)" = "${leaf[about]:-}" ] && told[$about]=yes
done < <(find entries -name '*.json' -print0 | xargs -0 -r grep -HE '"kind":"(redaction|correction)"' | sed -nE \
    's/^entries\/([0-9]+)\.json:.*"data":\{"commit":"(sha256:[0-9a-f]{64})",.*"(redacts|withholds)":([0-9]{1,18})\}.*/\1 \2 \4/p')
for part in ${ENTRIES//,/ }; do
    first=$((10#${part%-*})) last=$((10#${part#*-}))
    [ "$last" -lt "${#leaf[@]}" ] || fail "entry $last was asked for, and the log has ${#leaf[@]}, counted from 0"
    for ((n = first; n <= last; n++)); do asked[$n]=yes; done
done
absent=() missed=()
for ((n = 0; n < ${#leaf[@]}; n++)); do
    if [ ! -f "entries/$n.json" ] && [ -z "${told[$n]:-}" ]; then
        if [ -n "${asked[$n]:-}" ]; then missed+=("$n"); else absent+=("$n"); fi
    fi
done
[ ${#missed[@]} = 0 ] || fail "the content of entries ${missed[*]:0:20} was asked for, and is not here"
[ ${#told[@]} = 0 ] || echo "   entries of which others say that they are withheld or deleted: ${#told[@]}"
if [ ${#absent[@]} = 0 ]; then
    echo "   ok"
elif [ -n "$ENTRIES" ]; then
    echo "   note: ${#absent[@]} entries were not asked for; what they say was not checked, a change of key too"
else
    unsure "the content of ${#absent[@]} entries is not in this bundle: ${absent[*]:0:20}; whoever made it chose." \
        "If you asked for some alone, say which"
fi

find entries -name '*.json' -print0 |
    xargs -0 -r grep -ohE '\{"name":"([^"\\]|\\.)*","sha256":"[0-9a-f]{64}"\}' > "$work/named" || true
for name in files/*; do
    grep -qF "\"sha256\":\"${name#files/}\"" "$work/named" || fail "$name is named by no entry"
done
while read -r hash; do
    [ -f "files/$hash" ] || unsure "an answer or its numbers, which an entry names by the hash $hash, is not here"
done < <(sed -nE 's/^\{"name":"(answer|numbers)\.json","sha256":"([0-9a-f]+)"\}$/\2/p' "$work/named" | sort -u)

echo "5. the list of all leaves leads to the root that is signed"
cp leaves "$work/level.0"
top=0
while [ "$(wc -l < "$work/level.$top")" -gt 1 ]; do # two and two; what is left over waits in its level
    rm -rf "$work/nodes"; mkdir "$work/nodes"
    i=0
    while read -r pair; do
        printf "\\x01$pair" > "$work/nodes/$i"
        i=$((i + 1))
    done < <(paste -d '\0' - - < "$work/level.$top" | grep -xE '.{128}' | sed 's/../\\x&/g')
    top=$((top + 1))
    hashed "$work/nodes" > "$work/level.$top"
done
for ((level = 0; level <= top; level++)); do mapfile -t "level_$level" < "$work/level.$level"; done

leads() { # checkpoint: whether so many leaves as it says lead to the root that it says
    size=$(sed -n 2p "$1")
    [[ $size =~ ^[1-9][0-9]{0,17}$ ]] || fail "$1 has no number of entries"
    [ "${#leaf[@]}" -ge "$size" ] || fail "leaves holds fewer than the $size of $1"
    made=
    for ((level = 0; size >> level; level++)); do # whole trees of so many leaves, the smallest and last one first
        (((size >> level) & 1)) || continue
        declare -n nodes="level_$level"
        node=${nodes[(size >> level) - 1]}
        declare +n nodes
        made=${made:+$(printf "$(printf %s "01$node$made" | sed 's/../\\x&/g')" | sha256sum | cut -c1-64)}
        made=${made:-$node}
    done
    root=$(sed -n 3p "$1" | base64 -d | od -An -v -tx1 | tr -d ' \n') || fail "the root of $1 is not base64"
    [ "$made" = "$root" ] || fail "the leaves lead to another root than that of $1"
}
leads checkpoint
[ "${#leaf[@]}" = "$size" ] || fail "leaves holds more than the checkpoint covers"
echo "   ok"

echo "6. the log grew from every earlier checkpoint: its first leaves lead to that root"
grown=0
for over in checkpoints/*; do
    [[ $over =~ ^checkpoints/[0-9]+(\.consistency|\.cosig|(\.[0-9]+)?\.tsr)?$ ]] || fail "$over is no file of a checkpoint"
    [[ $over =~ ^checkpoints/[0-9]+$ ]] || { [ -f "${over%%.*}" ] || fail "$over belongs to no checkpoint"; continue; }
    [ "$(sed -n 1p "$over")" = "$(sed -n 1p checkpoint)" ] || fail "$over is of another log"
    [ "$(sed -n 2p "$over")" = "${over#checkpoints/}" ] || fail "$over is of another size than its name says"
    leads "$over"
    by=
    for key in "$VKEY" ${logged[@]+"${logged[@]}"}; do signed "$over" "$key" && by=$key && break; done
    [ -n "$by" ] || fail "$over is signed by no key that is here"
    [ -f "$over.consistency" ] || fail "$over.consistency is missing"
    grown=$((grown + 1))
    echo "   from $size entries"
done
[ "$grown" -gt 0 ] && echo "   ok" || unsure "that the log only grew: no earlier checkpoint is here"

echo "7. time stamps over earlier checkpoints"
stamped=0
cat authorities/*.pem < /dev/null > "$work/theirs.pem"
cat "$work/theirs.pem" > "$work/all.pem"
[ ! -f "$CERTIFICATES" ] || { echo; cat "$CERTIFICATES"; } >> "$work/all.pem"
[ -f "$CERTIFICATES" ] && roots=$CERTIFICATES || roots=$work/theirs.pem
takes() { # roots: whether openssl takes the stamp; certificates are judged at its time: a genuine old one would fail today
    openssl ts -verify -attime "$(date -u -d "$at" +%s)" -data "$over" -in "$token" -CAfile "$1" \
        -untrusted "$work/all.pem" > "$work/said" 2>&1
}
stranger() { grep -qE 'Verify error: ?(unable to (get|verify)|self.signed)' "$work/said"; }
for token in checkpoints/*.tsr; do
    [ "$CERTIFICATES" != none ] || break
    over=${token%%.*}
    [ "$(openssl asn1parse -inform DER -in "$token" 2>&1 | grep -cE '(:d=0 |^Error)')" = 1 ] ||
        fail "bytes stand after the end of $token"
    # of the token alone: the words of the status beside it are not signed, and might tell another time
    at=$(openssl ts -reply -in "$token" -token_out -text 2> /dev/null | sed -n 's/^Time stamp: //p' | head -n 1)
    [ -n "$at" ] || fail "$token has no time that can be read"
    if [ ! -s "$roots" ]; then
        unsure "$token of $at: no certificates of the authority are here"
    elif takes "$roots"; then
        echo "   $over at $at"
        [ "${over#checkpoints/}" -le "$stamped" ] || stamped=${over#checkpoints/}
    elif stranger && { [ ! -s "$work/theirs.pem" ] || takes "$work/theirs.pem" || stranger; }; then
        unsure "$token of $at: stamped by an authority that you did not name"
    else
        fail "openssl refuses $token"
    fi
done
if [ "$CERTIFICATES" = none ]; then
    echo "   not asked for"
else
    [ -f "$CERTIFICATES" ] || unsure "whose certificates those are: they came with the bundle. Name a file with ones you trust"
    late=()
    for n in "${numbers[@]}"; do
        [ "$n" -lt "$stamped" ] || { [ "$stamped" -gt 0 ] && [ -f "entries/$n.json" ] &&
            grep -qE '"kind":"key","logged":"[^"]*","outputs":' "entries/$n.json"; } || late+=("$n")
    done
    [ ${#late[@]} = 0 ] || unsure "when it was: no stamp that openssl takes is over entries ${late[*]:0:20}"
    [ $rest = 3 ] || echo "   ok"
fi
[ $rest = 3 ] && echo "What could be checked holds; something could not be checked." || echo "All of this holds."
echo "Countersignatures of witnesses, changes of key, and the form and the times of entries are checked by verify.py."
exit $rest
