package org.medicd.notify.mail;

import java.util.Properties;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Proxies;

/** The way to a mail server by the proxy that the environment names (smtp_proxy, all_proxy). */
final class MailProxy {
  private MailProxy() {}

  /** Adds it to the properties of Angus Mail (org.eclipse.angus.mail.smtp), if there is one. */
  static void add(Properties properties, Alerts.MailServer server, Proxies proxies)
      throws DeliveryException {
    String scheme = server.tls() == Alerts.Tls.IMPLICIT ? "smtps" : "smtp";
    Proxies.Proxy proxy = proxies.to(scheme, server.host());
    if (proxy == null) {
      return;
    }
    boolean http = proxy.kind() == Proxies.Kind.HTTP;
    String kind = http ? "mail.smtp.proxy" : "mail.smtp.socks";
    properties.setProperty(kind + ".host", proxy.host());
    properties.setProperty(kind + ".port", Integer.toString(proxy.port()));
    if (http && proxy.user() != null && proxy.password() != null) {
      properties.setProperty(kind + ".user", proxy.user());
      properties.setProperty(kind + ".password", proxy.password());
    } else if (proxy.user() != null) {
      throw new DeliveryException(proxy + ": mail cannot log in to one that speaks SOCKS");
    }
  }
}
