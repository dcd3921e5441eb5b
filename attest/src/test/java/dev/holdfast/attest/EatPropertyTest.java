package dev.holdfast.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Tokens of random chips with random faults: each fault is told, and nothing else is. */
final class EatPropertyTest {
  private static final int COUNT = Counts.thorough() ? 4_000 : 150;

  /** What is done to the token or to the chip of an index, by the reason that it must give. */
  private static final SortedMap<String, BiConsumer<TokenMaker, Integer>> FAULTS =
      new TreeMap<>(
          Map.of(
              "failed", (maker, at) -> maker.overall.put("x-nvidia-overall-att-result", false),
              "issuer", (maker, at) -> maker.chip(at).put("iss", "https://elsewhere.example"),
              "expired", (maker, at) -> maker.chip(at).put("exp", 1_772_359_201L),
              "nonces-differ", (maker, at) -> maker.chip(at).put("eat_nonce", "another nonce"),
              "measurements", (maker, at) -> maker.chip(at).put("measres", "fail"),
              "against", (maker, at) -> maker.chip(at).put("secboot", false),
              "digest", (maker, at) -> maker.digests.put("GPU-" + at, digest()),
              "submodule-missing", (maker, at) -> maker.digests.put("GPU-99", digest())));

  private static List<Object> digest() {
    return List.of("DIGEST", List.of("SHA-256", "ab".repeat(32)));
  }

  @Test
  void every_fault_is_told_and_no_other() {
    SplittableRandom random = new SplittableRandom(7010);
    for (int i = 0; i < COUNT; i++) {
      TokenMaker maker = TokenMaker.ofChips(1 + random.nextInt(8));
      TreeSet<String> done = new TreeSet<>();
      for (Map.Entry<String, BiConsumer<TokenMaker, Integer>> fault : FAULTS.entrySet()) {
        if (random.nextInt(5) == 0) {
          fault.getValue().accept(maker, random.nextInt(maker.chips.size()));
          done.add("reason.token-" + fault.getKey());
        }
      }
      EatCheck check = EatVerifier.check(maker.make(), "token", TokenMaker.expected());
      assertThat(check.reasons())
          .as("token " + i)
          .extracting(Reason::code)
          .containsExactlyInAnyOrderElementsOf(done);
      assertThat(check)
          .isInstanceOf(done.isEmpty() ? EatCheck.Verified.class : EatCheck.Refused.class);
      assertThat(check.token().chips()).hasSize(maker.chips.size());
    }
  }
}
