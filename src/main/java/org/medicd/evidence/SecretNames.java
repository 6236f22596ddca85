package org.medicd.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which names of options, variables and headers stand for a secret. */
final class SecretNames {
  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "secret",
          "token",
          "credential",
          "apikey",
          "accesskey",
          "privatekey",
          "encryptionkey",
          "authkey",
          "signingkey",
          "accountkey",
          "sharedkey",
          "storagekey",
          "masterkey",
          "licensekey",
          "connectionstring",
          "creds");
  private static final Set<String> WORDS = Set.of("pass", "pwd", "pw", "psk", "passin", "passout");
  private static final List<String> HARMLESS_ENDS =
      List.of("file", "path", "dir", "stdin", "url", "prompt", "length", "expiry", "ttl");
  private static final Set<String> HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  /** Options whose argument is a secret for these programs only. */
  private static final Map<String, Set<String>> FLAGS =
      Map.ofEntries(
          Map.entry("sshpass", Set.of("-p")),
          Map.entry("redis-cli", Set.of("-a")),
          Map.entry("curl", Set.of("-u", "--user", "-U", "--proxy-user")),
          Map.entry("ldapsearch", Set.of("-w")),
          Map.entry("ldapmodify", Set.of("-w")),
          Map.entry("ldapadd", Set.of("-w")),
          Map.entry("smbclient", Set.of("-U")),
          Map.entry("rpcclient", Set.of("-U")),
          Map.entry("ipmitool", Set.of("-P")),
          Map.entry("mongo", Set.of("-p")),
          Map.entry("mongosh", Set.of("-p")),
          Map.entry("mongodump", Set.of("-p")),
          Map.entry("mongorestore", Set.of("-p")),
          Map.entry("zip", Set.of("-P")),
          Map.entry("unzip", Set.of("-P")),
          Map.entry("snmpwalk", Set.of("-A", "-X", "-c")),
          Map.entry("snmpget", Set.of("-A", "-X", "-c")),
          Map.entry("login", Set.of("-p"))); // docker login, podman login

  private SecretNames() {}

  /** True for names as "db-password", "AWS_SECRET_ACCESS_KEY" and "client.secret". */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("no-") || HARMLESS_ENDS.stream().anyMatch(lower::endsWith)) {
      return false;
    }
    String joined = lower.replaceAll("[-_.]", "");
    if (PARTS.stream().anyMatch(joined::contains)) {
      return true;
    }
    return List.of(lower.split("[-_.]")).stream().anyMatch(WORDS::contains);
  }

  /** As {@link #isSecret}, and all variables as FERNET_KEY. */
  static boolean isSecretVariable(String name) {
    return isSecret(name) || name.endsWith("_KEY") || name.equals("KEY") || name.endsWith("PASS");
  }

  /** As {@link #isSecretVariable}; PWD is the working folder there, and no password. */
  static boolean isSecretOfEnvironment(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    boolean secret = upper.endsWith("_AUTH") || upper.endsWith("COOKIE") || upper.endsWith("SALT");
    return secret || isSecretVariable(name) && !name.equals("PWD");
  }

  /** Knows curl's -HName too. */
  static boolean isSecretHeader(String name) {
    String header = name.startsWith("-H") ? name.substring(2) : name;
    return HEADERS.contains(header.toLowerCase(Locale.ROOT)) || isSecretVariable(header);
  }

  /** True if this option of this program has a secret as its next argument. */
  static boolean isSecretFlag(String program, String option) {
    return FLAGS.getOrDefault(program, Set.of()).contains(option);
  }

  /**
   * True if the program takes a secret glued to this option: mysql -pSECRET, curl -uUSER:SECRET.
   */
  static boolean takesGluedSecret(String program, String option) {
    boolean mysqlLike = program.startsWith("mysql") || program.startsWith("mariadb");
    boolean gluedPassword = mysqlLike || program.equals("7z") || program.equals("7za");
    return (gluedPassword && option.equals("-p")) || isSecretFlag(program, option);
  }

  /** True for words after which options mean something else. */
  static boolean isProgram(String word) {
    return FLAGS.containsKey(word)
        || word.startsWith("mysql")
        || word.startsWith("mariadb")
        || word.equals("7z")
        || word.equals("7za");
  }
}
