package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who asks, in which language, and with which parameters. */
final class Asked {
  private static final int MOST = 500;
  private static final int USUAL = 100;
  private static final int LONGEST = 200;

  /** Of two names of 200 characters, as octets, with what JSON and base64 add to them. */
  private static final int LONGEST_CURSOR = 4096;

  private final Function<String, @Nullable String> parameters;
  private final MessageCatalogue catalogue;
  private final @Nullable List<Disclosed> disclosed;
  private final Instant now;

  /** A site of which may be read what happened in a span of time. */
  record Disclosed(String site, Instant from, Instant until) {
    boolean covers(Instant at) {
      return !at.isBefore(from) && !at.isAfter(until);
    }
  }

  /**
   * A question.
   *
   * @param disclosed what may be read; null for all
   */
  Asked(
      Function<String, @Nullable String> parameters,
      MessageCatalogue catalogue,
      @Nullable List<Disclosed> disclosed,
      Instant now) {
    this.parameters = parameters;
    this.catalogue = catalogue;
    this.disclosed = disclosed;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  MessageCatalogue catalogue() {
    return catalogue;
  }

  @Nullable String text(String name) {
    return text(name, LONGEST);
  }

  private @Nullable String text(String name, int longest) {
    String value = parameters.apply(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > longest) {
      throw bad(name, "it is longer than " + longest + " characters");
    }
    return value;
  }

  /** What must be asked with, without blanks around it. */
  String required(String name, int longest) {
    String value = text(name, longest);
    if (value == null) {
      throw bad(name, "it is missing or blank");
    }
    return value.strip();
  }

  int limit() {
    return number("limit", 1, MOST).orElse(USUAL);
  }

  /** A whole number within its bounds, where one was asked for. */
  OptionalInt number(String name, int least, int most) {
    String value = text(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      throw bad(name, "it is not a number");
    }
    throw bad(name, "it is not " + least + " to " + most);
  }

  @Nullable String cursor() {
    String value = text("cursor", LONGEST_CURSOR);
    if (value == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad("cursor", "it is not one of this list");
    }
  }

  void filter(Conditions where, String name, String condition) {
    String value = text(name);
    if (value != null) {
      where.add(condition, name, value);
    }
  }

  /** What begins with the text that was asked for; what LIKE takes for a wildcard is a letter. */
  void prefix(Conditions where, String name, String... columns) {
    String value = text(name);
    if (value != null) {
      List<String> any = new ArrayList<>();
      for (String column : columns) {
        any.add(column + " LIKE :" + name + " ESCAPE '!'");
      }
      where.add("(" + String.join(" OR ", any) + ")", name, value.replaceAll("[!%_]", "!$0") + "%");
    }
  }

  /** What may be seen, by the column of the site. */
  Conditions sites(String column) {
    Conditions where = new Conditions();
    List<Disclosed> some = disclosed;
    if (some != null) {
      in(where, column, some);
    }
    return where;
  }

  /** A filter by what stands now: an auditor may ask it where now was disclosed. */
  void state(Conditions where, String site, String condition) {
    filter(where, "state", condition);
    if (text("state") != null) {
      onlyNow(where, site);
    }
  }

  /** Only that of which may be seen what stands now, by the column of the site. */
  void onlyNow(Conditions where, String site) {
    List<Disclosed> some = disclosed;
    if (some != null) {
      in(where, site, some.stream().filter(each -> each.covers(now)).toList());
    }
  }

  private static void in(Conditions where, String column, List<Disclosed> some) {
    StringBuilder list = new StringBuilder(column).append(" IN (''");
    for (Disclosed each : some) {
      list.append(", :").append(bound(where, each.site()));
    }
    where.add(list.append(')').toString());
  }

  private static String bound(Conditions where, Object value) {
    String name = "disclosed" + where.values().size();
    where.values().put(name, value);
    return name;
  }

  /** What was disclosed to whoever asks; null where they may read all. */
  @Nullable List<Disclosed> spans() {
    return disclosed;
  }

  boolean readsAll() {
    return disclosed == null;
  }

  boolean maySee(@Nullable String site) {
    List<Disclosed> some = disclosed;
    return some == null || some.stream().anyMatch(each -> each.site().equals(site));
  }

  /** Whether what stands now of a site may be seen. */
  boolean maySeeNow(@Nullable String site) {
    return maySee(site, now, now);
  }

  /** Whether anything between two instants may be seen of a site. */
  boolean maySee(@Nullable String site, Instant from, Instant until) {
    List<Disclosed> some = disclosed;
    return some == null
        || some.stream()
            .anyMatch(each ->
                each.site().equals(site)
                    && !each.from().isAfter(until)
                    && !each.until().isBefore(from));
  }

  /** Only what happened within the spans that were disclosed, by the columns of site and time. */
  void spans(Conditions where, String site, String time) {
    List<Disclosed> some = disclosed;
    if (some == null) {
      return;
    }
    StringBuilder spans = new StringBuilder("(1 = 0");
    for (Disclosed each : some) {
      spans.append(" OR (").append(site).append(" = :").append(bound(where, each.site()));
      spans.append(" AND ").append(time).append(" BETWEEN :");
      spans.append(bound(where, each.from().toEpochMilli())).append(" AND :");
      spans.append(bound(where, each.until().toEpochMilli())).append(')');
    }
    where.add(spans.append(')').toString());
  }

  /** Refuses whoever reads only what was disclosed. */
  void requireAll() {
    if (!readsAll()) {
      throw new CodedException(
          Problem.of(ErrorCode.NOT_ALLOWED, "an auditor reads what was disclosed to it"));
    }
  }

  static CodedException bad(String name, String reason) {
    return new CodedException(new Problem(ErrorCode.BAD_PARAMETER, null, 0, name, reason));
  }

  static CodedException notThere(String what, String id) {
    return new CodedException(
        Problem.of(ErrorCode.NOT_THERE, "there is no " + what + " " + Problem.quote(id)));
  }
}
