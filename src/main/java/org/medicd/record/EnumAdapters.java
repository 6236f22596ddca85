package org.medicd.record;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Enums by their lower-case-kebab names. */
final class EnumAdapters implements TypeAdapterFactory {
  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (!raw.isEnum()) {
      return null;
    }
    @SuppressWarnings("unchecked") // the constants of the enum T are Ts
    T[] constants = (T[]) raw.getEnumConstants();
    return new EnumAdapter<>(raw.getSimpleName(), constants).nullSafe();
  }

  private static final class EnumAdapter<T> extends TypeAdapter<T> {
    private final String name;
    private final Map<String, T> byTag;

    EnumAdapter(String name, T[] constants) {
      this.name = name;
      this.byTag =
          Arrays.stream(constants)
              .collect(Collectors.toMap(c -> Tag.of((Enum<?>) c), Function.identity()));
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      out.value(Tag.of((Enum<?>) value));
    }

    @Override
    public T read(JsonReader in) throws IOException {
      String tag = in.nextString();
      T constant = byTag.get(tag);
      if (constant == null) {
        throw new JsonParseException("no " + name + " is called " + tag);
      }
      return constant;
    }
  }
}
