package org.medicd.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
  private static HttpAnswer parse(String text) throws IOException {
    return HttpAnswer.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsStatusAndBody() throws IOException {
    assertThat(parse("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n\"\u00e9\""))
        .isEqualTo(new HttpAnswer(404, "\"\u00e9\""));
  }

  @Test
  void refusesAnAnswerThatWasCutOff() {
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n123"))
        .hasMessageContaining("cut off");
    assertThatThrownBy(() -> parse("HTTP/1.1 200 OK\r\nContent-Le")).hasMessageContaining("HTTP");
    assertThatThrownBy(() -> parse("")).hasMessageContaining("HTTP");
  }
}
