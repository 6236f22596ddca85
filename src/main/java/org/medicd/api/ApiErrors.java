package org.medicd.api;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses (a header too large, a handler that threw) as JSON too. */
final class ApiErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
    String message =
        cause != null && status >= 500 ? cause.toString() : HttpStatus.getMessage(status);
    ApiHandler.write(Answer.error(status, message), response, callback);
    return true;
  }
}
