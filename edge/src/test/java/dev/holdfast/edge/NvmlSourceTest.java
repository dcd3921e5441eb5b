package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.Alias;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Chip;
import dev.holdfast.model.Inventory.HostSign;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NvmlSourceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  private NvmlSource source(String code) throws IOException, InterruptedException {
    return new NvmlSource(FakeNvml.compile(folder, code), folder, InstantSource.fixed(NOW));
  }

  private static void refused(Runnable asking, ErrorCode code, String... parts) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(asking::run)
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().sentence()).contains(parts);
        });
  }

  @Test
  void chips_are_told_with_their_names_and_seats() throws Exception {
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folder.resolve("etc/machine-id"), "4C4C\n");
    Inventory inventory = source(FakeNvml.FULL).look();
    assertThat(inventory.source()).isEqualTo(Inventory.Source.NVML);
    assertThat(inventory.at()).isEqualTo(NOW);
    assertThat(inventory.driver()).isEqualTo(Reported.of("580.1"));
    assertThat(inventory.signs().get(HostSign.MACHINE_ID)).containsExactly("4c4c");
    assertThat(inventory.chips()).hasSize(2);
    Chip second = inventory.chips().get(1);
    assertThat(second.model()).isEqualTo(Reported.of("NVIDIA GB200"));
    assertThat(second.aliases())
        .containsExactly(
            new Alias(Alias.Kind.PDI, "0xfedcba9876543212"),
            new Alias(Alias.Kind.UUID, "GPU-2"),
            new Alias(Alias.Kind.MODULE_SERIAL, "1650"));
    assertThat(second.seat())
        .isEqualTo(
            new Seat(
                Reported.of("1820000000001"),
                Reported.of("14"),
                Reported.Absent.NOT_AVAILABLE,
                Reported.of("7"),
                Reported.of("00000000-0000-0000-0000-000000000001"),
                Reported.of("a\uFFFD[31mb")));
    assertThat(second.pciBus()).isEqualTo(Reported.of("00000000:02:00.0"));
    assertThat(second.vbios()).as("a text without an end").isEqualTo(Reported.of("A".repeat(32)));
  }

  @Test
  void meters_are_read_where_the_driver_has_them() throws Exception {
    assertThat(source(FakeNvml.FULL).look().chips())
        .extracting(Chip::meter)
        .containsExactly(new Meter(165.931, null), new Meter(165.931, 5_000_000_123_456L));
    String absurd =
        FakeNvml.BARE
            + "int nvmlDeviceGetTotalEnergyConsumption(D, unsigned long long *to) {\n"
            + "  *to = ~0ull; return 0; }\n";
    NvmlSource broken = source(absurd);
    refused(broken::look, ErrorCode.ACCELERATOR_LIBRARY_FAILED, "2^53 - 1 millijoules");
  }

  @Test
  void a_driver_that_lacks_a_function_lacks_its_field() throws Exception {
    Inventory inventory = source(FakeNvml.BARE).look();
    assertThat(inventory.driver()).isEqualTo(Reported.Absent.MISSING);
    assertThat(inventory.chips())
        .hasSize(2)
        .allSatisfy(chip -> {
          assertThat(chip.aliases()).isEmpty();
          assertThat(chip.untold()).isEmpty();
          assertThat(chip.seat()).isEqualTo(Seat.UNTOLD);
          assertThat(chip.meter()).isNull();
        });
  }

  @Test
  void a_function_that_is_there_and_says_no_is_another_thing() throws Exception {
    Inventory inventory =
        source(
                FakeNvml.BARE
                    + "int nvmlDeviceGetSerial(D, char *to, unsigned n) { return 3; }\n"
                    + "int nvmlDeviceGetUUID(D, char *to, unsigned n) { to[0] = 0; return 0; }\n"
                    + "int nvmlDeviceGetPdi(D, uint32_t *to) { return 25; }\n")
            .look();
    Chip chip = inventory.chips().getFirst();
    assertThat(chip.told(Alias.Kind.BOARD_SERIAL)).isEqualTo(Reported.Absent.NOT_AVAILABLE);
    assertThat(chip.told(Alias.Kind.UUID)).isEqualTo(Reported.Absent.EMPTY);
    assertThat(chip.told(Alias.Kind.PDI)).isEqualTo(Reported.Absent.MISSING);
  }

  @Test
  void a_chip_signs_the_nonce_and_one_that_does_not_harms_no_other() throws Exception {
    byte[] nonce = new byte[32];
    nonce[31] = 9;
    EvidenceSource.Gathered gathered = source(FakeNvml.FULL).evidence(nonce);
    assertThat(gathered.evidence()).hasSize(1);
    EvidenceSource.ChipEvidence first = gathered.evidence().getFirst();
    assertThat(first.component()).isEqualTo("GPU 0");
    assertThat(first.certificates()).isEqualTo("cert".getBytes(US_ASCII));
    assertThat(first.report()).hasSize(33).startsWith(1, 0).endsWith(0, 9);
    assertThat(first.signing()).isPositive();
    assertThat(gathered.problems()).hasSize(1);
    assertThat(gathered.problems().getFirst().sentence())
        .contains("GPU 1", "Not Supported (3)")
        .startsWith("HF-7003");
  }

  @Test
  void lengths_that_cannot_be_are_refused() throws Exception {
    for (String length : new String[] {"8193", "0", "0xffffffff"}) {
      EvidenceSource.Gathered gathered =
          source(FakeNvml.FULL.replace("(to + 4) = 33", "(to + 4) = " + length))
              .evidence(new byte[32]);
      assertThat(gathered.evidence()).isEmpty();
      assertThat(gathered.problems()).hasSize(2);
      assertThat(gathered.problems().getFirst().reason()).contains("report of GPU 0", "1 to 8192");
    }
    NvmlSource many = source(FakeNvml.FULL.replace("*count = 2", "*count = 0xffffffff"));
    refused(many::look, ErrorCode.ACCELERATOR_LIBRARY_FAILED, "more than 128");
  }

  @Test
  void a_library_that_does_not_begin_says_why() throws Exception {
    NvmlSource broken = source(FakeNvml.FULL.replace("open_looks++; return 0", "return 9"));
    refused(broken::look, ErrorCode.ACCELERATOR_LIBRARY_FAILED, "nvmlInit_v2", "Broken (9)");
    refused(
        source("int nothing;")::look,
        ErrorCode.ACCELERATOR_LIBRARY_FAILED,
        "nvmlInit_v2",
        "result 13");
  }

  @Test
  void without_a_library_one_sentence_says_so() {
    NvmlSource absent =
        new NvmlSource(folder.resolve("none.so").toString(), folder, InstantSource.system());
    refused(absent::look, ErrorCode.NO_ACCELERATOR_LIBRARY, "no NVIDIA driver library");
    refused(
        () -> absent.evidence(new byte[32]), ErrorCode.NO_ACCELERATOR_LIBRARY, "no NVIDIA driver");
  }

  @Test
  void the_driver_of_this_machine_tells_of_its_chips() {
    Inventory inventory;
    try {
      inventory = NvmlSource.ofThisMachine(InstantSource.system()).look();
    } catch (CodedException e) {
      Assumptions.abort("no NVIDIA GPU here: " + e.problem().sentence());
      throw e;
    }
    assertThat(inventory.driver().value()).isPresent();
    assertThat(inventory.chips())
        .isNotEmpty()
        .allSatisfy(chip -> assertThat(chip.told(Alias.Kind.UUID).value()).isPresent());
  }
}
