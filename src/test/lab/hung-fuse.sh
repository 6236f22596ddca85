#!/bin/bash
# hung-fuse.sh COMMAND [ARGUMENT]...
#
# Runs a command in a private mount namespace with a FUSE file system whose server never answers,
# and a tmpfs of 16 MiB beside it; their mount points are its last two arguments. Whoever asks the
# hung one anything waits for ever, in D state. Needs root.
#
# The only one to hold the connection is this script: however it ends, the kernel then answers all
# who wait, with an error, and the mounts go with the namespace.
set -u
if [ "${1-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "hung-fuse: needs root" >&2; exit 2; }
  exec unshare --mount --propagation private -- bash "$(readlink -f -- "$0")" --inside "$@"
fi
shift
dir=$(mktemp -d "${TMPDIR:-/tmp}/medicd-hung.XXXXXX") || exit 2
exec {connection}<> /dev/fuse || exit 2
finish() {
  trap '' INT TERM HUP
  exec {connection}>&-
  umount -l "$dir/hung" "$dir/good" 2> /dev/null
  rm -rf --one-file-system "$dir"
}
trap finish EXIT

mkdir "$dir/hung" "$dir/good" || exit 2
mount -i -t fuse -o "fd=$connection,rootmode=40000,user_id=0,group_id=0" hung "$dir/hung" || exit 2
mount -t tmpfs -o size=16m good "$dir/good" || exit 2

"$@" "$dir/hung" "$dir/good" {connection}>&- <&0 &
trap 'kill -KILL $!; exit 143' INT TERM HUP   # unshare ignores the others
wait $!
