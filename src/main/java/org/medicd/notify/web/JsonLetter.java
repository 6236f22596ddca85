package org.medicd.notify.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;

/**
 * A letter as a JSON document, as examples/gateways/notice.json shows it. The names are a contract:
 * more may come, and what is here keeps its meaning as long as "schema" ends in 1.
 */
final class JsonLetter {
  static final String SCHEMA = "medicd.notice/1";

  /** Beyond these, incidents are counted only: a document is to stay below a megabyte or so. */
  static final int MOST_INCIDENTS = 100;

  private JsonLetter() {}

  /**
   * @param json an incident as medic incidents --json has it
   */
  static JsonObject of(Letter letter, Function<Incident, JsonElement> json) {
    List<Notice> told = letter.notices().stream().limit(MOST_INCIDENTS).toList();
    JsonObject document = new JsonObject();
    document.addProperty("schema", SCHEMA);
    document.addProperty("key", letter.key());
    document.addProperty("thread", letter.thread());
    document.addProperty("kind", word(letter.kind()));
    document.addProperty("host", letter.first().host());
    document.addProperty("mode", word(letter.first().mode()));
    document.addProperty("paused", letter.first().pause() != null);
    document.addProperty("at", latest(letter).at().toString());
    document.addProperty("digest", letter.digest());
    document.addProperty("over", letter.over());
    document.addProperty("subject", LetterText.subject(letter));
    document.add("text", array(LetterText.text(letter).lines().toList()));
    document.add("notices", notices(told));
    document.add("incidents", incidents(told, json));
    document.add("others", others(letter));
    return document;
  }

  private static Notice latest(Letter letter) {
    return letter.notices().stream().max(Comparator.comparing(Notice::at)).orElseGet(letter::first);
  }

  private static JsonArray notices(List<Notice> told) {
    JsonArray array = new JsonArray();
    for (Notice notice : told) {
      JsonObject each = new JsonObject();
      each.addProperty("id", notice.id());
      each.addProperty("kind", word(notice.kind()));
      each.addProperty("incident", notice.incident().id());
      each.addProperty("at", notice.at().toString());
      array.add(each);
    }
    return array;
  }

  private static JsonArray incidents(List<Notice> told, Function<Incident, JsonElement> json) {
    JsonArray array = new JsonArray();
    told.forEach(each -> array.add(json.apply(each.incident())));
    return array;
  }

  /** Those that are only counted, by diagnosis. */
  private static JsonObject others(Letter letter) {
    Map<String, Integer> counts =
        letter.notices().stream()
            .skip(MOST_INCIDENTS)
            .collect(
                Collectors.toMap(
                    each -> each.incident().diagnosis(), each -> 1, Integer::sum, TreeMap::new));
    letter.others().forEach((diagnosis, count) -> counts.merge(diagnosis, count, Integer::sum));
    JsonObject others = new JsonObject();
    counts.forEach(others::addProperty);
    return others;
  }

  private static JsonArray array(List<String> lines) {
    JsonArray array = new JsonArray();
    lines.forEach(array::add);
    return array;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
