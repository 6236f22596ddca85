package org.medicd.daemon;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.medicd.config.Alerts;
import org.medicd.notify.Channel;
import org.medicd.notify.mail.EmailChannel;
import org.medicd.notify.slack.SlackChannel;

/** The channels that the configuration asks for. */
final class Channels {
  private Channels() {}

  /** Those of e-mail and Slack; webhooks are not delivered yet. */
  static List<Channel> of(Alerts alerts, InstantSource clock) {
    List<Channel> channels = new ArrayList<>();
    if (alerts.email() != null) {
      channels.add(new EmailChannel(alerts.email(), clock));
    }
    if (alerts.slack() != null) {
      channels.add(new SlackChannel(alerts.slack()));
    }
    return List.copyOf(channels);
  }
}
