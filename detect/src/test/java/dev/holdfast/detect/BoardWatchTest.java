package dev.holdfast.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.Board;
import dev.holdfast.attest.Cohesion;
import dev.holdfast.attest.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class BoardWatchTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** All of a board but when its members were heard last, which the watch takes in later. */
  private static List<String> told(Collection<Board> boards) {
    List<String> told = new ArrayList<>();
    for (Board each : boards) {
      told.add(each.id() + " " + each.marks() + " " + each.changes());
      each.members()
          .values()
          .forEach(member ->
              told.add(
                  member.chip() + " " + member.host() + member.marks() + " " + member.isAway()));
    }
    return told;
  }

  @Test
  void what_chips_say_again_is_left_out_and_the_boards_are_those_of_the_whole_fold() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      WatchDesk desk = new WatchDesk(WatchTerms.USUAL);
      BoardWatch watch = new BoardWatch(desk);
      ChipsInMemory whole = new ChipsInMemory();
      for (int i = 0; i < 120; i++) {
        String chip = "chip-" + random.nextInt(6);
        int board = random.nextInt(8) == 0 ? random.nextInt(3) : chip.charAt(5) % 3;
        SortedSet<String> switches = new TreeSet<>(Set.of("switch-" + board));
        if (random.nextInt(12) == 0) {
          switches.add("switch-" + random.nextInt(5));
        }
        // Some come late.
        Instant at = START.plusSeconds(60L * i - (random.nextInt(6) == 0 ? 900 : 0));
        String host = "host-" + (random.nextInt(20) == 0 ? 9 : board);
        watch.sighted(chip, host, at, switches, i);
        Sighting sighting = new Sighting(Board.Basis.SIGNED, chip, host, at, i, switches);
        whole.keep(
            new ChipFold.Step(
                List.of(),
                Cohesion.apply(
                        whole.boards(Board.Basis.SIGNED, Set.of(chip), switches), List.of(sighting))
                    .boards(),
                List.of()));
        assertThat(told(desk.memory.boards.boards()))
            .as("seed %d step %d", seed, i)
            .isEqualTo(told(whole.boards()));
      }
    }
  }
}
