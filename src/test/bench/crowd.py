"""crowd.py SLEEPING BUSY: so many processes that sleep, and so many that work for a moment ten times a second."""
import os
import signal
import sys
import time

sleeping, busy = int(sys.argv[1]), int(sys.argv[2])


def work():
    while True:
        end = time.perf_counter() + 0.0002
        while time.perf_counter() < end:
            pass
        time.sleep(0.1)


for number in range(sleeping + busy):
    if os.fork() == 0:
        if number < busy:
            work()
        while True:
            signal.pause()
print("ready", flush=True)
while True:
    signal.pause()
