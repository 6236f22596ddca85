/* crowd: SLEEPING processes that sleep, BUSY ones that work for 0.2 ms ten times a second, and STIRRING ones
   that grow by a page which they do not touch, often enough for their stat to differ at every look: a page fault is
   dear on a virtual machine, and they are not to use up the CPUs. Prints "ready". */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static void pause_for(long nanos) {
  struct timespec t = {0, nanos};
  nanosleep(&t, NULL);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void work(void) {
  for (;;) {
    double end = now() + 0.0002;
    while (now() < end)
      ;
    pause_for(100000000);
  }
}

static void stir(void) {
  for (;;) {
    sbrk(4096);
    pause_for(900000000);
  }
}

int main(int argc, char **argv) {
  int sleeping = atoi(argv[1]), busy = atoi(argv[2]), stirring = argc > 3 ? atoi(argv[3]) : 0;
  for (int i = 0; i < sleeping + busy + stirring; i++)
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      prctl(PR_SET_TIMERSLACK, 50000000);
      if (i < busy) work();
      if (i < busy + stirring) stir();
      for (;;) pause();
    }
  puts("ready");
  fflush(stdout);
  for (;;) pause();
}
