package org.medicd.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds nothing wrong and does nothing. */
public final class NoCompiling implements Compiling {
  @Override
  public List<String> fill(@Nullable Path configuration, List<Path> rules, @Nullable Path cache) {
    return List.of();
  }

  @Override
  public void write(@Nullable Path configuration, List<Path> rules, Path file) {
    throw new AssertionError("nobody asked for it");
  }
}
