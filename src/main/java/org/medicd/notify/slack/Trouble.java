package org.medicd.notify.slack;

import com.slack.api.methods.SlackApiException;
import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.DeliveryException;

/**
 * Slack did not do what it was asked for, or nobody knows. The errors are those of
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors and of its neighbours.
 */
final class Trouble extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /** What can be done about it. */
  enum Kind {
    /** Slack may have done it all the same: the answer was lost. */
    IN_DOUBT,
    /** Not now. */
    LATER,
    /** Not before an administrator mends it. */
    TO_MEND,
    /** The same: the channel is not there, or the app is not in it. */
    NO_CHANNEL,
    /** The same: the app lacks the scope for it. */
    NOT_ALLOWED,
    /** Not in this form. */
    FORM,
    /** Never: the message that it is about is not there, or not to be changed. */
    GONE
  }

  private static final Set<String> MAY_BE_DONE =
      Set.of("fatal_error", "internal_error", "request_timeout");

  private static final Set<String> FORMS =
      Set.of(
          "msg_too_long",
          "msg_blocks_too_long",
          "invalid_blocks",
          "invalid_blocks_format",
          "invalid_arguments",
          "invalid_array_arg",
          "invalid_attachments",
          "invalid_metadata_format",
          "invalid_metadata_schema",
          "metadata_too_large",
          "no_text");

  private static final Set<String> NOT_THERE =
      Set.of(
          "message_not_found",
          "thread_not_found",
          "cant_update_message",
          "edit_window_closed",
          "cannot_reply_to_message",
          "restricted_action_thread_locked");

  private static final Set<String> CHANNELS =
      Set.of("channel_not_found", "not_in_channel", "is_archived");

  private static final Set<String> SCOPES = Set.of("missing_scope", "no_permission");

  private static final String NEW_TOKEN = "the token is no longer valid: put a new one in its file";

  /** What to do, by error; those that name a problem of form, of the network or of Slack do not. */
  private static final Map<String, String> TO_DO =
      Map.ofEntries(
          Map.entry("channel_not_found", "name the channel by its id, or invite the app into it"),
          Map.entry("not_in_channel", "invite the app into the channel: /invite @medicd"),
          Map.entry("is_archived", "the channel is archived: name another one"),
          Map.entry("invalid_auth", NEW_TOKEN),
          Map.entry("not_authed", NEW_TOKEN),
          Map.entry("token_revoked", NEW_TOKEN),
          Map.entry("token_expired", NEW_TOKEN),
          Map.entry("account_inactive", NEW_TOKEN),
          Map.entry("not_allowed_token_type", "token-file needs xoxb-…, app-token-file xapp-…"),
          Map.entry("missing_scope", "give the app the scopes of examples/slack-app.yaml"),
          Map.entry("no_permission", "give the app the scopes of examples/slack-app.yaml"),
          Map.entry("restricted_action", "the workspace does not let apps write there"));

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  private Trouble(
      Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** The answer was: ok false. */
  static Trouble refused(@Nullable String error) {
    String name = String.valueOf(error);
    String toDo = TO_DO.get(name);
    String message = "Slack refused it: " + name + (toDo == null ? "" : " (" + toDo + ")");
    return new Trouble(kindOf(name), message, null, null);
  }

  private static Kind kindOf(String error) {
    if (SCOPES.contains(error)) {
      return Kind.NOT_ALLOWED;
    } else if (CHANNELS.contains(error)) {
      return Kind.NO_CHANNEL;
    } else if (TO_DO.containsKey(error)) {
      return Kind.TO_MEND;
    } else if (FORMS.contains(error)) {
      return Kind.FORM;
    } else if (NOT_THERE.contains(error)) {
      return Kind.GONE;
    }
    return MAY_BE_DONE.contains(error) ? Kind.IN_DOUBT : Kind.LATER;
  }

  /**
   * The answer was another HTTP status than 200. Slack says when to come again in whole seconds.
   */
  static Trouble of(SlackApiException e) {
    int status = e.getResponse().code();
    String what = "Slack answered " + status;
    String after = e.getResponse().header("Retry-After");
    Duration retryAfter =
        after != null && after.matches("[0-9]{1,5}")
            ? Duration.ofSeconds(Long.parseLong(after))
            : null;
    return new Trouble(status >= 500 ? Kind.IN_DOUBT : Kind.LATER, what, retryAfter, e);
  }

  /** There was no answer. */
  static Trouble of(IOException e) {
    boolean unheard = e instanceof ConnectException || e instanceof UnknownHostException;
    Kind kind = unheard ? Kind.LATER : Kind.IN_DOUBT;
    return new Trouble(kind, "Slack: " + e.getMessage(), null, e);
  }

  /** There was one that is none of Slack's; a proxy may have given it. */
  static Trouble garbled(RuntimeException e) {
    String what = "what answered is not Slack: " + e.getClass().getSimpleName();
    return new Trouble(Kind.IN_DOUBT, what, null, e);
  }

  /** The same may go well by itself later. */
  boolean isForNow() {
    return kind == Kind.LATER || kind == Kind.IN_DOUBT;
  }

  boolean is(Kind which) {
    return kind == which;
  }

  /** How long Slack wants to be left alone; null: it did not say. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** What the outbox is told. */
  DeliveryException delivery() {
    String message = String.valueOf(getMessage());
    if (retryAfter != null) {
      return DeliveryException.notBefore(retryAfter, message);
    }
    return kind == Kind.FORM
        ? DeliveryException.forGood(message, this)
        : new DeliveryException(message, this);
  }
}
