/* pid-reuse: has one pid used again and again; to be run in a pid namespace of its own. Reads commands, a letter each:
   f  forks a child, tells its pid
   s  ends it and forks the next at the same pid, tells that pid
   r  does so four times as fast as it can, ends the last, and tells how many but the first were ended by SIGTERM
   e  ends it, tells by which signal it ended */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

static pid_t child;

static void fork_one(void) {
  child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) pause();
  }
}

/* Returns the signal that ended it, which may be another's. */
static int end(void) {
  int status = 0;
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return WTERMSIG(status);
}

static int swap(void) {
  char last[16];
  int by = end(), file = open("/proc/sys/kernel/ns_last_pid", O_WRONLY);
  snprintf(last, sizeof last, "%d", child - 1);
  if (file < 0 || write(file, last, strlen(last)) < 0) exit(1);
  close(file);
  fork_one();
  return by;
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (int command = getchar(); command != EOF; command = getchar()) {
    int answer = 0;
    if (command == 'f') {
      fork_one();
      answer = child;
    } else if (command == 's') {
      swap();
      answer = child;
    } else if (command == 'r') {
      for (int successor = 0; successor < 4; successor++)
        answer += swap() == SIGTERM && successor > 0;
      answer += end() == SIGTERM;
    } else if (command == 'e') {
      answer = end();
    } else {
      continue;
    }
    printf("%d\n", answer);
  }
  return 0;
}
