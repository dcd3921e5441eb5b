package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One thing noticed.
 *
 * @param kind what, such as {@code silent}; a stable word
 * @param subject who or what it is about: the name of a host or a source
 * @param reason the sentence
 * @param at when it became so
 */
public record Finding(String kind, String subject, Reason reason, Instant at) {
  public Finding {
    Names.check("kind", kind);
    Names.check("subject", subject);
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
  }
}
