package org.medicd.notify.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message;
import com.slack.api.model.block.LayoutBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Secrets;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Proxies;

/**
 * What medicd asks Slack for: https://docs.slack.dev/reference/methods. Tokens are read anew each
 * time. Nothing that is written is formatted, made a link of, or calls anybody.
 */
final class WebApi implements AutoCloseable {
  private static final String EVENT = "medicd_letter";
  private static final String KEY = "key";
  private static final int LONGEST_TEXT = 3_500;
  private static final int MOST_LOOKED_AT = 200;
  private static final String UNFORMATTED = "none";

  private final Slack slack;
  private final String token;

  private WebApi(Slack slack, String token) {
    this.slack = slack;
    this.token = token;
  }

  /** With the bot's token. */
  static WebApi asBot(Alerts.Slack settings, Duration timeout) throws IOException {
    return with(settings.tokenFile(), settings, timeout);
  }

  /** With the app's token, which opens connections and does nothing else. */
  static WebApi asApp(Path tokenFile, Alerts.Slack settings, Duration timeout) throws IOException {
    return with(tokenFile, settings, timeout);
  }

  private static WebApi with(Path tokenFile, Alerts.Slack settings, Duration timeout)
      throws IOException {
    String token = Secrets.read(tokenFile);
    Figures.end();
    return new WebApi(Slack.getInstance(config(settings, timeout)), token);
  }

  /** How Slack is reached: for its methods, and for the connection that buttons come by. */
  private static SlackConfig config(Alerts.Slack settings, Duration timeout)
      throws DeliveryException {
    int millis = Math.toIntExact(timeout.toMillis());
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl().toString());
    config.setHttpClientReadTimeoutMillis(millis);
    config.setHttpClientWriteTimeoutMillis(millis);
    config.setHttpClientCallTimeoutMillis(2 * millis);
    Figures.keepNone(config);
    SlackProxy.set(config, settings.apiUrl(), Proxies.ofEnvironment());
    return config;
  }

  /** How Slack is reached, for the connection that buttons come by. */
  OkHttpClient http() {
    return slack.getHttpClient().getOkHttpClient();
  }

  private interface Call<T> {
    T of(MethodsClient methods) throws IOException, SlackApiException;
  }

  private <T extends SlackApiTextResponse> T ask(Call<T> call) throws Trouble {
    T answer;
    try {
      answer = call.of(slack.methods(token));
    } catch (SlackApiException e) {
      throw Trouble.of(e);
    } catch (IOException e) {
      throw Trouble.of(e);
    } catch (RuntimeException e) {
      throw Trouble.garbled(e);
    }
    if (!answer.isOk()) {
      throw Trouble.refused(answer.getError());
    }
    return answer;
  }

  /**
   * What a message says.
   *
   * @param text what telephones show of it, and all of it where there are no blocks
   * @param blocks null: the text alone
   */
  record Content(String text, @Nullable List<LayoutBlock> blocks) {}

  /**
   * Posts a message.
   *
   * @param thread the message under which it is; null: it begins one
   * @param loud it is shown in the channel, too
   * @param key by which {@link #find} knows it; null: it is not looked for
   */
  MessageName post(
      String channel, @Nullable String thread, boolean loud, Content content, @Nullable String key)
      throws Trouble {
    ChatPostMessageResponse answer =
        ask(
            methods ->
                methods.chatPostMessage(
                    message ->
                        message
                            .channel(channel)
                            .threadTs(thread)
                            .replyBroadcast(loud)
                            .text(Plain.cut(content.text(), LONGEST_TEXT))
                            .blocks(content.blocks())
                            .metadata(key == null ? null : metadata(key))
                            .parse(UNFORMATTED)
                            .mrkdwn(false)
                            .linkNames(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false)));
    return new MessageName(answer.getChannel(), answer.getTs(), 1);
  }

  private static Message.Metadata metadata(String key) {
    return Message.Metadata.builder().eventType(EVENT).eventPayload(Map.of(KEY, key)).build();
  }

  /** Puts something else into a message. */
  void update(MessageName name, Content content) throws Trouble {
    ask(
        methods ->
            methods.chatUpdate(
                message ->
                    message
                        .channel(name.channel())
                        .ts(name.ts())
                        .text(Plain.cut(content.text(), LONGEST_TEXT))
                        .blocks(content.blocks() == null ? List.of() : content.blocks())
                        .parse(UNFORMATTED)
                        .linkNames(false)));
  }

  /** Says something that only that user sees. */
  void whisper(String channel, @Nullable String thread, String user, String text) throws Trouble {
    ask(
        methods ->
            methods.chatPostEphemeral(
                message ->
                    message
                        .channel(channel)
                        .threadTs(thread)
                        .user(user)
                        .text(Plain.cut(text, LONGEST_TEXT))
                        .parse(UNFORMATTED)
                        .linkNames(false)));
  }

  /**
   * Looks for a message of that key.
   *
   * @param channel its id; a name does not do
   * @param thread the message under which it is; null: under none
   * @return null: it is not there
   */
  @Nullable MessageName find(String channel, @Nullable String thread, Instant since, String key)
      throws Trouble {
    String oldest = since.getEpochSecond() + ".000000";
    List<Message> messages =
        thread == null
            ? ask(methods ->
                    methods.conversationsHistory(
                        history ->
                            history
                                .channel(channel)
                                .oldest(oldest)
                                .limit(MOST_LOOKED_AT)
                                .includeAllMetadata(true)))
                .getMessages()
            : ask(methods ->
                    methods.conversationsReplies(
                        replies ->
                            replies
                                .channel(channel)
                                .ts(thread)
                                .oldest(oldest)
                                .limit(MOST_LOOKED_AT)
                                .includeAllMetadata(true)))
                .getMessages();
    return messages.stream()
        .filter(each -> key.equals(keyOf(each)))
        .findFirst()
        .map(each -> new MessageName(channel, each.getTs(), 1))
        .orElse(null);
  }

  private static @Nullable Object keyOf(Message message) {
    Message.Metadata metadata = message.getMetadata();
    boolean ours = metadata != null && EVENT.equals(metadata.getEventType());
    return ours && metadata.getEventPayload() != null ? metadata.getEventPayload().get(KEY) : null;
  }

  /** Where to open the connection by which buttons come. It holds a ticket: not to be told. */
  String socketUrl() throws Trouble {
    String url = ask(methods -> methods.appsConnectionsOpen(nothing -> nothing)).getUrl();
    boolean encrypted = slack.getConfig().getMethodsEndpointUrlPrefix().startsWith("https:");
    if (url == null || (encrypted && !url.startsWith("wss:"))) {
      throw Trouble.refused("no address of a connection that is encrypted");
    }
    return url;
  }

  @Override
  public void close() {
    try {
      slack.close();
    } catch (Exception e) { // it declares it
      throw new IllegalStateException(e);
    }
  }
}
