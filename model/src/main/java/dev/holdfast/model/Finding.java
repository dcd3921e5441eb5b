package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * One thing noticed.
 *
 * @param kind what, such as {@code silent}; a stable word
 * @param severity how much it weighs
 * @param subject who or what it is about: the name of a host or a source
 * @param reason the sentence
 * @param at when it became so
 * @param causes the indexes of the entries that caused it, in their order; none where time did
 * @param about all that it touches, by which it belongs to a case: {@code site:}, {@code host:},
 *     {@code board:} or {@code chip:} and a name
 */
public record Finding(
    String kind,
    Severity severity,
    String subject,
    Reason reason,
    Instant at,
    List<Long> causes,
    List<String> about) {
  public Finding {
    Names.check("kind", kind);
    requireNonNull(severity, "severity");
    Names.check("subject", subject);
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
    causes = List.copyOf(causes);
    about = List.copyOf(about);
  }

  /** What is only worth knowing, about nothing but its subject. */
  public Finding(String kind, String subject, Reason reason, Instant at) {
    this(kind, Severity.LOW, subject, reason, at, List.of(), List.of());
  }
}
