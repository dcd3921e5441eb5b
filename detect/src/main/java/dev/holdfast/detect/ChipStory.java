package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that the {@link Watch} keeps of one chip.
 *
 * @param model as its evidence names it; null where nothing does
 * @param product as the host that it was heard in names it; null where that says nothing
 * @param heard when and where it was heard last; null where it never was
 * @param inspected when it was inspected last; null where it never was
 * @param move the last transfer that named it; null where none did
 * @param licence that it is under, by its number; null where it is under none
 * @param meter what its meters said last; null where they said nothing
 * @param told what was told of it and still holds
 */
record ChipStory(
    String chip,
    @Nullable String model,
    @Nullable String product,
    @Nullable Heard heard,
    @Nullable Seen inspected,
    @Nullable Move move,
    @Nullable String licence,
    @Nullable Meter meter,
    int told) {
  /** It is silent. */
  static final int SILENT = 1;

  /** It is silent for long. */
  static final int LONG_SILENT = 2;

  /** It is where its licence does not let it be. */
  static final int UNLICENSED = 4;

  /** What its meters say cannot be. */
  static final int METER = 8;

  /** It does not show what its licence demands. */
  static final int MISSING = 16;

  /** It is heard from where a transfer took it away. */
  static final int STAYED = 32;

  /**
   * That it was heard.
   *
   * @param signed whether under its own fresh signature
   * @param since when it was first heard at this site, without another in between; null where what
   *     was kept does not say
   */
  record Heard(
      String host,
      @Nullable String site,
      Instant at,
      long index,
      boolean signed,
      @Nullable Instant since) {}

  /** That an inspector saw it. */
  record Seen(String site, Instant at, long index) {}

  /**
   * That somebody says that it goes somewhere.
   *
   * @param over whether it was heard where it should go
   */
  record Move(
      Step step, @Nullable String from, @Nullable String to, Instant at, long index, boolean over) {
    Move arrived() {
      return new Move(step, from, to, at, index, true);
    }
  }

  /**
   * What its meters said.
   *
   * @param watts negative where they did not say
   * @param millijoules negative where they did not say
   * @param same how many times in turn it drew the same power to the last digit
   */
  record Meter(Source source, double watts, long millijoules, Instant at, long index, int same) {
    /** What was read, in as few octets as it takes. */
    static Meter of(Source source, Inventory.Meter says, Instant at, long index, int same) {
      Double watts = says.watts();
      Long millijoules = says.millijoules();
      return new Meter(
          source,
          watts == null ? -1 : watts,
          millijoules == null ? -1 : millijoules,
          at,
          index,
          same);
    }
  }

  ChipStory {
    requireNonNull(chip, "chip");
  }

  static ChipStory unknown(String chip) {
    return new ChipStory(chip, null, null, null, null, null, null, null, 0);
  }

  ChipStory named(@Nullable String as) {
    return as == null || as.equals(model)
        ? this
        : new ChipStory(chip, as, product, heard, inspected, move, licence, meter, told);
  }

  ChipStory sold(@Nullable String as) {
    return as == null || as.equals(product)
        ? this
        : new ChipStory(chip, model, as, heard, inspected, move, licence, meter, told);
  }

  ChipStory heard(Heard now) {
    return new ChipStory(chip, model, product, now, inspected, move, licence, meter, told);
  }

  ChipStory inspected(Seen now) {
    return new ChipStory(chip, model, product, heard, now, move, licence, meter, told);
  }

  ChipStory moved(@Nullable Move now) {
    return new ChipStory(chip, model, product, heard, inspected, now, licence, meter, told);
  }

  ChipStory licensed(String now) {
    return new ChipStory(chip, model, product, heard, inspected, move, now, meter, told);
  }

  ChipStory metered(Meter now) {
    return new ChipStory(chip, model, product, heard, inspected, move, licence, now, told);
  }

  ChipStory told(int what) {
    return new ChipStory(chip, model, product, heard, inspected, move, licence, meter, told | what);
  }

  ChipStory forget(int what) {
    return new ChipStory(
        chip, model, product, heard, inspected, move, licence, meter, told & ~what);
  }

  boolean isTold(int what) {
    return (told & what) != 0;
  }

  /** Since when nothing is heard of it, though it is known to be there; null where it is not. */
  @Nullable Instant quietSince() {
    Instant at = heard == null ? null : heard.at();
    if (inspected != null && (at == null || inspected.at().isAfter(at))) {
      at = inspected.at();
    }
    return at;
  }

  /** Where it was last heard or seen. */
  @Nullable String site() {
    return heard != null ? heard.site() : inspected != null ? inspected.site() : null;
  }
}
