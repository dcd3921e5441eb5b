package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Holds the window against a plain set of numbers. */
final class ReplayWindowTest {
  @Test
  void a_number_is_new_once_and_only_within_64_of_the_highest() {
    SplittableRandom random = new SplittableRandom(11);
    for (int world = 0; world < 200; world++) {
      int highest = random.nextInt();
      long seen = 0;
      int top = 0;
      Set<Integer> all = new HashSet<>();
      int at = random.nextInt();
      for (int i = 0; i < 500; i++) {
        at += random.nextInt(20) == 0 ? random.nextInt(200) : 1;
        int sequence = at - random.nextInt(80);
        boolean expected = all.isEmpty() || (!all.contains(sequence) && top - sequence < 64);
        assertThat(ReplayWindow.isNew(highest, seen, sequence)).isEqualTo(expected);
        if (expected) {
          top = all.isEmpty() || sequence - top > 0 ? sequence : top;
          all.add(sequence);
          long bits = ReplayWindow.seen(highest, seen, sequence);
          highest = ReplayWindow.highest(highest, seen, sequence);
          seen = bits;
          assertThat(highest).isEqualTo(top);
        }
      }
    }
  }

  @Test
  void half_the_numbers_away_is_behind() {
    assertThat(ReplayWindow.isNew(5, 1, 5 + Integer.MIN_VALUE)).isFalse();
  }
}
