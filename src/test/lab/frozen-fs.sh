#!/bin/bash
# frozen-fs.sh [N]
#
# N processes (default 1) in true uninterruptible sleep: each writes to a frozen ext4 on a loop
# device, in a private mount namespace. Prints "frozen PID..." once all of them show D, then waits
# for a line on stdin, its end, SIGUSR1 or SIGTERM; thaws, whereupon the writers end, prints "thawed N" (how many of them could write) and exits.
#
# A SIGKILL of a writer stays pending until the thaw. A guardian thaws and tidies up however this
# script ends, by SIGKILL too: it reads a pipe that only this script holds open.
set -u
if [ "${1-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "frozen-fs: needs root" >&2; exit 2; }
  exec unshare --mount --propagation private -- bash "$(readlink -f -- "$0")" --inside "${1:-1}"
fi
n=$2
dir=$(mktemp -d "${TMPDIR:-/tmp}/medicd-frozen.XXXXXX") || exit 2

guard() {
  trap '' INT TERM HUP USR1
  cat > /dev/null                         # until the pipe is closed
  fsfreeze -u "$dir/fs" 2> /dev/null
  for ((i = 0; i < 100; i++)); do umount "$dir/fs" 2> /dev/null && break; mountpoint -q "$dir/fs" || break; sleep 0.05; done
  rm -rf --one-file-system "$dir"
}
export -f guard
export dir
exec {pipe}> >(exec setsid bash -c guard)
guardian=$!
finish() {
  trap '' INT TERM HUP USR1
  exec {pipe}>&-
  wait "$guardian"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' HUP

set -e
truncate -s 64M "$dir/image"
mkfs.ext4 -q -O ^has_journal "$dir/image"
mkdir "$dir/fs"
mount -o loop "$dir/image" "$dir/fs"
fsfreeze -f "$dir/fs"
set +e

writers=()
for ((i = 0; i < n; i++)); do
  dd if=/dev/zero of="$dir/fs/$i" bs=4k count=1 conv=fsync status=none {pipe}>&- < /dev/null &
  writers+=($!)
done
for pid in "${writers[@]}"; do
  for ((i = 0; i < 200; i++)); do
    read -r line < "/proc/$pid/stat" && line=${line##*) } && [ "${line%% *}" = D ] && continue 2
    sleep 0.05
  done
  echo "frozen-fs: process $pid does not wait for the file system" >&2
  exit 1
done
echo "frozen ${writers[*]}"

exec 3>&2 2> /dev/null   # bash would report each writer that a test has killed
trap ':' USR1 TERM
head -n 1 <&0 > /dev/null {pipe}>&- &
wait $!
kill $!
fsfreeze -u "$dir/fs" 2>&3 || exit 1
written=0
for pid in "${writers[@]}"; do wait "$pid" && written=$((written + 1)); done
echo "thawed $written"
