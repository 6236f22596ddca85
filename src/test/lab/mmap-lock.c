/* mmap-lock FOLDER: a process whose mmap lock is held for writing, and stays so. Prints "held PID" once it is.

   It maps a file of a FUSE file system of this program's own, mounted on FOLDER in a private mount namespace, and
   writes to it; then it maps the same file once more, opened for direct I/O. The kernel takes the mmap lock and wants
   the written page back in the file first (fuse_file_mmap, invalidate_inode_pages2); the server never answers that.
   Whoever reads cmdline, environ, maps or smaps of the process waits for the lock. Ends with its standard input: the
   kernel then answers all who wait, with an error. Needs root. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_NODE 2
#define PAGE 4096

static void die(const char *what) {
  fprintf(stderr, "mmap-lock: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void victim(const char *folder) {
  char path[4096];
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  snprintf(path, sizeof path, "%s/file", folder);
  int cached = open(path, O_RDWR);
  if (cached < 0) die(path);
  char *written = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, cached, 0);
  if (written == MAP_FAILED) die("mmap of the cached file");
  written[0] = 1;
  int direct = open(path, O_RDWR);
  if (direct < 0) die(path);
  mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, direct, 0); /* does not return */
  exit(3);
}

static void answer(int device, unsigned long long unique, int error, const void *body, size_t length) {
  struct fuse_out_header head = {.len = sizeof head + length, .error = error, .unique = unique};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)body, length}};
  if (writev(device, parts, length ? 2 : 1) < 0 && errno != ENOENT) die("answer");
}

static struct fuse_attr attributes(unsigned long long node) {
  struct fuse_attr attr = {.ino = node, .nlink = 1, .mode = S_IFDIR | 0755};
  if (node == FILE_NODE) {
    attr.mode = S_IFREG | 0644;
    attr.size = PAGE;
  }
  return attr;
}

/* Returns whether it was asked for what it never answers. */
static int serve(int device, const char *request) {
  const struct fuse_in_header *in = (const void *)request;
  static char zeros[PAGE];
  static int opened;
  switch (in->opcode) {
    case FUSE_INIT: {
      const struct fuse_init_in *asked = (const void *)(in + 1);
      struct fuse_init_out out = {.major = FUSE_KERNEL_VERSION, .minor = asked->minor, .max_write = PAGE};
      answer(device, in->unique, 0, &out, sizeof out);
      return 0;
    }
    case FUSE_LOOKUP: {
      struct fuse_entry_out out = {.nodeid = FILE_NODE, .entry_valid = 60, .attr_valid = 60, .attr = attributes(FILE_NODE)};
      answer(device, in->unique, 0, &out, sizeof out);
      return 0;
    }
    case FUSE_GETATTR: {
      struct fuse_attr_out out = {.attr_valid = 60, .attr = attributes(in->nodeid)};
      answer(device, in->unique, 0, &out, sizeof out);
      return 0;
    }
    case FUSE_OPEN: {
      struct fuse_open_out out = {.fh = 1, .open_flags = FOPEN_KEEP_CACHE | (opened++ ? FOPEN_DIRECT_IO : 0)};
      answer(device, in->unique, 0, &out, sizeof out);
      return 0;
    }
    case FUSE_READ:
      answer(device, in->unique, 0, zeros, sizeof zeros);
      return 0;
    case FUSE_WRITE:
      return 1;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT:
      return 0;
    default:
      answer(device, in->unique, -ENOSYS, NULL, 0);
      return 0;
  }
}

int main(int argc, char **argv) {
  static char request[1 << 17];
  char options[128];
  if (argc != 2) {
    fprintf(stderr, "usage: mmap-lock FOLDER\n");
    return 2;
  }
  if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) die("a mount namespace");
  int device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
  if (device < 0) die("/dev/fuse");
  snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0", device);
  if (mount("mmap-lock", argv[1], "fuse", MS_NOSUID | MS_NODEV, options) < 0) die("mount");
  pid_t held = fork();
  if (held == 0) {
    close(device);
    victim(argv[1]);
  }
  struct pollfd waits[] = {{device, POLLIN, 0}, {0, POLLIN, 0}};
  while (poll(waits, 2, -1) > 0) {
    if (waits[1].revents) break;
    if (waits[0].revents && read(device, request, sizeof request) > 0 && serve(device, request)) {
      printf("held %d\n", held);
      fflush(stdout);
    }
  }
  kill(held, SIGKILL);
  close(device);
  waitpid(held, NULL, 0);
  return 0;
}
