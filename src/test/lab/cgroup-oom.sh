#!/bin/bash
# cgroup-oom.sh: a process is killed because its memory cgroup, of 20 MiB and made for this, is full.
# Prints the group's path as the kernel's log has it. Works on cgroup version 1 and 2. Needs root.
set -eu

if [ -d /sys/fs/cgroup/memory ]; then
  parent=$(awk -F: '$2 == "memory" { print $3 }' /proc/self/cgroup)
  root=/sys/fs/cgroup/memory limit=memory.limit_in_bytes swap=memory.memsw.limit_in_bytes none=$((20 << 20))
else
  parent=/
  root=/sys/fs/cgroup limit=memory.max swap=memory.swap.max none=0
  grep -qw memory $root/cgroup.subtree_control || echo +memory > $root/cgroup.subtree_control
fi
path=${parent%/}/medicd-oom-$$
group=$root$path
mkdir "$group"
cleanup() {
  for _ in $(seq 50); do
    rmdir "$group" 2> /dev/null && return
    sleep 0.1
  done
  echo "cgroup-oom: $group is still in use" >&2
}
trap cleanup EXIT

echo $((20 << 20)) > "$group/$limit"
[ ! -e "$group/$swap" ] || echo $none > "$group/$swap"
# tail keeps all of a line that does not end
status=0
sh -c 'echo 0 > "$1/cgroup.procs"; exec timeout 20 tail -n 1 /dev/zero' sh "$group" > /dev/null 2>&1 || status=$?
[ "$status" = 137 ] || { echo "cgroup-oom: ended with $status, not by SIGKILL" >&2; exit 1; }
echo "$path"
