package org.medicd.daemon;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medicd.api.Reply;
import org.medicd.notify.Standing;

/** What people ask for: done between two ticks, and entered into the audit trail. */
final class Errands {
  /** Any rung that waits for a person. */
  static final int WHICHEVER = -1;

  private static final int SECONDS = 5;

  private final Stages stages;
  private final Tick tick;

  Errands(Stages stages, Tick tick) {
    this.stages = stages;
    this.tick = tick;
  }

  /**
   * Says yes to the rung that waits for a person.
   *
   * @param rung index of the step that is meant: who answers may not have seen a later one
   */
  Reply approve(String id, int rung, String who) {
    return noted(
        "approve",
        who,
        id,
        between(
            () ->
                asks(id, rung) && stages.incidents().approve(id, who)
                    ? Reply.done("approved")
                    : notAsking(id)));
  }

  /** Says no to it. */
  Reply deny(String id, int rung, String who) {
    return noted(
        "deny",
        who,
        id,
        between(
            () ->
                asks(id, rung) && stages.incidents().deny(id, who, Instant.now(), tick.now())
                    ? Reply.done("denied: the ladder goes on without this rung")
                    : notAsking(id)));
  }

  private boolean asks(String id, int rung) {
    return rung == WHICHEVER
        || stages.incidents().open().stream()
            .filter(each -> each.id().equals(id))
            .anyMatch(each -> Standing.askedStep(each) == rung);
  }

  private static Reply notAsking(String id) {
    return Reply.refused("no rung of incident " + id + " waits for a person");
  }

  /** What a person asked for is in the audit trail, with what came of it. */
  Reply noted(String what, String who, String about, Reply reply) {
    String came = reply.done() ? reply.message() : "refused: " + reply.message();
    stages.note(what, who, about.isBlank() ? came : about + ": " + came);
    return reply;
  }

  /** Waits for it, while the tick does not wait for anybody. */
  Reply between(Callable<Reply> errand) {
    try {
      return tick.between(errand).get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.refused("interrupted");
    } catch (ExecutionException e) {
      return Reply.refused("it failed: " + e.getCause());
    } catch (TimeoutException e) {
      return Reply.refused("the daemon is busy: no tick ended within " + SECONDS + " s");
    }
  }
}
