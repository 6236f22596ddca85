package org.medicd.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The page and the metrics over TCP.
 *
 * @param host address to listen on
 * @param port 0: one that is free
 * @param tokenFile holds the token that readers must send; null: none is asked for
 */
public record Http(String host, int port, @Nullable Path tokenFile) {
  /** The address as it is written in the configuration. */
  public String listen() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
