package org.medicd.linux.proc;

/**
 * /proc/sys/fs/file-nr (proc_sys_fs(5)).
 *
 * @param open files that are open on the host
 * @param most that may be
 */
public record FileNr(long open, long most) {
  /** allocated, of these unused (0 since 2.6), the limit. */
  public static FileNr parse(String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner("proc/sys/fs/file-nr", content);
    long allocated = scanner.number();
    long unused = scanner.number();
    return new FileNr(Math.max(0, allocated - unused), scanner.number());
  }
}
