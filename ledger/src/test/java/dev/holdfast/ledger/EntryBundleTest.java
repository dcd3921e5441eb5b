package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EntryBundleTest {
  @Test
  void entries_come_back_as_they_were() {
    SplittableRandom random = new SplittableRandom(7);
    for (int width : new int[] {1, 2, 255, 256}) {
      List<byte[]> entries = Trees.entries(random, width, 600);
      assertThat(EntryBundle.entries(EntryBundle.of(entries), width))
          .usingRecursiveComparison()
          .isEqualTo(entries);
    }
  }

  @Test
  void a_length_is_two_octets_with_the_greater_first() {
    assertThat(EntryBundle.of(List.of(new byte[] {9}, new byte[0], new byte[258])))
        .startsWith(0, 1, 9, 0, 0, 1, 2, 0)
        .hasSize(2 + 1 + 2 + 2 + 258);
  }

  @Test
  void the_longest_entry_fits_and_one_octet_more_does_not() {
    byte[] longest = new byte[EntryBundle.LONGEST_ENTRY];
    byte[] bundle = EntryBundle.of(Collections.nCopies(256, longest));
    assertThat(bundle).hasSize(TileSource.LARGEST_BUNDLE);
    assertThat(EntryBundle.entries(bundle, 256)).hasSize(256).allMatch(e -> e.length == 65_535);
    assertThatCode(() -> EntryBundle.requireFits(longest)).doesNotThrowAnyException();
    byte[] tooLong = new byte[EntryBundle.LONGEST_ENTRY + 1];
    assertCoded(
        () -> EntryBundle.of(List.of(tooLong)),
        ErrorCode.ENTRY_TOO_LARGE,
        "entry",
        "it has 65536 octets; an entry has at most 65535");
  }

  @Test
  void a_bundle_that_ends_within_an_entry_names_the_entry_and_the_octet() {
    byte[] bundle = EntryBundle.of(List.of(new byte[3], new byte[5]));
    assertCoded(
        () -> EntryBundle.entries(Arrays.copyOf(bundle, 11), 2),
        ErrorCode.MALFORMED_BUNDLE,
        "entry 1",
        "it needs 2 and 5 octets, at octet 5 of the bundle 6 are left");
    assertCoded(
        () -> EntryBundle.entries(Arrays.copyOf(bundle, 6), 2),
        ErrorCode.MALFORMED_BUNDLE,
        "entry 1",
        "its length needs 2 octets, at octet 5 of the bundle 1 are left");
    assertCoded(
        () -> EntryBundle.entries(new byte[0], 1),
        ErrorCode.MALFORMED_BUNDLE,
        "entry 0",
        "its length needs 2 octets, at octet 0 of the bundle 0 are left");
  }

  @Test
  void octets_behind_the_last_entry_are_refused() {
    byte[] bundle = EntryBundle.of(List.of(new byte[3], new byte[5]));
    assertCoded(
        () -> EntryBundle.entries(bundle, 1),
        ErrorCode.MALFORMED_BUNDLE,
        "entry 1",
        "7 octets too many follow the last of 1 entries, at octet 5");
  }

  @Test
  void every_cut_of_a_bundle_is_refused() {
    byte[] bundle = EntryBundle.of(Trees.entries(new SplittableRandom(8), 20, 9));
    for (int length = 0; length < bundle.length; length++) {
      byte[] cut = Arrays.copyOf(bundle, length);
      assertThatThrownBy(() -> EntryBundle.entries(cut, 20)).isInstanceOf(CodedException.class);
    }
  }

  @Test
  void a_bundle_holds_1_to_256_entries() {
    assertThatThrownBy(() -> EntryBundle.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntryBundle.of(Collections.nCopies(257, new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EntryBundle.entries(new byte[2], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_tile_is_its_hashes_side_by_side() {
    List<Hash> hashes = Trees.leaves(new SplittableRandom(9), 5);
    byte[] tile = Tile.of(hashes);
    assertThat(tile).hasSize(160).startsWith(hashes.getFirst().octets());
    assertThat(Tile.hashes(tile, 5)).isEqualTo(hashes);
    assertCoded(
        () -> Tile.hashes(tile, 6),
        ErrorCode.MALFORMED_TILE,
        "tile",
        "it has 160 octets; 6 hashes have 192");
    assertCoded(
        () -> Tile.hashes(Arrays.copyOf(tile, 161), 5),
        ErrorCode.MALFORMED_TILE,
        "tile",
        "it has 161 octets; 5 hashes have 160");
  }

  private static void assertCoded(Runnable action, ErrorCode code, String field, String reason) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            CodedException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(code);
              assertThat(e.problem().field()).isEqualTo(field);
              assertThat(e.problem().reason()).isEqualTo(reason);
            });
  }
}
