/* floor: the least that one look at every process can cost: pread of /proc/PID/stat on descriptors
   that stay open, once a second, nothing else. Prints the CPU milliseconds of each look. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
  int looks = argc > 1 ? atoi(argv[1]) : 20, count = 0;
  static int files[70000];
  char path[64], line[1024];
  struct dirent *entry;
  DIR *proc = opendir("/proc");
  while ((entry = readdir(proc)) && count < 70000)
    if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9') {
      snprintf(path, sizeof path, "/proc/%.20s/stat", entry->d_name);
      int file = open(path, O_RDONLY | O_CLOEXEC);
      if (file >= 0) files[count++] = file;
    }
  for (int look = 0; look < looks; look++) {
    double began = cpu();
    for (int i = 0; i < count; i++)
      if (pread(files[i], line, sizeof line, 0) < 0) continue;
    printf("%.3f\n", cpu() - began);
    fflush(stdout);
    sleep(1);
  }
  return 0;
}
