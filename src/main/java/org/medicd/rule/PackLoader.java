package org.medicd.rule;

import java.util.ArrayList;
import java.util.List;
import org.drools.model.Model;

/** Loads the classes of compiled rules out of memory. */
final class PackLoader extends ClassLoader {
  private final CompiledRules compiled;

  PackLoader(CompiledRules compiled) {
    super(PackLoader.class.getClassLoader());
    this.compiled = compiled;
  }

  /** Its own classes first: the parent would look through every archive for each of them. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("org.medicd.") || !compiled.classes().containsKey(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = compiled.classes().get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /**
   * The descriptions of the rules.
   *
   * @throws UnfitPackException if these are no classes that this version of medicd can run
   */
  List<Model> models() throws UnfitPackException {
    List<Model> models = new ArrayList<>();
    for (String name : compiled.models()) {
      try {
        models.add((Model) loadClass(name).getDeclaredConstructor().newInstance());
      } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
        throw new UnfitPackException("compiled rules cannot be loaded: " + e);
      }
    }
    return models;
  }
}
