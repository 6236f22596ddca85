package org.medicd.collect.census;

import java.util.Map;
import java.util.Set;

/**
 * Which system calls name the file that they wait for in their first argument, by number. The
 * numbers are those of asm/unistd_64.h and asm-generic/unistd.h.
 */
final class FileSyscalls {
  private static final Set<Long> X86_64_BY_FILE =
      Set.of(
          0L, 1L, 5L, 8L, 16L, 17L, 18L, 19L, 20L, 40L, 72L, 73L, 74L, 75L, 77L, 78L, 91L, 93L,
          138L, 187L, 190L, 193L, 196L, 199L, 217L, 221L, 277L, 285L, 295L, 296L, 306L, 326L, 327L,
          328L);
  private static final Set<Long> X86_64_BY_FOLDER =
      Set.of(
          257L, 258L, 259L, 260L, 262L, 263L, 264L, 265L, 267L, 268L, 269L, 280L, 316L, 332L, 437L,
          439L);
  private static final Set<Long> AARCH64_BY_FILE =
      Set.of(
          7L, 10L, 13L, 16L, 25L, 29L, 32L, 44L, 46L, 47L, 52L, 55L, 61L, 62L, 63L, 64L, 65L, 66L,
          67L, 68L, 69L, 70L, 71L, 80L, 82L, 83L, 84L, 213L, 223L, 267L, 285L, 286L, 287L);
  private static final Set<Long> AARCH64_BY_FOLDER =
      Set.of(33L, 34L, 35L, 37L, 38L, 48L, 53L, 54L, 56L, 78L, 79L, 88L, 276L, 291L, 437L, 439L);
  private static final Map<String, FileSyscalls> BY_ARCHITECTURE =
      Map.of(
          "amd64", new FileSyscalls(X86_64_BY_FILE, X86_64_BY_FOLDER),
          "aarch64", new FileSyscalls(AARCH64_BY_FILE, AARCH64_BY_FOLDER));

  private final Set<Long> byFile;
  private final Set<Long> byFolder;

  private FileSyscalls(Set<Long> byFile, Set<Long> byFolder) {
    this.byFile = byFile;
    this.byFolder = byFolder;
  }

  /** Of an architecture as Java names it; knows no call of any other than amd64 and aarch64. */
  static FileSyscalls of(String architecture) {
    FileSyscalls calls = BY_ARCHITECTURE.get(architecture);
    return calls != null ? calls : new FileSyscalls(Set.of(), Set.of());
  }

  /** As read(2) and fsync(2): the first argument is an open file. */
  boolean nameFile(long number) {
    return byFile.contains(number);
  }

  /** As openat(2): the first argument is the folder from which a relative path starts. */
  boolean nameFolder(long number) {
    return byFolder.contains(number);
  }
}
