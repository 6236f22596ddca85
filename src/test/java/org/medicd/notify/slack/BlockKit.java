package org.medicd.notify.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Slack takes of blocks: https://docs.slack.dev/reference/block-kit/blocks. Stricter in that
 * all text must be plain, with nothing in it that is not escaped.
 */
final class BlockKit {
  private static final Pattern UNESCAPED = Pattern.compile("[<>]|&(?!amp;|lt;|gt;)");
  private static final int MOST_IN_ALL = 12_000;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> actions = new HashSet<>();
  private int characters;

  private BlockKit() {}

  /** What is wrong with them; empty: nothing. */
  static List<String> problems(JsonArray blocks) {
    BlockKit kit = new BlockKit();
    kit.check(blocks.size() <= 50, blocks.size() + " blocks");
    blocks.forEach(each -> kit.block(each.getAsJsonObject()));
    kit.check(kit.characters <= MOST_IN_ALL, kit.characters + " characters in all");
    return kit.problems;
  }

  private void block(JsonObject block) {
    switch (block.get("type").getAsString()) {
      case "header" -> text(block.get("text"), 150);
      case "section" -> section(block);
      case "context" -> {
        check(size(block, "elements", 10), "a context of no or too many elements");
        block.getAsJsonArray("elements").forEach(each -> text(each, 2_000));
      }
      case "actions" -> {
        check(size(block, "elements", 25), "actions without or with too many buttons");
        block.getAsJsonArray("elements").forEach(each -> button(each.getAsJsonObject()));
      }
      default -> check(false, "a block of type " + block.get("type"));
    }
  }

  private void section(JsonObject block) {
    check(block.has("text") || block.has("fields"), "a section without text");
    if (block.has("text")) {
      text(block.get("text"), 3_000);
    }
    if (block.has("fields")) {
      check(size(block, "fields", 10), "a section of no or too many fields");
      block.getAsJsonArray("fields").forEach(each -> text(each, 2_000));
    }
  }

  private void button(JsonObject button) {
    text(button.get("text"), 75);
    String action = button.get("action_id").getAsString();
    check(action.length() <= 255 && actions.add(action), "action_id " + action);
    int value = button.get("value").getAsString().length();
    check(value > 0 && value <= 2_000, "a value of " + value + " characters");
    characters += value;
    if (button.has("confirm")) {
      JsonObject confirm = button.getAsJsonObject("confirm");
      text(confirm.get("title"), 100);
      text(confirm.get("text"), 300);
      text(confirm.get("confirm"), 30);
      text(confirm.get("deny"), 30);
    }
  }

  private void text(JsonElement element, int most) {
    JsonObject object = element.getAsJsonObject();
    String text = object.get("text").getAsString();
    characters += text.length();
    check(object.get("type").getAsString().equals("plain_text"), "text that is not plain");
    check(!object.has("emoji") || !object.get("emoji").getAsBoolean(), "emoji by their names");
    check(!text.isEmpty() && text.length() <= most, text.length() + " of " + most + " characters");
    check(!UNESCAPED.matcher(text).find(), "not escaped: " + text);
  }

  private static boolean size(JsonObject block, String member, int most) {
    int size = block.getAsJsonArray(member).size();
    return size > 0 && size <= most;
  }

  private void check(boolean good, String problem) {
    if (!good) {
      problems.add(problem);
    }
  }
}
