package dev.holdfast.reading;

import dev.holdfast.attention.AllSelector;
import dev.holdfast.attention.BlockSelector;
import dev.holdfast.attention.Crossover;
import dev.holdfast.attention.Heads;
import dev.holdfast.attention.IndexForm;
import dev.holdfast.attention.IndexKeys;
import dev.holdfast.attention.Instructions;
import dev.holdfast.attention.LightningIndexer;
import dev.holdfast.attention.Projection;
import dev.holdfast.attention.RandomSelector;
import dev.holdfast.attention.Rows;
import dev.holdfast.attention.Selector;
import dev.holdfast.attention.TieredIndexer;
import dev.holdfast.attention.WindowSelector;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The ways to choose passages that can be compared, each by its word. */
public enum Selecting {
  /** The lightning indexer: 128 numbers of 2 bits a passage, along its shelf's main directions. */
  INDEX("index"),
  /** The lightning indexer as DeepSeek rounds: 32 numbers of 8 bits a passage. */
  INDEX8("index8"),
  /** The first in two tiers: means of 64 passages first. */
  TIERED("tiered"),
  /** Blocks of 16 passages by the mean of their vectors (MoBA). */
  BLOCKS("blocks"),
  /** Blocks of 16 passages by the bounds of their vectors (Quest). */
  BOUNDS("bounds"),
  /** The last passages. */
  WINDOW("window"),
  /** Passages by lot. */
  RANDOM("random"),
  /** All passages. */
  DENSE("dense");

  /** Octets in the index for each passage, without those of its scale. */
  private static final int KEPT = 32;

  private static final int INDEX_HEADS = 4;
  private static final int BLOCK = 16;
  private static final int BREADTH = 8;

  private final String word;

  Selecting(String word) {
    this.word = word;
  }

  /** Its word on the command line. */
  public String word() {
    return word;
  }

  /** The way with this word. */
  public static Optional<Selecting> ofWord(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** A selector of this kind over rows. */
  public Selector over(Instructions instructions, Rows rows) {
    return switch (this) {
      case INDEX -> indexer(instructions, IndexForm.TWO_BITS, rows).indexer;
      case INDEX8 -> indexer(instructions, IndexForm.EIGHT_BITS, rows).indexer;
      case TIERED -> {
        Indexed indexed = indexer(instructions, IndexForm.TWO_BITS, rows);
        yield new TieredIndexer(
            instructions,
            indexed.indexer,
            indexed.keys,
            TieredIndexer.tier(IndexForm.TWO_BITS, indexed.projection, rows),
            BREADTH);
      }
      case BLOCKS -> BlockSelector.means(instructions, rows, BLOCK);
      case BOUNDS -> BlockSelector.bounds(instructions, rows, BLOCK);
      case WINDOW -> new WindowSelector();
      case RANDOM -> new RandomSelector(1);
      case DENSE -> new AllSelector();
    };
  }

  /**
   * Up to how many passages reading all is as fast on this machine as choosing by {@link #INDEX};
   * measured in some tenths of a second.
   *
   * @param clock nanoseconds
   */
  public static Crossover crossover(
      Instructions instructions, Heads heads, int k, LongSupplier clock) {
    IndexForm form = IndexForm.TWO_BITS;
    return Crossover.measured(
        instructions,
        heads,
        form,
        Projection.hadamard(heads.dimension(), numbers(form, heads.dimension())),
        INDEX_HEADS,
        k,
        clock);
  }

  private static int numbers(IndexForm form, int dimension) {
    return Math.min(dimension, KEPT / form.octets(4) * 4);
  }

  private record Indexed(Projection projection, IndexKeys keys, LightningIndexer indexer) {}

  private static Indexed indexer(Instructions instructions, IndexForm form, Rows rows) {
    Projection main = Projection.principal(rows, numbers(form, rows.keyDimension()));
    Projection projection = form == IndexForm.TWO_BITS ? main.spread() : main;
    IndexKeys keys = IndexKeys.of(form, projection, rows);
    return new Indexed(
        projection, keys, new LightningIndexer(instructions, projection, keys, INDEX_HEADS));
  }
}
