package org.medicd.api;

import com.google.gson.JsonObject;
import org.medicd.record.Json;

/** One answer of the API: an HTTP status and a JSON document. */
record Answer(int status, String json) {
  static Answer ok(Object view) {
    return new Answer(200, Json.write(view));
  }

  static Answer error(int status, String message) {
    JsonObject body = new JsonObject();
    body.addProperty("error", message);
    return new Answer(status, Json.write(body));
  }

  /** A command that was refused is a conflict with how things stand. */
  static Answer of(Reply reply) {
    if (!reply.done()) {
      return error(409, reply.message());
    }
    JsonObject body = new JsonObject();
    body.addProperty("message", reply.message());
    return new Answer(200, Json.write(body));
  }
}
