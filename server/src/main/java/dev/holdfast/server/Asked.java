package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who asks, in which language, and with which parameters. */
final class Asked {
  private static final int MOST = 500;
  private static final int USUAL = 100;
  private static final int LONGEST = 200;

  private final Function<String, @Nullable String> parameters;
  private final MessageCatalogue catalogue;
  private final @Nullable List<Disclosed> disclosed;

  /** A site that may be read for a span of time. */
  record Disclosed(String site, Instant from, Instant until) {}

  /**
   * A question.
   *
   * @param disclosed what may be read; null for all
   */
  Asked(
      Function<String, @Nullable String> parameters,
      MessageCatalogue catalogue,
      @Nullable List<Disclosed> disclosed) {
    this.parameters = parameters;
    this.catalogue = catalogue;
    this.disclosed = disclosed;
  }

  MessageCatalogue catalogue() {
    return catalogue;
  }

  @Nullable String text(String name) {
    String value = parameters.apply(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > LONGEST) {
      throw bad(name, "it is longer than " + LONGEST + " characters");
    }
    return value;
  }

  int limit() {
    String value = text("limit");
    if (value == null) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw bad("limit", "it is not a number");
    }
    throw bad("limit", "it is not 1 to " + MOST);
  }

  @Nullable String cursor() {
    String value = text("cursor");
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

  /** What may be seen, by the column of the site. */
  Conditions sites(String column) {
    Conditions where = new Conditions();
    List<Disclosed> some = disclosed;
    if (some != null) {
      StringBuilder list = new StringBuilder(column).append(" IN (''");
      for (int i = 0; i < some.size(); i++) {
        list.append(", :disclosed").append(i);
        where.values().put("disclosed" + i, some.get(i).site());
      }
      where.add(list.append(')').toString(), "none", "");
    }
    return where;
  }

  boolean maySee(@Nullable String site) {
    List<Disclosed> some = disclosed;
    return some == null || some.stream().anyMatch(each -> each.site().equals(site));
  }

  /** Events of the spans that were disclosed for the site of a host. */
  void spans(Conditions where, String column, Views views, @Nullable String host) {
    List<Disclosed> some = disclosed;
    if (some == null) {
      return;
    }
    String site =
        views.read(handle ->
            handle
                .createQuery("SELECT site FROM host WHERE id = ?")
                .bind(0, host)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
    StringBuilder spans = new StringBuilder("(1 = 0");
    int i = 0;
    for (Disclosed each : some) {
      if (each.site().equals(site)) {
        spans.append(" OR ").append(column).append(" BETWEEN :from").append(i);
        spans.append(" AND :until").append(i);
        where.values().put("from" + i, each.from().toEpochMilli());
        where.values().put("until" + i, each.until().toEpochMilli());
        i++;
      }
    }
    where.add(spans.append(')').toString(), "none", "");
  }

  /** Refuses whoever reads only what was disclosed. */
  void requireAll() {
    if (disclosed != null) {
      throw new CodedException(
          Problem.of(ErrorCode.NOT_ALLOWED, "an auditor reads what was disclosed to it"));
    }
  }

  static CodedException bad(String name, String reason) {
    return new CodedException(new Problem(ErrorCode.BAD_PARAMETER, null, 0, name, reason));
  }
}
