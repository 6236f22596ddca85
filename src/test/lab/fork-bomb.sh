#!/bin/bash
# fork-bomb.sh SECONDS SHELL: a fork bomb of that shell, as dash (bash waits when it cannot fork), in a
# pids cgroup of its own (at most 40 processes) and a pid namespace of its own. Prints "bombing PID" (of the process that stands outside of the namespace)
# once it runs. When the time is over or stdin ends the namespace's init is killed, and all with it.
set -eu

if [ -d /sys/fs/cgroup/pids ]; then
  group=/sys/fs/cgroup/pids/medicd-bomb-$$
else
  group=/sys/fs/cgroup/medicd-bomb-$$
  grep -qw pids /sys/fs/cgroup/cgroup.subtree_control || echo +pids > /sys/fs/cgroup/cgroup.subtree_control
fi
mkdir "$group"
outside=
cleanup() {
  [ -z "$outside" ] || kill -KILL "$outside" 2> /dev/null || true
  for _ in $(seq 100); do
    rmdir "$group" 2> /dev/null && return
    sleep 0.1
  done
  echo "fork-bomb: $group is still in use" >&2
}
trap cleanup EXIT
echo 40 > "$group/pids.max"
(
  # Who begins it anew, when it has choked on the limit, stands outside of the limit: bash would wait ever longer for a fork.
  exec unshare --pid --fork --mount-proc --kill-child bash -c '
    while :; do
      (echo 0 > "$1/cgroup.procs"; exec "$0" -c "b() { sleep 0.1; b | b & }; b")
      sleep 0.2
    done' "$2" "$group"
) > /dev/null 2>&1 < /dev/null &
outside=$!
echo "bombing $outside"
read -r -t "$1" _ || true
