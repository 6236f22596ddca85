package org.medicd.notify.mail;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.medicd.config.Alerts;
import org.medicd.config.NeedsProgram;
import org.medicd.notify.Channel;
import org.medicd.notify.Notices;
import org.medicd.notify.Wording;
import org.medicd.plan.Severity;

/**
 * Debian's mail server for tests, in a process of its own on loopback (src/test/lab/smtpd.py). It
 * can be stopped, and begin again at the same port.
 */
public final class Smtpd implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Gson GSON = new Gson();

  /** A mail that it took. */
  public record Taken(List<String> to, boolean encrypted, boolean authenticated, String data) {
    public String id() {
      return header("Message-ID");
    }

    public String header(String name) {
      return data.replaceAll("\r\n[ \t]+", " ")
          .lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  private final Path folder;
  private Process process;
  private int port;

  private Smtpd(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("tls.pem"), certificate());
    obey(Map.of());
    process = begin();
  }

  /** Skips the test where it is not installed. */
  public static Smtpd start(Path folder) throws IOException {
    NeedsProgram.that(PYTHON + " -c 'import aiosmtpd'", "python3-aiosmtpd");
    return new Smtpd(Files.createDirectories(folder));
  }

  private Process begin() throws IOException {
    String[] command = {PYTHON, "src/test/lab/smtpd.py", folder.toString(), Integer.toString(port)};
    Process begun =
        new ProcessBuilder(command).redirectError(folder.resolve("smtpd.log").toFile()).start();
    BufferedReader out = begun.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException(Files.readString(folder.resolve("smtpd.log")));
    }
    port = Integer.parseInt(line.substring("listening ".length()));
    return begun;
  }

  int port() {
    return port;
  }

  /** From now on. */
  public void obey(Map<String, Object> orders) throws IOException {
    Path file = Files.writeString(folder.resolve("orders.new"), GSON.toJson(orders));
    Files.move(file, folder.resolve("orders.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  public List<Taken> taken() throws IOException {
    Path file = folder.resolve("taken.jsonl");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(each -> GSON.fromJson(each, Taken.class)).toList()
        : List.of();
  }

  public void stop() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Again, at the same port. */
  public void restart() throws IOException {
    stop();
    process = begin();
  }

  @Override
  public void close() {
    stop();
  }

  public Alerts.MailServer server() {
    return new Alerts.MailServer("127.0.0.1", port, Alerts.Tls.STARTTLS, null, null);
  }

  /** To ops and root, by these servers; they are given a moment to answer. */
  public static Channel channel(Duration timeout, Alerts.MailServer... servers) {
    return channel(System::nanoTime, timeout, servers);
  }

  static EmailChannel channel(
      LongSupplier nanoTime, Duration timeout, Alerts.MailServer... servers) {
    Alerts.Email settings =
        new Alerts.Email(
            List.of(servers),
            "medicd@example.org",
            List.of("ops@example.org", "root@example.org"),
            Severity.INFO);
    return new EmailChannel(
        settings, () -> Wording.OWN, () -> Notices.OPENED_AT, nanoTime, new Smtp(timeout, timeout));
  }

  private static String certificate() throws IOException {
    char[] password = "changeit".toCharArray();
    try (InputStream in = Smtpd.class.getResourceAsStream("/notify/localhost.p12")) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(Objects.requireNonNull(in), password);
      String alias = store.aliases().nextElement();
      return pem("PRIVATE KEY", store.getKey(alias, password).getEncoded())
          + pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String pem(String what, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }
}
