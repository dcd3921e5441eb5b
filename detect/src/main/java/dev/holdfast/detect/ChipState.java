package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Inventory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one chip to go on from.
 *
 * @param id what it is keyed by
 * @param model as its certificates name it; where it never signed, as its host does
 * @param aliases names that it was ever known by, strongest first: of each strength the first
 *     {@value #MOST_NAMES}, so that a host that invents names makes no chip grow without end
 * @param signed when it last signed for a host; null where it never did
 * @param told when a host last told of it; null where none did
 * @param simulated whether anything of it came from a simulation
 */
public record ChipState(
    String id,
    boolean isSwitch,
    String model,
    List<Alias> aliases,
    @Nullable Signed signed,
    @Nullable Told told,
    boolean simulated) {
  /** How many names of each strength are kept. */
  static final int MOST_NAMES = 32;

  /**
   * That it signed for a host.
   *
   * @param key the host's key that the question named
   * @param root of the manufacturer that vouches for it
   * @param at when
   * @param index of the entry
   * @param fresh whether it follows that it signed just then, and for that key
   * @param adjacency whether it named its neighbours
   * @param took for how long, in milliseconds, by the host's word; null where that is not told
   * @param revocationsAt the age of the lists that were looked into; null where some were not there
   */
  public record Signed(
      String host,
      String key,
      String root,
      Instant at,
      long index,
      boolean fresh,
      boolean adjacency,
      @Nullable Long took,
      @Nullable Instant revocationsAt) {
    public Signed {
      requireNonNull(host, "host");
      requireNonNull(key, "key");
      requireNonNull(root, "root");
      requireNonNull(at, "at");
    }

    /**
     * What a checked signature tells.
     *
     * @param index of its entry
     */
    public static Signed of(Attested said, long index) {
      return new Signed(
          said.host().value(),
          said.key(),
          said.root(),
          said.at(),
          index,
          said.fresh(),
          said.neighbours() != null,
          said.took(),
          said.revocationsAt());
    }
  }

  /**
   * That a host told of it.
   *
   * @param source of the host's inventory, as its stable word
   * @param meter what its meters said then; null where they were not read
   */
  public record Told(
      String host, Instant at, long index, String source, Inventory.@Nullable Meter meter) {
    public Told {
      requireNonNull(host, "host");
      requireNonNull(at, "at");
      requireNonNull(source, "source");
    }
  }

  public ChipState {
    requireNonNull(id, "id");
    requireNonNull(model, "model");
    aliases = aliases.stream().distinct().sorted().toList();
  }

  /** A chip that nothing is known of but its name. */
  static ChipState unknown(String id, String model) {
    return new ChipState(id, false, model, List.of(), null, null, false);
  }

  /** The host that it was in when it was heard last, by the firmer word of the two. */
  public @Nullable String host() {
    return signed != null ? signed.host() : told != null ? told.host() : null;
  }

  ChipState with(List<Alias> more, boolean alsoSimulated) {
    return new ChipState(
        id,
        isSwitch,
        model,
        Arrays.stream(Alias.Strength.values()).flatMap(each -> names(more, each)).toList(),
        signed,
        told,
        simulated || alsoSimulated);
  }

  private Stream<Alias> names(List<Alias> more, Alias.Strength strength) {
    return Stream.concat(aliases.stream(), more.stream())
        .filter(each -> each.kind().strength() == strength)
        .distinct()
        .limit(MOST_NAMES);
  }

  ChipState signed(Signed now, String named, boolean aSwitch) {
    return new ChipState(id, aSwitch, named, aliases, now, told, simulated);
  }

  ChipState told(Told now) {
    return new ChipState(id, isSwitch, model, aliases, signed, now, simulated);
  }
}
