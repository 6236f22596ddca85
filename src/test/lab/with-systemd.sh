#!/bin/bash
# with-systemd.sh [OPTION...] [-- COMMAND [ARG...]]
#
# Boots a real systemd with a real D-Bus as PID 1 of its own namespaces, over a throw-away overlay of
# this machine's root. With COMMAND: runs it inside, in a scope of its own, and gives its exit status.
# Without: prints "ready PID" (PID 1 as this machine numbers it) and stays until stdin is closed.
#
#   --unified     (default) only cgroup2 below /sys/fs/cgroup, as on today's distributions
#   --hybrid      cgroup v1 with cgroup2 at unified/: limits hold even where this machine keeps the
#                 controllers on v1
#   --bind DIR    DIR is this machine's own, writable; everything else that is written is lost
#   --loop        loop devices; they are shared with this machine
#   --timeout S   for the boot; default 60
#   --check       boots nothing; says what this machine lacks and exits 1, or exits 0
#
# Mounts, network, pids, IPC and host name are private; /sys and /proc/sys are read-only inside; the
# whole is capped at 4 GiB and 4096 tasks where the machine has these controllers. However it ends,
# nothing stays: what a SIGKILL of this script leaves (two empty folders) the next run removes.
set -u

# ------------------------------------------------------- PID 1, still in this machine's root
if [ "${1-}" = --join ]; then
  set -e
  exec 2>&3 3>&-
  for group in $LAB_GROUPS; do echo 0 > "$group/cgroup.procs"; done
  exec unshare --cgroup -- bash "$0" --pivot
fi

# --------------------------------------- PID 1, and its cgroups are now the root that it sees
if [ "${1-}" = --pivot ]; then
  set -e
  root=$LAB_DIR/root
  mount -t tmpfs -o size=4g,mode=755 lab "$LAB_DIR"
  mkdir "$LAB_DIR"/{root,upper,work}
  mount -t overlay -o "lowerdir=/,upperdir=$LAB_DIR/upper,workdir=$LAB_DIR/work" lab "$root"

  # The kernel's settings are the machine's: read-only, but for the network's, which are private.
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  for p in sys sysrq-trigger; do
    [ -e "$root/proc/$p" ] || continue
    mount --bind "$root/proc/$p" "$root/proc/$p"
    [ $p != sys ] || mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
    mount -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/$p"
  done
  mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"

  flags=nosuid,nodev,noexec
  if [ "$LAB_MODE" = unified ]; then
    mount -t cgroup2 -o $flags cgroup2 "$root/sys/fs/cgroup"
  else
    mount -t tmpfs -o mode=755,size=4m,$flags tmpfs "$root/sys/fs/cgroup"
    mkdir "$root/sys/fs/cgroup/unified"
    mount -t cgroup2 -o $flags cgroup2 "$root/sys/fs/cgroup/unified"
    for c in $LAB_V1; do
      mkdir "$root/sys/fs/cgroup/$c"
      case $c in systemd) o=none,name=systemd ;; *) o=$c ;; esac
      mount -t cgroup -o $flags,$o cgroup "$root/sys/fs/cgroup/$c"
    done
    mount -o remount,ro,mode=755,size=4m,$flags "$root/sys/fs/cgroup"
  fi

  dev=$root/dev
  mount -t tmpfs -o mode=755,size=64k,nosuid tmpfs "$dev"
  node() { mknod -m "$5" "$dev/$1" "$2" "$3" "$4"; }
  node null c 1 3 666; node zero c 1 5 666; node full c 1 7 666
  node random c 1 8 666; node urandom c 1 9 666; node tty c 5 0 666
  if [ "$LAB_LOOP" = 1 ]; then
    node loop-control c 10 237 600
    for i in 0 1 2 3 4 5 6 7; do node loop$i b 7 $i 660; done
  fi
  mkdir "$dev"/{pts,shm,mqueue}
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$dev/pts"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$dev/shm"
  mount -t mqueue mqueue "$dev/mqueue"
  ln -s pts/ptmx "$dev/ptmx"
  ln -s /proc/self/fd "$dev/fd"
  ln -s fd/0 "$dev/stdin"; ln -s fd/1 "$dev/stdout"; ln -s fd/2 "$dev/stderr"
  mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$root/run"
  mkdir "$root/run/lock"

  printf '%s\n' "$LAB_BINDS" | while IFS= read -r b; do
    [ -n "$b" ] || continue
    mkdir -p "$root/$b"
    mount --rbind "$b" "$root/$b"
  done

  cd "$root"
  mkdir -p mnt/.old
  pivot_root . mnt/.old
  exec 0</dev/null
  umount -l /mnt/.old
  rmdir /mnt/.old
  mount --make-rshared /   # within the lab, as on a host: or units would not see their credentials

  # Only now, when no symbolic link leads to the machine's own files any more: of its services none is
  # wanted but the journal and the bus.
  find /etc/systemd/system -mindepth 1 -maxdepth 1 ! -name dbus.service -exec rm -rf {} +
  find -H /lib/systemd/system -mindepth 1 -maxdepth 1 \( -name '*.wants' -o -name '*.requires' \) \
    -exec rm -rf {} +
  rm -rf /etc/rc?.d /etc/crypttab
  : > /etc/fstab
  mkdir -p /etc/systemd/{system,system.conf.d,journald.conf.d}
  printf '%s\n' '[Unit]' Requires=basic.target After=basic.target AllowIsolate=yes \
    'Wants=systemd-journald.socket systemd-journald.service dbus.socket' > /etc/systemd/system/lab.target
  for u in systemd-remount-fs.service systemd-journald-audit.socket; do ln -s /dev/null "/etc/systemd/system/$u"; done
  printf '[Journal]\nStorage=volatile\nRateLimitIntervalSec=0\nForwardToSyslog=no\n' \
    > /etc/systemd/journald.conf.d/lab.conf
  printf '[Manager]\nDefaultTimeoutStopSec=10s\nShowStatus=no\n' > /etc/systemd/system.conf.d/lab.conf
  tr -d - < /proc/sys/kernel/random/uuid > /etc/machine-id   # with one, it is no first boot
  echo lab > /etc/hostname; hostname lab
  printf '127.0.0.1 localhost lab\n::1 localhost\n' > /etc/hosts
  ip link set lo up

  exec env -i container=lab PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 /lib/systemd/systemd --system --unit=lab.target --log-target=journal
