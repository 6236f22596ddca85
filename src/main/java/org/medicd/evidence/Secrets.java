package org.medicd.evidence;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what looks like a secret in command lines, environments and logs: values of options,
 * variables and headers whose name says so, passwords in URLs, private keys, and tokens of known
 * make. In doubt it masks too much.
 */
public final class Secrets {
  static final String MASK = "***";

  private static final int MAX_DEPTH = 4;
  private static final Set<String> SCHEMES =
      Set.of("basic", "bearer", "digest", "token", "negotiate", "apikey");

  // Names are bounded and start where no name goes on, so that a hostile line costs no more time.
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?<![\\w.-])([\\w.-]{1,100})=(\"[^\"]*\"|'[^']*'|[^\\s&;,\"']*)");
  private static final Pattern JSON =
      Pattern.compile("\"([\\w.-]{1,100})\"(\\s{0,5}:\\s{0,5})\"[^\"]*\"");
  private static final Pattern HEADER = Pattern.compile("(?<![\\w-])([\\w-]{1,100}):(?!//)");
  private static final Pattern URL_PASSWORD =
      Pattern.compile("(://[^/\\s:@]{0,200}):[^/\\s@]{0,500}[^/\\s]{0,500}@");
  private static final Pattern URL_TOKEN = Pattern.compile("://[^/\\s:@]{16,500}@");
  private static final Pattern KNOWN_TOKEN =
      Pattern.compile(
          "\\b(ghp_|gho_|ghs_|github_pat_|glpat-|xox[abeoprs]-|xapp-|sk-|AKIA|eyJ)"
              + "[\\w.=/+-]{10,1000}"
              + "|(?<=hooks\\.slack\\.com/services/|/webhooks/)\\S{1,500}");
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\\s\\S]*?"
              + "(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|\\z)");

  /** As a key in hex or base64 is, and no path and hardly a name. */
  private static final Pattern RANDOM =
      Pattern.compile(
          "(?=(?:[^0-9]*[0-9]){3})(?=(?:[^A-Za-z]*[A-Za-z]){3})[A-Za-z0-9+][A-Za-z0-9+/]{19,}={0,2}");

  private Secrets() {}

  /** Masks a command line whose arguments were joined by blanks. Runs of blanks become one. */
  public static String mask(String commandLine) {
    return String.join(" ", new Masking(0).words(CommandWords.of(commandLine)));
  }

  /** Masks the lines of a log, or what else a program printed. */
  static String maskText(String text) {
    return privateKeys(text).lines().map(line -> maskLine(line) + "\n").collect(joining());
  }

  /** Masks a variable of an environment, as NAME=value. */
  static String maskVariable(String variable) {
    int equals = variable.indexOf('=');
    if (equals < 0) {
      return maskLine(variable);
    }
    String name = variable.substring(0, equals);
    String value = variable.substring(equals + 1);
    boolean secret =
        SecretNames.isSecretOfEnvironment(name)
            || RANDOM.matcher(value).matches() && !name.equals("INVOCATION_ID");
    return name + "=" + (secret ? MASK : maskLine(privateKeys(value)));
  }

  private static String privateKeys(String text) {
    return PRIVATE_KEY.matcher(text).replaceAll(MASK);
  }

  /**
   * Masks a line of a log. Its blanks stay. It may hold a command line or a piece of one, and
   * apostrophes that quote nothing, so it is looked at with quotes and without.
   */
  private static String maskLine(String line) {
    String masked = masked(line, CommandWords.of(line));
    boolean quotes = masked.indexOf('"') >= 0 || masked.indexOf('\'') >= 0;
    return quotes ? masked(masked, List.of(masked.strip().split("\\s+"))) : masked;
  }

  private static String masked(String line, List<String> words) {
    List<String> masked = mask(words);
    StringBuilder out = new StringBuilder(line.length());
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      int start = line.indexOf(words.get(i), at);
      out.append(line, at, start).append(masked.get(i));
      at = start + words.get(i).length();
    }
    return out.append(line, at, line.length()).toString();
  }

  /** Masks the arguments of one command, the program first. */
  static List<String> mask(List<String> arguments) {
    return new Masking(0).words(arguments);
  }

  /** One command: what a word means depends on the words before it. */
  private static final class Masking {
    private final int depth;
    private String program = "";
    private boolean nextIsSecret;

    Masking(int depth) {
      this.depth = depth;
    }

    List<String> words(List<String> words) {
      List<String> masked = new ArrayList<>();
      words.forEach(word -> masked.add(word(word)));
      return masked;
    }

    private String word(String raw) {
      String word = privateKeys(raw);
      if (SCHEMES.contains(word.toLowerCase(Locale.ROOT))) {
        nextIsSecret |= word.equalsIgnoreCase("bearer");
        return word; // of an Authorization header: the secret comes after it
      }
      if (nextIsSecret && !word.startsWith("--")) {
        nextIsSecret = false;
        return MASK;
      }
      nextIsSecret = false;
      String name = word.substring(word.lastIndexOf('/') + 1);
      if (SecretNames.isProgram(name)) {
        program = name;
      }
      return word.startsWith("-") ? option(word) : other(word);
    }

    private String option(String word) {
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      boolean secret =
          SecretNames.isSecret(option.replaceFirst("^-+", ""))
              || SecretNames.isSecretFlag(program, option);
      if (secret && equals < 0) {
        nextIsSecret = true;
        return word;
      }
      if (secret) {
        return option + "=" + MASK;
      }
      if (word.length() > 2 && SecretNames.takesGluedSecret(program, word.substring(0, 2))) {
        return word.substring(0, 2) + MASK;
      }
      return other(word);
    }

    private String other(String word) {
      String bare = CommandWords.unquoted(word);
      Matcher assignment = ASSIGNMENT.matcher(bare);
      if (assignment.lookingAt() && SecretNames.isSecretVariable(assignment.group(1))) {
        return assignment.group(1) + "=" + MASK;
      }
      Matcher header = HEADER.matcher(bare);
      if (header.lookingAt() && SecretNames.isSecretHeader(header.group(1))) {
        return header(bare, header);
      }
      List<String> inner = CommandWords.of(bare);
      if (inner.size() > 1 && depth < MAX_DEPTH) {
        String masked = String.join(" ", new Masking(depth + 1).words(inner));
        return bare.equals(word) ? masked : word.charAt(0) + masked + word.charAt(0);
      }
      String masked = inside(bare);
      return masked.equals(bare) ? word : masked;
    }

    private String header(String word, Matcher header) {
      String value = word.substring(header.end());
      String bare = value.strip();
      nextIsSecret = bare.isEmpty() || SCHEMES.contains(bare.toLowerCase(Locale.ROOT));
      if (nextIsSecret) {
        return word;
      }
      String blank = value.startsWith(" ") ? " " : "";
      return word.substring(0, header.end()) + blank + MASK;
    }

    private static String inside(String word) {
      String masked =
          ASSIGNMENT
              .matcher(word)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          SecretNames.isSecretVariable(found.group(1))
                              ? found.group(1) + "=" + MASK
                              : found.group()));
      masked =
          JSON.matcher(masked)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          SecretNames.isSecretVariable(found.group(1))
                              ? "\"" + found.group(1) + "\"" + found.group(2) + "\"" + MASK + "\""
                              : found.group()));
      Matcher header = HEADER.matcher(masked);
      while (header.find()) {
        if (SecretNames.isSecretHeader(header.group(1))) {
          masked = masked.substring(0, header.end()) + MASK;
          break;
        }
      }
      masked = URL_PASSWORD.matcher(masked).replaceAll("$1:" + MASK + "@");
      masked = URL_TOKEN.matcher(masked).replaceAll("://" + MASK + "@");
      return KNOWN_TOKEN.matcher(masked).replaceAll(MASK);
    }
  }
}
