/* wall-clock: preloaded (LD_PRELOAD) into a program, it has the wall clock of that program alone set: by as many seconds
   as the number (eight bytes, as the machine has them) in the file that WALL_CLOCK names, which may change at any time.
   All other clocks are as they are. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile long long *further;

__attribute__((constructor)) static void begin(void) {
  static const long long none;
  const char *name = getenv("WALL_CLOCK");
  int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
  further = &none;
  if (file >= 0) {
    void *shared = mmap(NULL, sizeof *further, PROT_READ, MAP_SHARED, file, 0);
    if (shared != MAP_FAILED) further = shared;
    close(file);
  }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && further && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += *further;
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec precise;
  int result = clock_gettime(CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return result;
}

time_t time(time_t *now) {
  struct timespec precise;
  clock_gettime(CLOCK_REALTIME, &precise);
  if (now) *now = precise.tv_sec;
  return precise.tv_sec;
}
