package org.medicd.notify;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.io.IOException;
import java.time.Duration;
import org.medicd.config.Alerts;
import org.medicd.config.Secrets;
import org.medicd.plan.Severity;

/** Tells a Slack channel, with chat.postMessage. The token is read anew for every message. */
public final class SlackChannel implements Channel {
  private final Alerts.Slack settings;
  private final Duration timeout;

  public SlackChannel(Alerts.Slack settings) {
    this(settings, Duration.ofSeconds(10));
  }

  SlackChannel(Alerts.Slack settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Severity atLeast() {
    return settings.atLeast();
  }

  @Override
  public void deliver(Notice notice) throws DeliveryException {
    try (Slack slack = Slack.getInstance(config())) {
      ChatPostMessageResponse answer = post(slack, Secrets.read(settings.tokenFile()), notice);
      if (!answer.isOk()) {
        throw new DeliveryException("Slack refused it: " + answer.getError());
      }
    } catch (SlackApiException e) {
      throw new DeliveryException("Slack answered " + e.getResponse().code(), e);
    } catch (DeliveryException e) {
      throw e;
    } catch (IOException e) {
      throw new DeliveryException("Slack: " + e.getMessage(), e);
    } catch (Exception e) { // Slack.close() declares it
      throw new DeliveryException("Slack: " + e, e);
    }
  }

  private ChatPostMessageResponse post(Slack slack, String token, Notice notice)
      throws IOException, SlackApiException {
    return slack
        .methods(token)
        .chatPostMessage(
            message ->
                message
                    .channel(settings.channel())
                    .text(Escaped.slack(notice.text()))
                    .mrkdwn(false)
                    .linkNames(false)
                    .unfurlLinks(false)
                    .unfurlMedia(false));
  }

  private SlackConfig config() {
    int millis = Math.toIntExact(timeout.toMillis());
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl().toString());
    config.setHttpClientReadTimeoutMillis(millis);
    config.setHttpClientWriteTimeoutMillis(millis);
    config.setHttpClientCallTimeoutMillis(2 * millis);
    config.setStatsEnabled(false);
    return config;
  }
}
