package org.medicd.notify.slack;

import com.slack.api.SlackConfig;
import com.slack.api.audit.AuditConfig;
import com.slack.api.methods.MethodsConfig;
import com.slack.api.rate_limits.metrics.MetricsDatastore;
import com.slack.api.scim.SCIMConfig;
import com.slack.api.scim2.SCIM2Config;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Slack's client counts its calls, for nobody here, on threads that wake every second and outlive
 * it: one for each of its APIs, and that again for the settings that it begins with.
 */
final class Figures {
  private static final AtomicBoolean ENDED = new AtomicBoolean();

  private Figures() {}

  /** Ends those of the settings that it begins with. */
  static void end() {
    if (ENDED.compareAndSet(false, true)) {
      SlackConfig first = SlackConfig.DEFAULT;
      List.of(
              first.getMethodsConfig().getMetricsDatastore(),
              first.getAuditConfig().getMetricsDatastore(),
              first.getSCIMConfig().getMetricsDatastore(),
              first.getSCIM2Config().getMetricsDatastore(),
              MethodsConfig.DEFAULT_SINGLETON.getMetricsDatastore(),
              AuditConfig.DEFAULT_SINGLETON.getMetricsDatastore(),
              SCIMConfig.DEFAULT_SINGLETON.getMetricsDatastore(),
              SCIM2Config.DEFAULT_SINGLETON.getMetricsDatastore())
          .forEach(Figures::end);
    }
  }

  /** Has none kept by those who use these settings; setStatsEnabled alone forgets the last. */
  static void keepNone(SlackConfig config) {
    config.getSCIM2Config().setStatsEnabled(false);
    config.setStatsEnabled(false);
    end(config.getSCIM2Config().getMetricsDatastore());
  }

  private static void end(MetricsDatastore figures) {
    try {
      figures.close();
    } catch (Exception e) { // it declares it
      throw new IllegalStateException(e);
    }
  }
}
