package org.medicd.notify;

import java.io.InputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS between a test and servers of its own, which it may call by any name. */
public final class LoopbackTls {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private LoopbackTls() {}

  /** For both sides. */
  public static SSLContext context() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store(), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {trust()}, null);
    return context;
  }

  /** Of who calls. */
  public static X509ExtendedTrustManager trust() throws Exception {
    KeyStore store = store();
    return new Only(store.getCertificate(store.aliases().nextElement()));
  }

  private static KeyStore store() throws Exception {
    try (InputStream in = LoopbackTls.class.getResourceAsStream("/notify/localhost.p12")) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(Objects.requireNonNull(in), PASSWORD);
      return store;
    }
  }

  /** Trusts one certificate, whatever name it was called by: here no name leads anywhere else. */
  private static final class Only extends X509ExtendedTrustManager {
    private final Certificate certificate;

    Only(Certificate certificate) {
      this.certificate = certificate;
    }

    private void check(X509Certificate... chain) throws CertificateException {
      if (!chain[0].equals(certificate)) {
        throw new CertificateException("not that one");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
