/* kill-at LOG FOLDER POINT COMMAND [ARGUMENT]...

   Runs medicd and ends it with SIGKILL at one point of its work, as a crash would. Points are system calls of its own
   process, counted from 1, each kind for itself:
   journal   a change to FOLDER/run/journal.jsonl, or to the file that takes its place
   state     a change to a file below FOLDER/state, and each time one is told to be on the disk
   signal    a signal that is sent through a pidfd
   bus       a call to systemd that changes something: the write that makes its message whole
   POINT is KIND:NUMBER:before (the call is not carried out), KIND:NUMBER:after (it is, and nothing follows) or none.

   Adds a line to LOG for each point, as "signal 1 TERM to 4242 = 0"; "killed" takes the place of what a call returned
   that was not carried out, and comes after that of the last one that was; "= ?" is a call that another thread was in
   when it was killed. Ends as the command does, by status 137 where
   it was killed; whatever the command has started ends with it, and all ends with whoever started this. Linux 5.3. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

enum kind { JOURNAL, STATE, SIGNAL, BUS, KINDS, NONE };
static const char *const names[] = {"journal", "state", "signal", "bus"};

/* Calls that may be points. */
static const int calls[] = {
  SYS_write, SYS_writev, SYS_pwrite64, SYS_pwritev, SYS_ftruncate, SYS_fsync, SYS_fdatasync, SYS_renameat, SYS_renameat2,
  SYS_unlinkat, SYS_pidfd_send_signal,
#ifdef SYS_rename
  SYS_rename, SYS_unlink,
#endif
};
#define CALLS (sizeof calls / sizeof *calls)

/* Those that change something; others only ask. */
static const char *const changing[] = {"RestartUnit", "StartUnit", "StopUnit", "ReloadUnit", "ResetFailedUnit",
                                       "FreezeUnit", "ThawUnit", "SetUnitProperties"};

static pid_t medicd;
static int log_file, count[KINDS];
static char journal[PATH_MAX], state[PATH_MAX];
static enum kind target = NONE;
static int target_number, target_after;

/* A thread that is in a call which is a point. */
static struct { pid_t thread; enum kind kind; int number; char text[600]; } under_way[64];

static void die(const char *what) {
  fprintf(stderr, "kill-at: %s: %s\n", what, strerror(errno));
  exit(2);
}

static void say(const char *format, ...) {
  char line[1200];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  if (write(log_file, line, length) < 0) die("log");
}

