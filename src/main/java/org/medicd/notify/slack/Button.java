package org.medicd.notify.slack;

import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.element.ButtonElement;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people may press. */
enum Button {
  APPROVE("approve", "Approve", "primary"),
  DENY("deny", "Deny", "danger"),
  SILENCE("silence", "Silence 1 h", null),
  PAUSE("pause", "Pause", null),
  WHY("why", "Why", null);

  private static final int LONGEST_NAME = 60;

  private final String id;
  private final String label;
  private final @Nullable String style;

  Button(String id, String label, @Nullable String style) {
    this.id = id;
    this.label = label;
    this.style = style;
  }

  /** What Slack calls it when it is pressed. */
  String id() {
    return id;
  }

  String label() {
    return label;
  }

  static Optional<Button> of(String id) {
    return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
  }

  /**
   * @param target what it is about; comes back with the press
   */
  ButtonElement element(Target target) {
    return ButtonElement.builder()
        .actionId(id)
        .text(Plain.of(label, LONGEST_NAME))
        .style(style)
        .value(target.text())
        .confirm(this == PAUSE ? confirmation(target.host()) : null)
        .build();
  }

  /** It is about all that medicd does, and ends by the command only. */
  private static ConfirmationDialogObject confirmation(String host) {
    String what = "medicd on " + host + " does nothing at all until somebody says: medic resume";
    return ConfirmationDialogObject.builder()
        .title(Plain.of("Pause medicd?", 100))
        .text(Plain.of(what, 300))
        .confirm(Plain.of("Pause", 30))
        .deny(Plain.of("Cancel", 30))
        .build();
  }

  /**
   * What a button is about.
   *
   * @param incident its id; empty where it is about several
   * @param rung index of the step that waits for an answer; -1: none
   * @param host whose incident: Slack may give the press to another one of the same app
   */
  record Target(String incident, int rung, String host) {
    private static final int LONGEST = 255;

    String text() {
      return incident + " " + rung + " " + shortened(host);
    }

    boolean isOfOne() {
      return !incident.isEmpty();
    }

    boolean isOf(String name) {
      return host.equals(shortened(name));
    }

    private static String shortened(String name) {
      return Plain.cut(name, LONGEST);
    }

    /** Null: it is none. */
    static @Nullable Target parse(String text) {
      String[] parts = text.split(" ", 3);
      return parts.length == 3 && parts[1].matches("-1|[0-9]{1,6}")
          ? new Target(parts[0], Integer.parseInt(parts[1]), parts[2])
          : null;
    }
  }
}
