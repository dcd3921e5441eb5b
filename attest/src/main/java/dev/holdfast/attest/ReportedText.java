package dev.holdfast.attest;

import dev.holdfast.base.JsonFields;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Reported;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the texts mean that drivers and boards put into a field.
 *
 * <p>Some are sentences where a value would stand; some are a filling, such as zeros. Neither names
 * anything, and a name that is all zeros would make one chip of many.
 */
public final class ReportedText {
  /** What nvidia-smi and NVML print where there is no value, in lower case without brackets. */
  private static final Set<String> NO_VALUE =
      Set.of(
          "n/a",
          "not available",
          "not supported",
          "unknown error",
          "err!",
          "insufficient permissions",
          "requested functionality has been deprecated",
          "gpu is lost",
          "gpu requires reset",
          "function not found");

  /** What boards carry whose maker filled nothing in, in lower case. */
  private static final Set<String> FILLINGS =
      Set.of(
          "none",
          "not specified",
          "not settable",
          "not applicable",
          "default string",
          "to be filled by o.e.m.",
          "system serial number",
          "chassis serial number",
          "03000200-0400-0500-0006-000700080009");

  private static final int PDI_DIGITS = 16;

  private ReportedText() {}

  /**
   * A text as it stands in a field that is there.
   *
   * @throws IllegalArgumentException where it is longer than 200 characters or holds a control
   *     character
   */
  public static Reported of(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return Reported.Absent.EMPTY;
    }
    boolean brackets = stripped.startsWith("[") && stripped.endsWith("]") && stripped.length() > 1;
    String bare = brackets ? stripped.substring(1, stripped.length() - 1) : stripped;
    return NO_VALUE.contains(bare.strip().toLowerCase(Locale.ROOT))
        ? Reported.Absent.NOT_AVAILABLE
        : Reported.of(stripped);
  }

  /** As {@link #of}, of a field that names something, in which a filling is nothing. */
  public static Reported name(String text) {
    Reported reported = of(text);
    return reported.value().filter(ReportedText::isFilling).isPresent()
        ? Reported.Absent.EMPTY
        : reported;
  }

  /** A field of a JSON object; null says that there is no value. */
  static Reported of(JsonFields fields, String name) {
    if (!fields.has(name)) {
      return Reported.Absent.MISSING;
    }
    return fields.isNull(name)
        ? Reported.Absent.NOT_AVAILABLE
        : fields.value(name, ReportedText::of);
  }

  /** As {@link #of(JsonFields, String)}, of a field that names something. */
  static Reported name(JsonFields fields, String name) {
    if (!fields.has(name)) {
      return Reported.Absent.MISSING;
    }
    return fields.isNull(name)
        ? Reported.Absent.NOT_AVAILABLE
        : fields.value(name, ReportedText::name);
  }

  /**
   * Whether a text stands where a name should and names nothing: all its digits are 0, or all are
   * F, whatever separates them, or it is one of the sentences that boards are shipped with.
   */
  public static boolean isFilling(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (FILLINGS.contains(lower)) {
      return true;
    }
    String bare =
        lower.startsWith("gpu-")
            ? lower.substring(4)
            : lower.startsWith("0x") ? lower.substring(2) : lower;
    return consistsOf('0', bare) || consistsOf('f', bare);
  }

  private static boolean consistsOf(char digit, String text) {
    return text.chars().allMatch(c -> c == digit || c == '-' || c == ':' || c == '.' || c == ' ');
  }

  /** A per-device id in its one spelling; a text that is none stays as it is. */
  static String pdi(String text) {
    if (!text.matches("0[xX][0-9a-fA-F]{1," + PDI_DIGITS + "}")) {
      return text;
    }
    String digits = text.substring(2).toLowerCase(Locale.ROOT);
    return "0x" + "0".repeat(PDI_DIGITS - digits.length()) + digits;
  }

  /** The name of a kind that a value gives. */
  static Optional<Alias> alias(Alias.Kind kind, Reported value) {
    return value.value().map(text -> new Alias(kind, kind == Alias.Kind.PDI ? pdi(text) : text));
  }
}
