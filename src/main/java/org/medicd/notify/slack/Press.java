package org.medicd.notify.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Escaped;

/**
 * Somebody pressed a button.
 *
 * @param user id, as U012AB3CD
 * @param name as Slack has it; anything may be in it
 * @param button which
 * @param target what it is about
 * @param channel id of the channel
 * @param message the message that it belongs to
 * @param thread the message under which that is; itself, where it is under none
 * @param at when, by Slack's clock; with the others it names this press
 */
record Press(
    String user,
    String name,
    Button button,
    Button.Target target,
    String channel,
    String message,
    String thread,
    String at) {
  private static final int LONGEST_NAME = 40;

  /** As slack:U012AB3CD (bob), for the audit trail. */
  String who() {
    return "slack:" + Escaped.line(user, LONGEST_NAME) + " (" + shownName() + ")";
  }

  String shownName() {
    return Escaped.line(name, LONGEST_NAME);
  }

  MessageName messageName() {
    return new MessageName(channel, message, 1);
  }

  /**
   * Reads a block_actions payload:
   * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload. Null: it is
   * something else.
   */
  static @Nullable Press parse(@Nullable JsonElement payload) {
    JsonObject user = object(payload, "user");
    JsonObject container = object(payload, "container");
    JsonObject action = firstAction(payload);
    String value = text(action, "value");
    Button.Target target = value == null ? null : Button.Target.parse(value);
    Button button = Button.of(String.valueOf(text(action, "action_id"))).orElse(null);
    String id = text(user, "id");
    String channel = text(container, "channel_id");
    String message = text(container, "message_ts");
    if (target == null || button == null || id == null || channel == null || message == null) {
      return null;
    }
    String thread = text(container, "thread_ts");
    String name = text(user, "username") == null ? text(user, "name") : text(user, "username");
    return new Press(
        id,
        name == null ? "?" : name,
        button,
        target,
        channel,
        message,
        thread == null ? message : thread,
        String.valueOf(text(action, "action_ts")));
  }

  private static @Nullable JsonObject firstAction(@Nullable JsonElement payload) {
    JsonElement actions = member(payload, "actions");
    JsonArray all = actions != null && actions.isJsonArray() ? actions.getAsJsonArray() : null;
    return all == null || all.isEmpty() || !all.get(0).isJsonObject()
        ? null
        : all.get(0).getAsJsonObject();
  }

  private static @Nullable JsonObject object(@Nullable JsonElement parent, String name) {
    JsonElement member = member(parent, name);
    return member != null && member.isJsonObject() ? member.getAsJsonObject() : null;
  }

  private static @Nullable String text(@Nullable JsonElement parent, String name) {
    JsonElement member = member(parent, name);
    return member != null && member.isJsonPrimitive() ? member.getAsString() : null;
  }

  private static @Nullable JsonElement member(@Nullable JsonElement parent, String name) {
    return parent != null && parent.isJsonObject() ? parent.getAsJsonObject().get(name) : null;
  }
}