static int starts(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

/* A path that a call names; rename and unlink do so by text, all others by descriptor. */
static void path_of(pid_t thread, long call, const unsigned long long *args, char *path) {
  char link[64];
  ssize_t length;
  unsigned long long text = 0;
  path[0] = 0;
  if (call == SYS_renameat || call == SYS_renameat2 || call == SYS_unlinkat) text = args[1];
#ifdef SYS_rename
  if (call == SYS_rename || call == SYS_unlink) text = args[0];
#endif
  if (text) {
    struct iovec here = {path, PATH_MAX - 1}, there = {(void *)text, PATH_MAX - 1};
    length = process_vm_readv(thread, &here, 1, &there, 1, 0);
    if (length < 0) { /* it ends near the end of a page */
      there.iov_len = here.iov_len = 4096 - text % 4096;
      length = process_vm_readv(thread, &here, 1, &there, 1, 0);
    }
  } else {
    snprintf(link, sizeof link, "/proc/%d/fd/%d", thread, (int)args[0]);
    length = readlink(link, path, PATH_MAX - 1);
  }
  path[length < 0 ? 0 : length] = 0;
}

/* What goes into one socket: messages of D-Bus, each of which may be written in many pieces. */
static struct { int socket; size_t have, whole; char bytes[65536]; } streams[8];

static unsigned number_at(const char *bytes) {
  unsigned number;
  memcpy(&number, bytes, sizeof number);
  return number;
}

/* Which changing method this piece makes whole the call of; NULL: none. "l" is for little endian, 1 for a call, a version. */
static const char *method(pid_t thread, const unsigned long long *args) {
  size_t i = 0, free = 0;
  while (i < 8 && streams[i].socket != (int)args[0]) {
    if (!streams[i].socket) free = i;
    i++;
  }
  if (i == 8) {
    memset(&streams[free], 0, sizeof streams[free]);
    streams[free].socket = args[0];
    i = free;
  }
  size_t room = sizeof streams[i].bytes - streams[i].have;
  struct iovec here = {streams[i].bytes + streams[i].have, args[2] < room ? args[2] : room};
  struct iovec there = {(void *)args[1], here.iov_len};
  ssize_t length = process_vm_readv(thread, &here, 1, &there, 1, 0);
  streams[i].have += length < 0 ? 0 : length;
  if (streams[i].have < 4 || memcmp(streams[i].bytes, "l\1", 2) || streams[i].bytes[3] != 1) {
    streams[i].have = 0; /* something else, or no call */
    return NULL;
  }
  if (streams[i].have >= 16 && !streams[i].whole)
    streams[i].whole = 16 + (number_at(streams[i].bytes + 12) + 7) / 8 * 8 + number_at(streams[i].bytes + 4);
  if (!streams[i].whole || streams[i].have < streams[i].whole) return NULL;
  const char *found = NULL;
  for (size_t m = 0; m < sizeof changing / sizeof *changing; m++)
    if (memmem(streams[i].bytes, streams[i].have, changing[m], strlen(changing[m]) + 1)) found = changing[m];
  streams[i].have = streams[i].whole = 0;
  return found;
}

static const char *call_name(long call) {
  return call == SYS_ftruncate ? "truncate" : call == SYS_fsync || call == SYS_fdatasync ? "sync"
         : call == SYS_unlinkat ? "unlink" : call == SYS_renameat || call == SYS_renameat2 ? "rename"
#ifdef SYS_rename
         : call == SYS_unlink ? "unlink" : call == SYS_rename ? "rename"
#endif
         : "write";
}

static int pid_of(pid_t thread, int pidfd) {
  char file[64], line[256];
  int pid = 0;
  snprintf(file, sizeof file, "/proc/%d/fdinfo/%d", thread, pidfd);
  FILE *info = fopen(file, "r");
  while (info && fgets(line, sizeof line, info)) sscanf(line, "Pid: %d", &pid);
  if (info) fclose(info);
  return pid;
}

static enum kind classify(pid_t thread, long call, const unsigned long long *args, char *text, size_t size) {
  char path[PATH_MAX];
  if (call == SYS_pidfd_send_signal) {
    const char *name = sigabbrev_np(args[1]);
    snprintf(text, size, "%s to %d", name ? name : "0", pid_of(thread, args[0]));
    return args[1] ? SIGNAL : NONE;
  }
  path_of(thread, call, args, path);
  if (starts(path, "socket:")) {
    const char *what = call == SYS_write ? method(thread, args) : NULL;
    snprintf(text, size, "%s", what ? what : "");
    return what ? BUS : NONE;
  }
  snprintf(text, size, "%s %s", call_name(call), strrchr(path, '/') ? strrchr(path, '/') + 1 : path);
  return starts(path, journal) ? JOURNAL : starts(path, state) ? STATE : NONE;
}

static int is_ours(pid_t thread) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task/%d", medicd, thread);
  return access(path, F_OK) == 0;
}

/* It dies before anything more is done: what its threads do is stopped, or ends here. */
static void kill_it(void) {
  kill(medicd, SIGKILL);
  target = NONE;
}

