package dev.holdfast.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a webhook can be told of. */
enum WebhookEvent {
  /** A finding of weight began a case. */
  CASE_OPENED,
  /** A case weighs more than before. */
  CASE_SEVERITY,
  /** Somebody wants a case closed. */
  CASE_PROPOSED,
  /** A second person agreed. */
  CASE_CLOSED,
  /** A case is to be worked on again. */
  CASE_REOPENED,
  /** A finding of the greatest weight, whatever its case. */
  FINDING_HIGH,
  /** A host with a certified key was given no lease. */
  LEASE_REFUSED,
  /** Somebody tries whether the webhook works; sent to it alone, whatever it is told of. */
  WEBHOOK_TEST;

  /** Such as {@code case.opened}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** All that a webhook can be told of because something happened. */
  static List<WebhookEvent> happening() {
    return Arrays.stream(values()).filter(each -> each != WEBHOOK_TEST).toList();
  }

  static WebhookEvent of(String word) {
    for (WebhookEvent each : happening()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "an event is one of "
            + String.join(", ", happening().stream().map(WebhookEvent::word).toList()));
  }
}
