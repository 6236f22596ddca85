package org.medicd.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;

/** Hands requests to the routes and writes their answers. Bodies are not read: none has one. */
final class ApiHandler extends Handler.Abstract {
  private final Routes routes;

  ApiHandler(Routes routes) {
    this.routes = routes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Fields query = Request.extractQueryParameters(request);
    boolean all = "true".equals(query.getValue("all"));
    boolean shadow = "true".equals(query.getValue("shadow"));
    String path = URIUtil.decodePath(String.valueOf(request.getHttpURI().getPath()));
    write(routes.answer(request.getMethod(), path, all, shadow), response, callback);
    return true;
  }

  static void write(Answer answer, Response response, Callback callback) {
    byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
