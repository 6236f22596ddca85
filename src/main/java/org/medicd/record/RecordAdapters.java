package org.medicd.record;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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

/** Records by their components, and sealed interfaces of records by the tag "is". */
final class RecordAdapters implements TypeAdapterFactory {
  static final String TAG = "is";

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    @SuppressWarnings("unchecked") // the raw class of the token; none of these types is generic
    Class<T> raw = (Class<T>) type.getRawType();
    if (raw.isRecord()) {
      return new RecordAdapter<>(gson, raw).nullSafe();
    }
    if (raw.isInterface() && raw.isSealed()) {
      return new FamilyAdapter<>(gson, raw).nullSafe();
    }
    return null;
  }

  /** The tag of a record that belongs to a sealed family; null for others. */
  static @Nullable String tagOf(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed) ? Tag.of(type) : null;
  }

  private static final class FamilyAdapter<T> extends TypeAdapter<T> {
    private final Gson gson;
    private final String name;
    private final Map<String, ? extends Class<?>> byTag;

    FamilyAdapter(Gson gson, Class<T> family) {
      this.gson = gson;
      this.name = family.getSimpleName();
      this.byTag =
          Arrays.stream(family.getPermittedSubclasses())
              .collect(Collectors.toMap(Tag::of, Function.identity()));
    }

    @Override
    public void write(JsonWriter out, T value) {
      gson.toJson(value, value.getClass(), out);
    }

    @Override
    public T read(JsonReader in) throws IOException {
      JsonElement element = gson.getAdapter(JsonElement.class).read(in);
      if (!(element instanceof JsonObject object) || !(object.has(TAG))) {
        throw new JsonParseException(name + " without \"" + TAG + "\"");
      }
      String tag = object.get(TAG).getAsString();
      Class<?> member = byTag.get(tag);
      if (member == null) {
        throw new JsonParseException("no " + name + " is called " + tag);
      }
      @SuppressWarnings("unchecked") // a permitted subclass of T
      T value = (T) gson.getAdapter(member).fromJsonTree(object);
      return value;
    }
  }
}
