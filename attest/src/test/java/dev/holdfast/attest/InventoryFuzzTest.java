package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Inventory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever octets come: an inventory that reads again from its own form, or a coded error. */
final class InventoryFuzzTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> SEEDS =
      List.of(
          "nvidia-smi/qx-a100.xml",
          "fleet-intelligence/node_upsert.sample.json",
          "redfish/chassis_HGX_GPU_SXM_1.sample.json",
          "redfish/componentintegrity_HGX_IRoT_GPU_0.sample.json");
  private static final List<String> WORDS =
      List.of(
          "<!DOCTYPE x [<!ENTITY a \"b\">]>",
          "&a;",
          "&#x110000;",
          "<![CDATA[",
          "]]>",
          "<gpu>",
          "</gpu>",
          "<!--",
          "null",
          "\"\"",
          "[[[[",
          "{\"a\":",
          "\u0000",
          "N/A");

  @FuzzTest(maxDuration = "10s")
  void any_octets_give_an_inventory_that_reads_again_or_a_coded_error(byte[] octets) {
    check(octets);
  }

  private static boolean check(byte[] octets) {
    Inventory inventory;
    try {
      inventory = Inventories.read(octets, "fuzz").inventory();
    } catch (CodedException e) {
      assertThat(e.problem().code().category()).isEqualTo(ErrorCategory.USER);
      assertThat(Problem.printable(e.problem().sentence())).isEqualTo(e.problem().sentence());
      assertThat(e.problem().reason()).hasSizeLessThan(1000);
      return false;
    }
    assertThat(InventoryJson.read(InventoryJson.write(inventory), "again")).isEqualTo(inventory);
    return true;
  }

  @Test
  void mutated_inventories_are_read_or_refused_and_never_hang() {
    SplittableRandom random = new SplittableRandom(72);
    List<byte[]> seeds = new ArrayList<>();
    SEEDS.forEach(name -> seeds.add(Captures.read(name)));
    seeds.add(InventoryFuzzTest.form());
    int read = 0;
    int tries = Counts.of(4000);
    for (int i = 0; i < tries; i++) {
      byte[] mutated = mutated(seeds.get(random.nextInt(seeds.size())), random);
      if (Boolean.TRUE.equals(
          Assertions.assertTimeout(PATIENCE, () -> check(mutated), "try " + i))) {
        read++;
      }
    }
    assertThat(read).as("some still read, some do not").isBetween(tries / 100, tries * 99 / 100);
  }

  private static byte[] form() {
    return """
    {"source":"nvml","driver":"1","signs":{"disk":["a"]},"switches":[],"chips":[{"model":"x",
    "aliases":[{"kind":"pdi","value":"1"}],"untold":{},"seat":{},"vbios":null}]}\
    """
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One to three changes: a bit, a stretch taken out, doubled or moved, a word put in. */
  private static byte[] mutated(byte[] seed, SplittableRandom random) {
    byte[] octets = seed.clone();
    for (int i = 1 + random.nextInt(3); i > 0 && octets.length > 2; i--) {
      int from = random.nextInt(octets.length - 1);
      int to = Math.min(octets.length, from + 1 + random.nextInt(random.nextBoolean() ? 8 : 2000));
      byte[] stretch = Arrays.copyOfRange(octets, from, to);
      octets =
          switch (random.nextInt(5)) {
            case 0 -> {
              octets[from] ^= (byte) (1 << random.nextInt(8));
              yield octets;
            }
            case 1 -> replaced(octets, from, to, new byte[0]);
            case 2 -> replaced(octets, from, from, stretch);
            case 3 -> {
              int at = random.nextInt(octets.length);
              yield replaced(octets, at, at, stretch);
            }
            default ->
                replaced(
                    octets,
                    from,
                    from,
                    WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8));
          };
    }
    return octets;
  }

  private static byte[] replaced(byte[] octets, int from, int to, byte[] by) {
    byte[] made = Arrays.copyOf(octets, octets.length - (to - from) + by.length);
    System.arraycopy(by, 0, made, from, by.length);
    System.arraycopy(octets, to, made, from + by.length, octets.length - to);
    return made;
  }
}
