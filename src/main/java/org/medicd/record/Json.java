package org.medicd.record;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Facts and plans as JSON on one line. Enums are lower-case-kebab, instants RFC 3339 in UTC,
 * durations ISO 8601, absent values null; a member of a sealed family says in "is" which one it is.
 * What it writes it reads back; a record with a component missing is an error, not a record with
 * zeros.
 */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .setStrictness(Strictness.STRICT)
          .registerTypeAdapterFactory(new RecordAdapters())
          .registerTypeAdapterFactory(new EnumAdapters())
          .registerTypeAdapter(Instant.class, new Text<>(Instant::parse).nullSafe())
          .registerTypeAdapter(Duration.class, new Text<>(Duration::parse).nullSafe())
          .create();

  private Json() {}

  public static String write(Object value) {
    return GSON.toJson(value);
  }

  /**
   * Reads one document.
   *
   * @throws JsonParseException where it is not JSON, or does not describe a T
   */
  public static <T> T read(String json, Class<T> type) {
    return present(GSON.fromJson(json, type));
  }

  /**
   * Reads an array.
   *
   * @throws JsonParseException where it is not JSON, or not an array of T
   */
  public static <T> List<T> readList(String json, Class<T> element) {
    TypeToken<?> type = TypeToken.getParameterized(List.class, element);
    @SuppressWarnings("unchecked") // a List of element, by the token
    List<T> list = (List<T>) present(GSON.fromJson(json, type));
    return List.copyOf(list);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new JsonParseException("there is no value");
    }
    return value;
  }

  /** A value that is its own toString. */
  private static final class Text<T> extends TypeAdapter<T> {
    private final Function<String, T> parse;

    Text(Function<String, T> parse) {
      this.parse = parse;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      out.value(value.toString());
    }

    @Override
    public T read(JsonReader in) throws IOException {
      String text = in.nextString();
      try {
        return parse.apply(text);
      } catch (DateTimeException e) {
        throw new JsonParseException("not a time: " + text, e);
      }
    }
  }
}
