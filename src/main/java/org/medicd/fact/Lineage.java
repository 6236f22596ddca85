package org.medicd.fact;

/**
 * What a process stands for beyond its pid: its unit, else its parent, plus the executable. A
 * respawned worker is the same lineage.
 *
 * @param owner "unit NAME" or "parent PID"
 * @param executable path of the executable, or the comm where the path is unknown
 */
public record Lineage(String owner, String executable) {
  public static Lineage of(Proc proc) {
    String owner = proc.unit() != null ? "unit " + proc.unit() : "parent " + proc.parent();
    return new Lineage(owner, proc.executable() != null ? proc.executable() : proc.comm());
  }
}
