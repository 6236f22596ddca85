package org.medicd.notify.slack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Desk;
import org.medicd.plan.Notice;

/** Writes down what it is asked to do. */
final class FakeDesk implements Desk {
  final List<String> asked = new CopyOnWriteArrayList<>();
  volatile @Nullable Notice now;
  volatile Answer answer = new Answer(true, "done so");

  private Answer answer(String what) {
    asked.add(what);
    return answer;
  }

  @Override
  public String host() {
    return "web-1";
  }

  @Override
  public Optional<Notice> now(String incident) {
    return Optional.ofNullable(now);
  }

  @Override
  public Answer approve(String incident, int rung, String who) {
    return answer("approve " + incident + " " + rung + " by " + who);
  }

  @Override
  public Answer deny(String incident, int rung, String who) {
    return answer("deny " + incident + " " + rung + " by " + who);
  }

  @Override
  public Answer silence(String incident, Duration length, String who) {
    return answer("silence " + incident + " for " + length + " by " + who);
  }

  @Override
  public Answer pause(String who) {
    return answer("pause by " + who);
  }

  @Override
  public Answer why(String incident, String who) {
    return answer("why " + incident + " by " + who);
  }

  @Override
  public void refused(String what, String incident, String who, String why) {
    asked.add("refused " + what + " " + incident + " to " + who + ": " + why);
  }
}
