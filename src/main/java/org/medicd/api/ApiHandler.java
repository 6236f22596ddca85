package org.medicd.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/** Hands requests to the routes and writes their answers. Bodies are not read: none has one. */
final class ApiHandler extends Handler.Abstract {
  private final Routes routes;

  ApiHandler(Routes routes) {
    this.routes = routes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Map<String, List<String>> query = new HashMap<>();
    Request.extractQueryParameters(request)
        .forEach(field -> query.put(field.getName(), field.getValues()));
    String path = URIUtil.decodePath(String.valueOf(request.getHttpURI().getPath()));
    Asked asked = new Asked(request.getMethod(), path, query, who(request));
    write(routes.answer(asked), response, callback);
    return true;
  }

  /** The kernel knows who is at the other end of a unix socket. */
  private static String who(Request request) {
    Object transport = request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
    try {
      return transport instanceof SocketChannel channel
          ? channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName()
          : "somebody";
    } catch (IOException | UnsupportedOperationException e) {
      return "somebody";
    }
  }

  static void write(Answer answer, Response response, Callback callback) {
    byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
