/* storm PARENTS FOLDER PROGRAMS: PARENTS processes that each have a child of every one of PROGRAMS programs, which are
   copies of this one, FOLDER/storm-0 and so on: no two of the children have the same parent and program. They end with
   this process. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static void parent(const char *folder, int programs) {
  for (int i = 0; i < programs; i++)
    if (fork() == 0) {
      char path[4096];
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      snprintf(path, sizeof path, "%s/storm-%d", folder, i);
      execl(path, path, NULL);
      _exit(1);
    }
}

int main(int argc, char **argv) {
  if (argc == 4)
    for (int i = 0; i < atoi(argv[1]); i++) {
      if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        parent(argv[2], atoi(argv[3]));
        break;
      }
      usleep(50000);
    }
  for (;;)
    pause();
}