fi

# ------------------------------------------------------------------------- the outer part
usage() { sed -n '2,/^set -u/{/^set -u/d;s/^# \{0,1\}//;p}' "$0"; exit 2; }
die() { echo "with-systemd: $*" >&2; exit 2; }

# What the lab empties or mounts for itself must never be the machine's own.
bind() {
  local path
  path=$(readlink -f -- "$1") && [ -d "$path" ] || die "--bind $1: no such folder"
  case ${path%/}/ in
    / | /etc/* | /usr/* | /lib/* | /proc/* | /sys/* | /dev/* | /run/*) die "--bind $1: not this one" ;;
  esac
  binds+=("${path%/}")
}

mode=unified binds=() loop=0 boot=60 check=0
while [ $# -gt 0 ]; do
  case $1 in
    --unified) mode=unified ;;
    --hybrid) mode=hybrid ;;
    --bind) bind "${2:?}"; shift ;;
    --loop) loop=1 ;;
    --timeout) boot=${2:?}; shift ;;
    --check) check=1 ;;
    --) shift; break ;;
    -*) usage ;;
    *) break ;;
  esac
  shift
done

cg=/sys/fs/cgroup v1=
if [ "$(stat -fc %T $cg)" = cgroup2fs ]; then
  v2=$cg mode=unified
else
  v2=$cg/unified
  for c in systemd cpu cpuacct cpuset memory pids devices freezer blkio; do
    ! mountpoint -q "$cg/$c" || v1="$v1 $c"
  done
fi

lacks() {
  [ "$(id -u)" = 0 ] || { echo "root"; return; }
  for program in unshare nsenter setpriv mount mountpoint systemctl systemd-run ip fsfreeze; do
    command -v $program > /dev/null || { echo "the program $program"; return; }
  done
  [ -x /lib/systemd/systemd ] || { echo "systemd"; return; }
  [ -e /lib/systemd/system/dbus.socket ] || { echo "D-Bus (dbus.socket)"; return; }
  [ -w "$v2/cgroup.procs" ] || { echo "a writable cgroup2 below $cg"; return; }
  unshare --mount --propagation private --uts --ipc --net --pid --fork bash -c '
    mount -t tmpfs lab /mnt && mkdir /mnt/{root,upper,work} &&
    mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work lab /mnt/root &&
    [ -x /mnt/root/usr/bin/env ]' \
    > /dev/null 2>&1 || echo "namespaces, or an overlay over /"
}
missing=$(lacks)
[ -z "$missing" ] || { echo "this machine lacks $missing" >&2; exit $((2 - check)); }
[ $check = 0 ] || exit 0

self=$(readlink -f -- "$0")
id=medicd-lab-$$ dir= unshare= init= command= groups=()

# A task that waits for a frozen file system never sees its SIGKILL: thaw what the lab's tasks froze.
thaw() {
  local space task mount
  space=$(readlink "/proc/$init/ns/pid") || return
  for task in /proc/[0-9]*; do
    [ "$(readlink "$task/ns/pid" 2>/dev/null)" = "$space" ] || continue
    awk '$1 ~ "^/dev/loop" {print $2}' "$task/mounts" 2>/dev/null | while read -r mount; do
      nsenter -t "${task#/proc/}" -m -r -- fsfreeze -u "$mount" 2>/dev/null
    done
  done
}

cleanup() {
  trap '' INT TERM HUP
  local g i
  for g in "${groups[@]}"; do
    case $g in */freezer/*)
      find "$g" -name freezer.state 2>/dev/null | while read -r i; do echo THAWED > "$i"; done ;;
    esac
  done
  [ $loop = 0 ] || ! booted || thaw
  if booted; then kill -KILL "$init"   # and the kernel ends all of its namespace
  elif [ -n "$unshare" ]; then kill -KILL "$unshare" 2>/dev/null; fi
  if [ -n "$unshare" ]; then
    for ((i = 0; i < 100; i++)); do alive "$unshare" || break; sleep 0.05; done
    ! alive "$unshare" || echo "with-systemd: PID 1 ($init) does not end: a task in D state?" >&2
  fi
  for g in "${groups[@]}"; do
    for ((i = 0; i < 50; i++)); do remove "$g"; [ -d "$g" ] || break; sleep 0.05; done
    [ ! -d "$g" ] || echo "with-systemd: $g could not be removed: a task in D state?" >&2
  done
  [ -z "$dir" ] || rmdir "$dir" 2>/dev/null
}
booted() { [ -n "$init" ] && grep -q "^PPid:[[:space:]]*$unshare\$" "/proc/$init/status" 2>/dev/null; }
alive() { grep -q '^State:[[:space:]]*[^ZX]' "/proc/$1/status" 2>/dev/null; }
remove() { find "$1" -depth -type d -exec rmdir {} + 2>/dev/null; }

for old in /tmp/medicd-lab-* "$v2"/medicd-lab-* \
    $(for c in $v1; do find "$cg/$c" -maxdepth 3 -type d -name 'medicd-lab-*'; done); do
  [ -d "$old" ] || continue
  alive "${old##*medicd-lab-}" || remove "$old"
done

trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
dir=/tmp/$id
mkdir -m 700 "$dir" || exit 2
group() { mkdir "$1" && groups+=("$1") || exit 2; }
group "$v2/$id"
if [ -z "$v1" ]; then
  [ ! -e "$v2/$id/memory.max" ] || echo $((4 << 30)) > "$v2/$id/memory.max"
  [ ! -e "$v2/$id/pids.max" ] || echo 4096 > "$v2/$id/pids.max"
fi
for c in $v1; do
  case $c in memory | pids) ;; *) [ $mode = hybrid ] || continue ;; esac
  own=$(awk -F: -v c="$c" '{n = split($2, a, ","); for (i = 1; i <= n; i++)
        if (a[i] == c || a[i] == "name=" c) print $3}' /proc/self/cgroup)
  g=$cg/$c${own%/}/$id
  group "$g"
  case $c in
    memory) echo $((4 << 30)) > "$g/memory.limit_in_bytes" ;;
    pids) echo 4096 > "$g/pids.max" ;;
    cpuset)
      cat "${g%/*}/cpuset.cpus" > "$g/cpuset.cpus"
      cat "${g%/*}/cpuset.mems" > "$g/cpuset.mems"
      echo 1 > "$g/cgroup.clone_children" ;;
  esac
done

export LAB_DIR=$dir LAB_MODE=$mode LAB_V1=$v1 LAB_LOOP=$loop LAB_GROUPS="${groups[*]}"
LAB_BINDS=$(printf '%s\n' "${binds[@]}"); export LAB_BINDS
# pdeathsig: where this script is killed, unshare goes too, and by --kill-child the namespace.
# Its stderr is silent, for it reports the end of PID 1; PID 1 has ours as 3 until systemd runs.
setpriv --pdeathsig KILL unshare --mount --propagation private --uts --ipc --net --pid --fork \
  --kill-child=KILL -- bash "$self" --join < /dev/null 3>&2 2> /dev/null > /dev/null &
unshare=$!
for ((i = 0; i < 100; i++)); do
  init=$(cat /proc/$unshare/task/$unshare/children 2>/dev/null)
  init=${init%% *}
  [ -z "$init" ] && alive "$unshare" || break
  sleep 0.02
done
[ -n "$init" ] || die "the namespaces could not be made"
for ((i = 0; i < boot * 20; i++)); do
  [ ! -S "/proc/$init/root/run/systemd/private" ] || break
  alive "$init" || { init=; die "PID 1 ended early"; }
  sleep 0.05
done
inside=(nsenter --target "$init" --mount --root --uts --ipc --net --pid --cgroup -- env)
state=$(timeout "$boot" "${inside[@]}" -C / systemctl is-system-running --wait 2>&1)
if [ "$state" != running ]; then
  echo "with-systemd: after the boot the system is $state" >&2
  timeout 5 "${inside[@]}" -C / systemctl --failed --no-legend >&2
  timeout 5 "${inside[@]}" -C / journalctl -b --no-pager -n 60 >&2
  [ "$state" = degraded ] || exit 2
fi

if [ $# = 0 ]; then
  echo "ready $init"
  cat <&0 > /dev/null &
  command=$!
  wait $command
  exit 0
fi
[ -d "/proc/$init/root$PWD" ] || cd /
"${inside[@]}" -C "$PWD" systemd-run --quiet --scope --collect --property=Delegate=yes -- "$@" <&0 &
command=$!
# When the system inside shuts down it stops nsenter, which then would stay for ever.
(while alive "$init" && [ "$(cat /proc/$init/comm)" = systemd ]; do sleep 0.5; done
 kill -KILL $command) > /dev/null 2>&1 < /dev/null &
watch=$!
wait $command   # in the background, so that a signal to this script acts at once
status=$?
kill $watch
exit $status
