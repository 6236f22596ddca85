package org.medicd.record;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record type. Gson's own would make a record with zeros of a torn object; this one refuses
 * where a component is missing that is not {@code @Nullable}; a list that is missing is empty, and
 * unknown names are passed over, so that an older and a newer medicd read what the other wrote.
 */
final class RecordAdapter<T> extends TypeAdapter<T> {
  private final String name;
  private final @Nullable String tag;
  private final Constructor<T> constructor;
  private final List<Component> components = new ArrayList<>();

  private record Component(
      String name, Method accessor, TypeAdapter<Object> adapter, boolean nullable) {
    boolean isList() {
      return accessor.getReturnType() == List.class;
    }
  }

  RecordAdapter(Gson gson, Class<T> type) {
    name = type.getSimpleName();
    tag = RecordAdapters.tagOf(type);
    RecordComponent[] declared = type.getRecordComponents();
    for (RecordComponent component : declared) {
      component.getAccessor().setAccessible(true);
      components.add(component(gson, component));
    }
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new LinkageError("a record without its canonical constructor: " + type, e);
    }
    constructor.setAccessible(true);
  }

  private static Component component(Gson gson, RecordComponent component) {
    @SuppressWarnings("unchecked") // only ever given what the accessor of this component answers
    TypeAdapter<Object> adapter =
        (TypeAdapter<Object>) gson.getAdapter(TypeToken.get(component.getGenericType()));
    AnnotatedElement type = component.getAnnotatedType();
    return new Component(
        component.getName(),
        component.getAccessor(),
        adapter,
        type.isAnnotationPresent(Nullable.class));
  }

  @Override
  public void write(JsonWriter out, T value) throws IOException {
    out.beginObject();
    if (tag != null) {
      out.name(RecordAdapters.TAG).value(tag);
    }
    for (Component component : components) {
      out.name(component.name());
      try {
        component.adapter().write(out, component.accessor().invoke(value));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("cannot read " + name + "." + component.name(), e);
      }
    }
    out.endObject();
  }

  @Override
  public T read(JsonReader in) throws IOException {
    @Nullable Object[] values = new @Nullable Object[components.size()];
    in.beginObject();
    while (in.hasNext()) {
      int index = indexOf(in.nextName());
      if (index < 0) {
        in.skipValue();
      } else {
        values[index] = components.get(index).adapter().read(in);
      }
    }
    in.endObject();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && components.get(i).isList()) {
        values[i] = List.of();
      }
      if (values[i] == null && !components.get(i).nullable()) {
        throw new JsonParseException(name + " without " + components.get(i).name());
      }
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new JsonParseException(name + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make a " + name, e);
    }
  }

  private int indexOf(String component) {
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).name().equals(component)) {
        return i;
      }
    }
    return -1;
  }
}
