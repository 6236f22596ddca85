package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.medicd.api.Reply;
import org.medicd.config.RuleSettings;
import org.medicd.config.Settings;
import org.medicd.rule.RulePack;

/**
 * Sees when rules or the configuration have changed on the disk. Once they are quiet they are taken
 * up, if the configuration says so; else that is only announced, once.
 */
final class RulesWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RulesWatch.class.getName());
  private static final long SECONDS = 5;

  private final Path config;
  private final Supplier<Settings> settings;
  private final Reload reload;
  private final ScheduledExecutorService looks =
      new ScheduledThreadPoolExecutor(
          1,
          look -> {
            Thread thread = new Thread(look, "medicd-rules");
            thread.setDaemon(true);
            return thread;
          });
  private Map<Path, List<Long>> known = Map.of();
  private Map<Path, List<Long>> last = Map.of();

  /**
   * @param config the file that the daemon was begun with
   * @param settings as they hold now
   */
  RulesWatch(Path config, Supplier<Settings> settings, Reload reload) {
    this.config = config;
    this.settings = settings;
    this.reload = reload;
  }

  void begin() {
    known = files();
    last = known;
    looks.scheduleWithFixedDelay(this::lookAgain, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Takes up what is on the disk, whether it has changed or not. */
  synchronized Reply reload() {
    List<Path> folders = settings.get().rules().folders();
    known = files(); // as they are before they are read: what changes meanwhile is seen
    Reply reply = reload.run();
    if (!settings.get().rules().equals(folders)) {
      known = files();
    }
    return reply;
  }

  /** What fails once would not be done again. */
  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "changed rules or settings could not be taken up", e);
    }
  }

  private synchronized void look() {
    Map<Path, List<Long>> now = files();
    boolean quiet = now.equals(last);
    last = now;
    if (!quiet || now.equals(known)) {
      return;
    }
    if (settings.get().rules().reload() == RuleSettings.Reload.AUTO) {
      Reply reply = reload();
      LOG.log(reply.done() ? Level.INFO : Level.WARNING, reply.message());
    } else {
      known = now;
      LOG.log(Level.INFO, "rules or settings have changed: medic reload takes them up");
    }
  }

  /** Time of change and size of each; a file that cannot be read is as if it were not there. */
  private Map<Path, List<Long>> files() {
    Map<Path, List<Long>> files = new TreeMap<>();
    add(config, files);
    try {
      RulePack.files(settings.get().rules().folders()).forEach(file -> add(file, files));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "rules cannot be listed: " + e.getMessage());
    }
    return files;
  }

  private static void add(Path file, Map<Path, List<Long>> files) {
    try {
      files.put(file, List.of(Files.getLastModifiedTime(file).toMillis(), Files.size(file)));
    } catch (IOException e) {
      files.remove(file);
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
