package org.medicd.fact;

/** Several processes with something in common, named by what they share. */
public record GroupId(String name) implements Subject {
  @Override
  public String kind() {
    return "group";
  }

  @Override
  public String toString() {
    return name;
  }
}
