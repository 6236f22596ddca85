package org.medicd.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Which rules are loaded, and with what.
 *
 * @param folders of rule packs; a file of a later one replaces that of the same name
 * @param reload whether changed rules are taken up by themselves
 * @param shadow packs (cpu.drl) or rules, by their names, that only count what they would do
 * @param limits their thresholds and durations
 */
public record RuleSettings(List<Path> folders, Reload reload, List<String> shadow, Limits limits) {

  /** When changed rules and settings are taken up. */
  public enum Reload {
    /** When somebody asks for it; a change is only announced. */
    MANUAL,
    /** Once they have changed and are quiet. */
    AUTO
  }

  public RuleSettings {
    folders = List.copyOf(folders);
    shadow = List.copyOf(shadow);
  }

  static RuleSettings defaults() {
    return new RuleSettings(
        List.of(Path.of("/usr/share/medicd/rules"), Path.of("/etc/medicd/rules.d")),
        Reload.MANUAL,
        List.of(),
        Limits.defaults());
  }

  /** The same of other folders, as --rules has it. */
  public RuleSettings of(List<Path> others) {
    return new RuleSettings(others, reload, shadow, limits);
  }

  /** The same with other packs and rules that are only tried. */
  public RuleSettings withShadow(List<String> others) {
    return new RuleSettings(folders, reload, others, limits);
  }

  /** The same with other limits. */
  public RuleSettings withLimits(Limits others) {
    return new RuleSettings(folders, reload, shadow, others);
  }
}
