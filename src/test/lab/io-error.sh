#!/bin/bash
# io-error.sh: a loop device whose file was cut off under it, so that reading it fails. Prints the
# device's kernel name. Needs root and loop devices.
set -eu

folder=$(mktemp -d)
device=
cleanup() {
  [ -z "$device" ] || losetup -d "$device"
  rm -r "$folder"
}
trap cleanup EXIT

truncate -s 1M "$folder/image"
device=$(losetup -f --show "$folder/image")
truncate -s 0 "$folder/image"
if dd if="$device" of=/dev/null bs=4k count=1 skip=5 2> /dev/null; then
  echo "io-error: $device could be read" >&2
  exit 1
fi
echo "${device#/dev/}"
