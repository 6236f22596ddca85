#!/bin/bash
# beside-what-hangs.sh FOLDER MMAP-LOCK COMMAND [ARGUMENT]...
#
# Runs a command beside all that can hang a reader: a FUSE file system whose server never answers, with a process that
# waits for it, and a process whose mmap lock is held (by the program MMAP-LOCK, built from mmap-lock.c). FOLDER/state
# becomes a file system of its own that can be frozen. In private mount and pid namespaces; needs root.
#
# Before the command begins, FOLDER/hangs gets the pids of the two processes. Proves first that both really hold up a reader.
set -eu
if [ "${1-}" != --inside ]; then
  exec bash "$(dirname -- "$(readlink -f -- "$0")")/hung-fuse.sh" \
    unshare --mount --pid --fork --mount-proc --kill-child -- bash "$(readlink -f -- "$0")" --inside "$@"
fi
folder=$2 lock=$3
command=("${@:4:$#-5}")
hung=${*: -2:1} good=${*: -1:1}

truncate -s 14M "$good/image"
mkfs.ext4 -q -O ^has_journal "$good/image"
mkdir -p "$folder/state" "$folder/lock"
mount -o loop "$good/image" "$folder/state"

stat "$hung/file" > /dev/null 2>&1 &
waits=$!
exec {never}<> <(:)     # a pipe that nobody closes
"$lock" "$folder/lock" <&$never > "$folder/held" &
for ((i = 0; i < 100; i++)); do
  read -r _ holds 2> /dev/null < "$folder/held" && break
  sleep 0.05
done
cat "/proc/$holds/cmdline" > "$folder/control" &
reader=$!
sleep 1
if ! kill -0 "$waits" || ! kill -KILL "$reader"; then
  echo "beside-what-hangs: nothing hangs here" >&2
  exit 1
fi
echo "$waits $holds" > "$folder/hangs"
exec {never}>&-
exec "${command[@]}"
