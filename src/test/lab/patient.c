/* patient NAME KIND [MARK]: somebody who is ill, or who looks a little like it. MARK is a file: while there is none, it is
   made, and the illness breaks out; a start that finds it is a start after the treatment, and stays well.

   ill:  burn      keeps a core busy; TERM ends it
         deaf      the same, and ignores TERM
         pack      four children burn
         returning a child burns, and another one takes its place whenever it ends
         zombies   has thirty ended children, and reaps them when it gets SIGCHLD from somebody
         litter    the same, and never reaps them
         leak      takes more and more memory
         files     opens one file after the other
         guarded   burns for forty seconds
   well: bursts    burns for four seconds of twenty
         sawtooth  takes memory and gives it back
         spawns    has ten children a second, which live for some milliseconds
         late      reaps its children late
         shelf     opens many files and closes them
         idle      waits

   All whom medicd is to leave alone are named well-…, whom it may treat ill-…. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MIB (1 << 20)

static const char *ill;
static char well[16];

static void name(const char *as) {
  prctl(PR_SET_NAME, as);
}

static void nap(double seconds) {
  struct timespec left = {(time_t) seconds, (long) ((seconds - (time_t) seconds) * 1e9)};
  while (nanosleep(&left, &left) != 0) {}
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void idle(void) {
  for (;;) pause();
}

static void burn_for(double seconds) {
  for (double end = now() + seconds; now() < end;) {}
}

static void burn(void) {
  for (;;) burn_for(3600);
}

static pid_t child(void (*does)(void)) {
  pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  name(ill);
  does();
  exit(0);
}

static void deaf(void) {
  signal(SIGTERM, SIG_IGN);
  burn();
}

static void pack(void) {
  for (int i = 0; i < 4; i++) child(burn);
  name(well);
  while (wait(NULL) > 0) {}
  idle();
}

static void returning(void) {
  name(well);
  for (;;) {
    child(burn);
    wait(NULL);
    nap(0.05);
  }
}

static void end(void) {
  exit(0);
}

/* The kernel's own SIGCHLD has come for each of them when the next is made. */
static void litter(void) {
  for (int i = 0; i < 30; i++) {
    child(end);
    nap(0.02);
  }
  idle();
}

static void reap(int signal, siginfo_t *info, void *context) {
  (void) signal, (void) context;
  if (info->si_code <= 0)
    while (waitpid(-1, NULL, WNOHANG) > 0) {}
}

static void zombies(void) {
  struct sigaction action = {.sa_sigaction = reap, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigaction(SIGCHLD, &action, NULL);
  litter();
}

static void *take(int mib) {
  char *area = mmap(NULL, (size_t) mib * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED) exit(1);
  for (int i = 0; i < mib; i++) {
    memset(area + (size_t) i * MIB, 'x', MIB);
    nap(0.05);
  }
  return area;
}

/* No more than a gigabyte. */
static void leak(void) {
  for (int i = 0; i < 500; i++) take(2);
  idle();
}

static void files(void) {
  while (open("/dev/null", O_RDONLY) >= 0) nap(0.03);
  idle();
}

static void guarded(void) {
  burn_for(40);
  idle();
}

static void bursts(void) {
  for (;;) {
    burn_for(4);
    nap(16);
  }
}

static void sawtooth(void) {
  take(40);
  for (;;) munmap(take(60), (size_t) 60 * MIB);
}

static void spawned(void) {
  name(well);
  nap(0.05);
}

static void spawns(void) {
  signal(SIGCHLD, SIG_IGN);
  for (;;) {
    child(spawned);
    nap(0.1);
  }
}

static void ended(void) {
  name(well);
}

static void late(void) {
  for (;;) {
    for (int i = 0; i < 15; i++) child(ended);
    nap(1.5);
    while (waitpid(-1, NULL, WNOHANG) > 0) {}
    nap(6);
  }
}

static void shelf(void) {
  int all[250];
  for (;;) {
    for (int i = 0; i < 250; i++) {
      all[i] = open("/dev/null", O_RDONLY);
      nap(0.01);
    }
    for (int i = 0; i < 250; i++) close(all[i]);
    nap(1);
  }
}

static const struct {
  const char *name;
  void (*does)(void);
} KINDS[] = {{"burn", burn},     {"deaf", deaf},         {"pack", pack},     {"returning", returning},
             {"zombies", zombies}, {"litter", litter},   {"leak", leak},     {"files", files},     {"guarded", guarded},
             {"bursts", bursts}, {"sawtooth", sawtooth}, {"spawns", spawns}, {"late", late},
             {"shelf", shelf},   {"idle", idle}};

int main(int count, char **arguments) {
  if (count < 3) return 2;
  ill = arguments[1];
  snprintf(well, sizeof well, "well-%s", strchr(ill, '-') + 1);
  int first = count == 3 ? 0 : open(arguments[3], O_CREAT | O_EXCL | O_WRONLY, 0644);
  name(first >= 0 ? ill : well);
  if (first < 0) idle();
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
    if (strcmp(KINDS[i].name, arguments[2]) == 0) {
      KINDS[i].does();
      return 1;
    }
  return 2;
}
