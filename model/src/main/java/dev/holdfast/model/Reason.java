package dev.holdfast.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Why a verdict is what it is, free of any language.
 *
 * @param code the key of the sentence in the message catalogue, such as {@code reason.landmark-far}
 * @param arguments what the sentence names, as text: names, numbers with units
 */
public record Reason(String code, List<String> arguments) {
  public Reason {
    requireNonNull(code, "code");
    arguments = List.copyOf(arguments);
  }

  /** A reason with its arguments. */
  public static Reason of(String code, String... arguments) {
    return new Reason(code, List.of(arguments));
  }
}