/* Returns how the thread goes on. */
static int entered(pid_t thread) {
  struct __ptrace_syscall_info info;
  if (!is_ours(thread) || ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return PTRACE_CONT;
  char text[600];
  enum kind kind = classify(thread, info.seccomp.nr, (const unsigned long long *)info.seccomp.args, text, sizeof text);
  if (kind == NONE) return PTRACE_CONT;
  int number = ++count[kind];
  if (kind == target && number == target_number && !target_after) {
    kill_it();
    say("%s %d %s killed\n", names[kind], number, text);
    return PTRACE_CONT;
  }
  for (size_t i = 0; i < sizeof under_way / sizeof *under_way; i++)
    if (!under_way[i].thread) {
      under_way[i].thread = thread;
      under_way[i].kind = kind;
      under_way[i].number = number;
      memcpy(under_way[i].text, text, sizeof text);
      return PTRACE_SYSCALL;
    }
  errno = ENOSPC;
  die("threads");
  return 0;
}

static void left(pid_t thread) {
  struct __ptrace_syscall_info info;
  for (size_t i = 0; i < sizeof under_way / sizeof *under_way; i++)
    if (under_way[i].thread == thread) {
      enum kind kind = under_way[i].kind;
      under_way[i].thread = 0;
      int now = kind == target && under_way[i].number == target_number;
      if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return;
      if (now) kill_it(); /* its thread stands still until it is told to go on */
      say("%s %d %s = %lld%s\n", names[kind], under_way[i].number, under_way[i].text, (long long)info.exit.rval,
          now ? " killed" : "");
    }
}

/* Whether these were carried out nobody can say: it was ended while another of its threads was in them. */
static void tell_of_the_rest(void) {
  for (size_t i = 0; i < sizeof under_way / sizeof *under_way; i++)
    if (under_way[i].thread) say("%s %d %s = ?\n", names[under_way[i].kind], under_way[i].number, under_way[i].text);
}

static int trace(void) {
  int status, result = 2;
  pid_t thread;
  while ((thread = waitpid(-1, &status, __WALL)) > 0) {
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (thread == medicd) {
        tell_of_the_rest();
        result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return result;
      }
      continue;
    }
    int signal = WSTOPSIG(status), event = status >> 16, how = PTRACE_CONT, deliver = 0;
    if (event == PTRACE_EVENT_SECCOMP) {
      how = entered(thread);
    } else if (event == PTRACE_EVENT_STOP) {
      how = signal == SIGTRAP ? PTRACE_CONT : PTRACE_LISTEN;
    } else if (event == 0 && signal == (SIGTRAP | 0x80)) {
      left(thread);
    } else if (event == 0) {
      deliver = signal;
    }
    ptrace(how, thread, 0, deliver); /* it may have been killed meanwhile */
  }
  return result;
}

static void stop_it(int signal) { kill(medicd, signal); }

static void filter(void) {
  struct sock_filter code[CALLS + 3];
  code[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (size_t i = 0; i < CALLS; i++)
    code[i + 1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], CALLS - i, 0);
  code[CALLS + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  code[CALLS + 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
  struct sock_fprog program = {CALLS + 3, code};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) die("seccomp");
}

static void read_point(char *point) {
  char *number = strchr(point, ':'), *when = number ? strchr(number + 1, ':') : NULL;
  if (strcmp(point, "none") == 0) return;
  if (!when) die("the point");
  *number++ = *when++ = 0;
  for (int i = 0; i < KINDS; i++)
    if (strcmp(point, names[i]) == 0) target = i;
  target_number = atoi(number);
  target_after = strcmp(when, "after") == 0;
  errno = EINVAL;
  if (target == NONE || target_number < 1 || (!target_after && strcmp(when, "before"))) die("the point");
}

int main(int argc, char **argv) {
  int seized[2];
  char byte;
  errno = EINVAL;
  if (argc < 5) die("usage: kill-at LOG FOLDER POINT COMMAND");
  log_file = open(argv[1], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (log_file < 0 || pipe2(seized, O_CLOEXEC) < 0) die(argv[1]);
  snprintf(journal, sizeof journal, "%s/run/journal.jsonl", argv[2]);
  snprintf(state, sizeof state, "%s/state/", argv[2]);
  read_point(argv[3]);
  medicd = fork();
  if (medicd == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (read(seized[0], &byte, 1) != 1) _exit(2);
    filter();
    execvp(argv[4], argv + 4);
    die(argv[4]);
  }
  long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE |
                 PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC;
  if (medicd < 0 || ptrace(PTRACE_SEIZE, medicd, 0, options) < 0 || write(seized[1], "!", 1) != 1) die("seize");
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  sigaction(SIGTERM, &(struct sigaction){.sa_handler = stop_it, .sa_flags = SA_RESTART}, NULL);
  say("begins\n");
  int result = trace();
  say("ended %d\n", result);
  return result;
}
