package dev.holdfast.detect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.Board;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Alias.Kind;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.OfChips;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChipFoldTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String CHIP = "2921ce551e4eeda3";
  private static final String OTHER = "9bdffe09391c64d4";
  private static final Set<String> HERE = Set.of("s1", "s2");
  private static final Set<String> THERE = Set.of("t1", "t2");

  private final ChipsInMemory known = new ChipsInMemory();
  private final ChipFold fold = new ChipFold(known);
  private long index;

  @Test
  void what_a_chip_signs_and_what_a_host_tells_of_it_are_one_chip_by_its_per_device_id() {
    signs(CHIP, "rack-1", 0, HERE);
    tells("rack-1", 1, told(CHIP, "GPU-1"));
    ChipState chip = chip(CHIP);
    assertThat(requireNonNull(chip.signed()).host()).isEqualTo("rack-1");
    assertThat(requireNonNull(chip.told()).source()).isEqualTo("nvml");
    assertThat(chip.aliases())
        .extracting(Alias::kind)
        .containsExactly(Kind.ROM_SERIAL, Kind.DEVICE_NAME, Kind.PDI, Kind.UUID);
  }

  @Test
  void a_chip_without_a_per_device_id_is_the_one_that_has_its_name_already() {
    tells("rack-1", 0, told(CHIP, "GPU-1"));
    tells(
        "rack-1",
        1,
        chip(List.of(new Alias(Kind.UUID, "GPU-1"), new Alias(Kind.BOARD_SERIAL, "7"))));
    assertThat(chip(CHIP).aliases()).contains(new Alias(Kind.BOARD_SERIAL, "7"));
    assertThat(known.chip("GPU-1")).isEmpty();
  }

  @Test
  void a_per_device_id_of_no_such_form_is_a_name_like_any_other() {
    for (String text : List.of("1", "0x", "seven")) {
      tells("rack-" + text, 0, chip(List.of(new Alias(Kind.PDI, text))));
      assertThat(known.chip(text)).as(text).isPresent();
    }
  }

  @Test
  void only_fresh_evidence_moves_a_chip_or_a_board() {
    signs(CHIP, "rack-1", 0, HERE);
    Step old = apply(signed(CHIP, "rack-2", 1, THERE, false));
    assertThat(old.boards()).isEmpty();
    assertThat(old.kinds()).isEmpty();
    assertThat(requireNonNull(chip(CHIP).signed()).host()).isEqualTo("rack-1");
  }

  @Test
  void a_chip_that_signs_for_two_hosts_is_moved_or_in_less_time_than_that_takes_at_both() {
    signs(CHIP, "rack-1", 0, HERE);
    assertThat(signs(CHIP, "rack-2", 14, HERE).kinds()).containsExactly("chip-at-two-hosts");
    assertThat(signs(CHIP, "rack-1", 29, HERE).kinds()).containsExactly("chip-moved");
    assertThat(signs(CHIP, "rack-1", 30, HERE).kinds()).isEmpty();
  }

  @Test
  void hosts_that_tell_of_one_chip_contradict_each_other_by_their_word_alone() {
    tells("rack-1", 0, told(CHIP, "GPU-1"));
    assertThat(tells("rack-2", 1, told(CHIP, "GPU-1")).kinds())
        .contains("declared-chip-at-two-hosts");
    assertThat(tells("rack-1", 60, told(CHIP, "GPU-1")).kinds()).contains("declared-chip-moved");
  }

  @Test
  void a_name_on_two_chips_is_told_once_and_not_with_each_report() {
    tells("rack-1", 0, told(CHIP, "GPU-1"));
    assertThat(tells("rack-2", 1, told(OTHER, "GPU-1")).kinds())
        .containsExactly("alias-on-two-chips");
    assertThat(tells("rack-2", 2, told(OTHER, "GPU-1")).kinds()).isEmpty();
    assertThat(tells("rack-1", 3, told(CHIP, "GPU-1")).kinds()).isEmpty();
  }

  @Test
  void one_chip_twice_in_an_inventory_is_told_and_counted_once() {
    Step step = tells("rack-1", 0, told(CHIP, "GPU-1"), told(CHIP, "GPU-2"));
    assertThat(step.kinds()).containsExactly("alias-on-two-chips");
    assertThat(step.chips()).hasSize(1);
  }

  @Test
  void a_second_name_that_the_maker_certified_for_one_serial_is_told_once() {
    signs(CHIP, "rack-1", 0, HERE);
    Attested copy =
        signed(
            CHIP,
            "rack-1",
            20,
            HERE,
            true,
            List.of(
                new Alias(Kind.ROM_SERIAL, "41" + CHIP), new Alias(Kind.DEVICE_NAME, "MAKER:2")));
    assertThat(apply(copy).kinds()).containsExactly("chip-with-two-names");
    assertThat(apply(copy).kinds()).isEmpty();
  }

  @Test
  void new_firmware_gives_a_chip_another_ueid_which_contradicts_nothing() {
    for (int minute = 0; minute < 2; minute++) {
      Alias leaf = new Alias(Kind.UEID, "10" + minute);
      assertThat(apply(signed(CHIP, "rack-1", minute, HERE, true, List.of(leaf))).kinds())
          .isEmpty();
    }
    assertThat(chip(CHIP).aliases()).hasSize(2);
  }

  @Test
  void names_that_a_host_goes_on_inventing_leave_room_for_those_that_the_chip_signs() {
    for (int i = 0; i < 200; i++) {
      tells("rack-1", i, told(CHIP, "GPU-" + i));
    }
    signs(CHIP, "rack-1", 300, HERE);
    assertThat(chip(CHIP).aliases())
        .hasSize(ChipState.MOST_NAMES + 2)
        .contains(new Alias(Kind.ROM_SERIAL, "41" + CHIP), new Alias(Kind.UUID, "GPU-0"));
  }

  @Test
  void a_board_of_the_hosts_word_knows_itself_by_the_host_and_not_by_its_installed_image() {
    SortedMap<HostSign, SortedSet<String>> one = signs("image", "uuid-1");
    SortedMap<HostSign, SortedSet<String>> two = signs("image", "uuid-2");
    Board first = apply(inventory("rack-1", 0, one, told(CHIP, "GPU-1"))).boards().getFirst();
    Board second = apply(inventory("rack-2", 1, two, told(OTHER, "GPU-2"))).boards().getFirst();
    assertThat(first.marks()).containsExactly("system-uuid:uuid-1");
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void signs_of_a_host_without_number_make_no_board_without_number() {
    SortedMap<HostSign, SortedSet<String>> signs = signs("image", "uuid-1");
    signs.put(
        HostSign.DISK,
        new TreeSet<>(IntStream.range(0, 64).mapToObj(i -> "disk-%03d".formatted(i)).toList()));
    signs.put(
        HostSign.NETWORK_ADDRESS,
        new TreeSet<>(IntStream.range(0, 64).mapToObj(i -> "02:%03d".formatted(i)).toList()));
    Board board = apply(inventory("rack-1", 0, signs, told(CHIP, "GPU-1"))).boards().getFirst();
    assertThat(board.marks()).hasSize(64).contains("system-uuid:uuid-1");
  }

  // ---- what is said

  private record Step(List<ChipState> chips, List<Board> boards, List<String> kinds) {}

  private Step signs(String chip, String host, int minute, Set<String> switches) {
    return apply(signed(chip, host, minute, switches, true));
  }

  private static Attested signed(
      String chip, String host, int minute, Set<String> switches, boolean fresh) {
    List<Alias> names = new ArrayList<>();
    names.add(new Alias(Kind.ROM_SERIAL, "41" + chip));
    names.add(new Alias(Kind.DEVICE_NAME, "MAKER:" + chip));
    return signed(chip, host, minute, switches, fresh, names);
  }

  private static Attested signed(
      String chip,
      String host,
      int minute,
      Set<String> switches,
      boolean fresh,
      List<Alias> names) {
    return new Attested(
        new TargetId(host),
        "key of " + host,
        chip,
        false,
        "GH100",
        "a root",
        names,
        new TreeSet<>(switches),
        at(minute),
        fresh,
        null,
        false,
        null);
  }

  private Step tells(String host, int minute, Inventory.Chip... chips) {
    return apply(inventory(host, minute, new TreeMap<>(), chips));
  }

  private static Inventoried inventory(
      String host,
      int minute,
      SortedMap<HostSign, SortedSet<String>> signs,
      Inventory.Chip... chips) {
    return new Inventoried(
        new TargetId(host),
        new Inventory(
            Inventory.Source.NVML,
            host,
            null,
            Reported.Absent.MISSING,
            signs,
            List.of(chips),
            List.of()),
        at(minute),
        false);
  }

  private static SortedMap<HostSign, SortedSet<String>> signs(String machine, String system) {
    SortedMap<HostSign, SortedSet<String>> signs = new TreeMap<>();
    signs.put(HostSign.MACHINE_ID, new TreeSet<>(Set.of(machine)));
    signs.put(HostSign.SYSTEM_UUID, new TreeSet<>(Set.of(system)));
    return signs;
  }

  private static Inventory.Chip told(String id, String uuid) {
    return chip(List.of(new Alias(Kind.PDI, "0x" + id), new Alias(Kind.UUID, uuid)));
  }

  private static Inventory.Chip chip(List<Alias> names) {
    Reported none = Reported.Absent.MISSING;
    return new Inventory.Chip(
        Reported.of("H100"), names, new Seat(none, none, none, none, none, none), none, none);
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  private Step apply(OfChips evidence) {
    ChipFold.Step step = fold.apply(evidence, index++);
    known.keep(step);
    return new Step(
        step.chips(), step.boards(), step.findings().stream().map(Finding::kind).toList());
  }

  private ChipState chip(String id) {
    return known.chip(id).orElseThrow();
  }
}
