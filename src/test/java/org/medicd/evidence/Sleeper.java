package org.medicd.evidence;

import java.util.concurrent.CountDownLatch;

/** A Java program that waits for ever in a method that a thread dump must show. */
final class Sleeper {
  private Sleeper() {}

  public static void main(String[] arguments) throws InterruptedException {
    waitForNobody();
  }

  private static void waitForNobody() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
