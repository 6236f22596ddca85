package org.medicd.config;

import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.medicd.plan.Action;

/**
 * What a single value of the configuration may be: each throws {@link Unfit} for what it is not.
 */
final class Values {
  private static final Pattern MAIL_ADDRESS =
      Pattern.compile("[^\\s,;:<>()\\[\\]\"@\\\\]+(@[^\\s,;<>()\"@\\\\]+)?");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
  private static final Pattern SLACK_USER = Pattern.compile("[UW][A-Z0-9]{2,20}");
  private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  /** Some with all that is below them, others only as a whole. */
  private static final Pattern SYSTEMS_OWN =
      Pattern.compile(
          "/(?:(?:bin|sbin|lib[^/]*|usr(?!/local/.)|etc|boot|dev|proc|sys)(?:/.*)?"
              + "|home|opt|root|run|srv|usr/local|var|var/lib)");

  private Values() {}

  /** Text on one line. */
  static String text(String text) {
    if (!text.codePoints().allMatch(Quoted::isPlain)) {
      throw new Unfit(Quoted.of(text) + " holds a control character or a line end");
    }
    return text;
  }

  /** A word in small letters, digits and hyphens, as cpu-runaway. */
  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new Unfit(Quoted.of(text) + " must be small letters, digits and hyphens, as my-limit");
    }
    return text;
  }

  /**
   * A name in which * and ? stand for others. Brackets and braces mean more in a shell: whoever
   * writes them would protect less than meant.
   */
  static String pattern(String text) {
    if (text(text).matches("(?s).*[\\[\\]{}].*")) {
      String message = " has brackets or braces: only * and ? stand for others, so list each name";
      throw new Unfit(Quoted.of(text) + message);
    }
    return text;
  }

  /** A unit, or a pattern of units; without a suffix it would never match. */
  static String unit(String text) {
    String unit = pattern(text);
    if (!unit.contains(".") && !unit.endsWith("*")) {
      throw new Unfit(Quoted.of(unit) + " lacks the kind of unit", unit + ".service");
    }
    return unit;
  }

  /** A host by name or address. */
  static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new Unfit(Quoted.of(text) + " is not the name or address of a host");
    }
    return text;
  }

  static Path absolutePath(String text) {
    Path path;
    try {
      path = Path.of(text(text));
    } catch (InvalidPathException e) {
      throw new Unfit(Quoted.of(text) + " is not a path: " + e.getReason());
    }
    if (!path.isAbsolute()) {
      throw new Unfit(Quoted.of(text) + " must be an absolute path, from /");
    }
    return path;
  }

  /** A folder in which files may be deleted: not the system's own, and written as it is. */
  static Path folderToClean(String text) {
    Path folder = absolutePath(text);
    if (folder.getNameCount() == 0 || !folder.equals(folder.normalize())) {
      throw new Unfit(Quoted.of(text) + " must be a folder below /, without . and ..");
    }
    if (SYSTEMS_OWN.matcher(folder.toString()).matches()) {
      String why = " belongs to the system as a whole: name the folder of what may go";
      throw new Unfit(Quoted.of(text) + why);
    }
    return folder;
  }

  /** Which files, as a shell writes it, below a folder. */
  static String glob(String text) {
    if (text(text).startsWith("/") || text.contains("..")) {
      throw new Unfit(Quoted.of(text) + " must stay below its folder, as *.gz or **.gz");
    }
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + text);
      return text;
    } catch (PatternSyntaxException e) {
      throw new Unfit(Quoted.of(text) + " is no pattern of files: " + e.getDescription());
    }
  }

  /** The name of a program in the folder of exec. */
  static String programName(String text) {
    if (!Exec.isProgramName(text(text))) {
      throw new Unfit(
          Quoted.of(text) + " must be the name of a program in exec.folder, not a path");
    }
    return text;
  }

  /** A user or bot of a Slack workspace. https://docs.slack.dev/reference/objects/user-object */
  static String slackUser(String text) {
    if (!SLACK_USER.matcher(text).matches()) {
      throw new Unfit(
          Quoted.of(text)
              + " is not the id of a Slack user, as U012AB3CD (profile, ⋮, Copy member ID)");
    }
    return text;
  }

  /** A file of a secret: an absolute path, or the name of a credential that systemd hands over. */
  static Path secretFile(String text) {
    if (CREDENTIAL.matcher(text).matches()) {
      return Path.of(text);
    } else if (!text.startsWith("/")) { // it may be the secret itself
      throw new Unfit(
          "what stands there is neither an absolute path, from /, nor the name of a credential");
    }
    return absolutePath(text);
  }

  static boolean onOff(String text) {
    if (!text.equals("on") && !text.equals("off")) {
      throw new Unfit(Quoted.of(text) + " is neither on nor off");
    }
    return text.equals("on");
  }

  static int port(String text, int least) {
    int port = WHOLE.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (port < least || port > 65_535) {
      throw new Unfit(Quoted.of(text) + " is not a port: a number from " + least + " to 65535");
    }
    return port;
  }

  static String mailAddress(String text) {
    if (!MAIL_ADDRESS.matcher(text(text)).matches()) {
      throw new Unfit(Quoted.of(text) + " is not a mail address, as ops@example.org");
    }
    return text;
  }

  static URI webAddress(String text) {
    return WebAddress.parse(text);
  }

  /** A web address that others are below: it ends in a slash. */
  static URI webFolder(String text) {
    return webAddress(text.endsWith("/") ? text : text + "/");
  }

  /** A duration within a range; the ends belong to it. */
  static Function<String, Duration> duration(Duration least, Duration most) {
    return text -> {
      Duration duration = Durations.parse(text);
      if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
        String range = Durations.format(least) + " to " + Durations.format(most);
        throw new Unfit(Quoted.of(text) + " is out of range: from " + range);
      }
      return duration;
    };
  }

  /** A whole number between two. */
  static Function<String, Integer> count(int least, int most) {
    return text -> whole(text, text, least, most);
  }

  /** A whole percentage between two, as 50%. */
  static Function<String, Integer> percent(int least, int most) {
    return text -> {
      if (!text.endsWith("%")) {
        throw new Unfit(Quoted.of(text) + " is not a percentage, as 50%", text + "%");
      }
      return whole(text, text.substring(0, text.length() - 1), least, most);
    };
  }

  private static int whole(String text, String digits, int least, int most) {
    if (!WHOLE.matcher(digits).matches()
        || Integer.parseInt(digits) < least
        || Integer.parseInt(digits) > most) {
      throw new Unfit(Quoted.of(text) + " is not a whole number from " + least + " to " + most);
    }
    return Integer.parseInt(digits);
  }

  /** A size not below the least. */
  static Function<String, Long> size(long least) {
    return text -> {
      long bytes = Sizes.parse(text);
      if (bytes < least) {
        throw new Unfit(Quoted.of(text) + " is out of range: at least " + Sizes.format(least));
      }
      return bytes;
    };
  }

  /** An action that changes something, by its label: kill, restart-unit, exec:NAME. */
  static String action(String text) {
    List<String> known =
        Arrays.stream(Action.Kind.values())
            .filter(kind -> kind.has(Action.Trait.DISRUPTS))
            .map(Action.Kind::word)
            .toList();
    if (!known.contains(text) && !text.matches("(exec|signal|signal-family):\\S+")) {
      throw new Unfit(
          Quoted.of(text) + " is no action that changes something", Nearest.to(text, known));
    }
    return text;
  }

  /** One of a few words: the names of the enum's values in small letters. */
  @SafeVarargs
  static <E extends Enum<E>> Function<String, E> oneOf(E... choices) {
    List<String> words =
        Arrays.stream(choices).map(choice -> choice.name().toLowerCase(Locale.ROOT)).toList();
    return text -> {
      int index = words.indexOf(text);
      if (index < 0) {
        String message = Quoted.of(text) + " is not one of " + String.join(", ", words);
        throw new Unfit(message, Nearest.to(text, words));
      }
      return choices[index];
    };
  }
}
