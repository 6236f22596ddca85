package org.medicd.notify.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Secrets;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Escaped;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
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
  public @Nullable String deliver(Letter letter) throws DeliveryException {
    try (Slack slack = Slack.getInstance(config())) {
      ChatPostMessageResponse answer = post(slack, Secrets.read(settings.tokenFile()), letter);
      if (!answer.isOk()) {
        throw new DeliveryException("Slack refused it: " + answer.getError());
      }
      return answer.getTs();
    } catch (SlackApiException e) {
      throw failure(e);
    } catch (DeliveryException e) {
      throw e;
    } catch (IOException e) {
      throw new DeliveryException("Slack: " + e.getMessage(), e);
    } catch (Exception e) { // Slack.close() declares it
      throw new DeliveryException("Slack: " + e, e);
    }
  }

  /** Slack says when it wants to hear of us again, in whole seconds. */
  private static DeliveryException failure(SlackApiException e) {
    String what = "Slack answered " + e.getResponse().code();
    String after = e.getResponse().header("Retry-After");
    return after != null && after.matches("[0-9]{1,5}")
        ? DeliveryException.notBefore(Duration.ofSeconds(Long.parseLong(after)), what)
        : new DeliveryException(what, e);
  }

  private ChatPostMessageResponse post(Slack slack, String token, Letter letter)
      throws IOException, SlackApiException {
    return slack
        .methods(token)
        .chatPostMessage(
            message ->
                message
                    .channel(settings.channel())
                    .threadTs(letter.thread())
                    .text(Escaped.slack(LetterText.text(letter)))
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
