package org.medicd.cli;

import java.io.PrintWriter;
import java.time.InstantSource;

/**
 * What commands need of the world, so that tests can bring their own.
 *
 * @param out for answers
 * @param err for complaints
 * @param colour out is a terminal that people look at
 * @param clock tells the age of things
 * @param pace between two looks of --follow
 */
public record Surroundings(
    PrintWriter out, PrintWriter err, boolean colour, InstantSource clock, Pace pace) {
  /** Waits. */
  public interface Pace {
    /** False: it is over, do not look again. */
    boolean next() throws InterruptedException;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }
}
