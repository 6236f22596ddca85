package org.medicd.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Keeps what the flight recorder has, and what it adds for a while. */
@Command(
    name = "record",
    description = {
      "Writes what the daemon saw in the last minutes into a file, for medic replay.",
      "It reads the daemon's runtime folder, so it works after a crash too."
    })
final class RecordCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Recordings recordings;

  @Parameters(paramLabel = "FILE", description = "to be made; must not be there yet")
  private Path file = Path.of("");

  @Mixin private RuntimeFolder runtime = new RuntimeFolder();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Span.class,
      description = "go on for so long, as 10m or 2h (default: only what there is)")
  private @Nullable Duration more;

  RecordCommand(Surroundings surroundings, Recordings recordings) {
    this.surroundings = surroundings;
    this.recordings = recordings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (OutputStream out = create()) {
      Recordings.Copy copy = recordings.begin(runtime.path(), out);
      copy.go();
      Instant end = surroundings.clock().instant().plus(more == null ? Duration.ZERO : more);
      while (surroundings.clock().instant().isBefore(end) && surroundings.pace().next()) {
        copy.go();
      }
      long bytes = copy.finish();
      if (bytes == 0) {
        Files.delete(file);
        return complain(runtime.path() + " holds no recording", ExitStatus.NO_DAEMON);
      }
      surroundings.say(bytes / 1024 + " KiB in " + Escaped.of(file.toString()));
      return ExitStatus.GOOD;
    } catch (FileAlreadyExistsException e) {
      return complain(file + " is there already", ExitStatus.USAGE);
    } catch (NoSuchFileException e) {
      if (!Files.deleteIfExists(file)) {
        return complain("there is no folder for " + file, ExitStatus.USAGE);
      }
      return complain(
          "there is no " + e.getFile() + ": no daemon has recorded", ExitStatus.NO_DAEMON);
    } catch (AccessDeniedException e) {
      return complain(e.getFile() + " is not for this user", ExitStatus.NOT_PERMITTED);
    }
  }

  /** Command lines are in it: it is for its owner only. */
  private OutputStream create() throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.newOutputStream(
        file, Set.of(StandardOpenOption.WRITE).toArray(StandardOpenOption[]::new));
  }

  private int complain(String what, int status) {
    surroundings.err().println("medic: " + Escaped.of(what));
    return status;
  }

  /** A duration as in the configuration. */
  static final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
