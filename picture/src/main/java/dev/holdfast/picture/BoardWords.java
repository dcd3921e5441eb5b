package dev.holdfast.picture;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/**
 * The words that the graph of a board itself carries, in one language.
 *
 * <p>Where a pattern holds <code>{0}</code>, a name, a time or a number takes its place.
 *
 * @param switches what the marks of a signed board are
 * @param signs what the marks of a board by the host's word are
 * @param chips the chips that name any of them
 * @param away the chips that name none of them any more
 * @param elsewhere what else chips name, which is not the board's
 * @param inHost pattern: the host that a chip is in now
 * @param until pattern: when a chip was last on the board
 * @param more pattern: how many more there are than are drawn
 * @param wholly what the mark of a chip says that names all of the board's marks and no others
 * @param partly what the mark of one says that names some of them, or others too
 * @param gone what the mark of one says that is away
 * @param hostWord the label of everything that rests on the host's word alone
 * @param simulated the label of everything from the simulator
 */
public record BoardWords(
    String switches,
    String signs,
    String chips,
    String away,
    String elsewhere,
    String inHost,
    String until,
    String more,
    String wholly,
    String partly,
    String gone,
    String hostWord,
    String simulated) {
  public BoardWords {
    requireNonNull(switches, "switches");
    requireNonNull(signs, "signs");
    requireNonNull(chips, "chips");
    requireNonNull(away, "away");
    requireNonNull(elsewhere, "elsewhere");
    requireNonNull(inHost, "inHost");
    requireNonNull(until, "until");
    requireNonNull(more, "more");
    requireNonNull(wholly, "wholly");
    requireNonNull(partly, "partly");
    requireNonNull(gone, "gone");
    requireNonNull(hostWord, "hostWord");
    requireNonNull(simulated, "simulated");
  }

  /**
   * The words of a catalogue.
   *
   * @param say gives the sentence or pattern of a key: {@code graph.} followed by the name of a
   *     component with dashes, such as {@code graph.host-word}, and {@code map.simulated}
   */
  public static BoardWords from(UnaryOperator<String> say) {
    return new BoardWords(
        say.apply("graph.switches"),
        say.apply("graph.signs"),
        say.apply("graph.chips"),
        say.apply("graph.away"),
        say.apply("graph.elsewhere"),
        say.apply("graph.in-host"),
        say.apply("graph.until"),
        say.apply("graph.more"),
        say.apply("graph.wholly"),
        say.apply("graph.partly"),
        say.apply("graph.gone"),
        say.apply("graph.host-word"),
        say.apply("map.simulated"));
  }
}
