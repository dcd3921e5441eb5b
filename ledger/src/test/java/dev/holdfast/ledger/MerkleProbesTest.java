package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The 518 probes of transparency-dev's Merkle library, of which each says whether a verifier must
 * refuse it.
 */
final class MerkleProbesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("holdfast.shared", "../shared"))
          .resolve("data/custody/tlog/merkle/testdata");

  @Test
  void every_probe_is_decided_as_it_says() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "shared data is absent: " + FOLDER);
    Map<String, Integer> passed = new TreeMap<>();
    Map<String, Integer> refused = new TreeMap<>();
    int wrongLength = 0;
    for (Path file : probes()) {
      JsonNode probe = JsonMapper.shared().readTree(Files.readAllBytes(file));
      String kind = FOLDER.relativize(file).getName(0).toString();
      boolean mustFail = probe.required("wantErr").booleanValue();
      Optional<ProofCheck> check = check(kind, probe);
      wrongLength += check.isEmpty() ? 1 : 0;
      boolean valid = check.isPresent() && check.get().isValid();
      assertThat(valid).as("%s: %s", file, check).isEqualTo(!mustFail);
      (mustFail ? refused : passed).merge(kind, 1, Integer::sum);
    }
    assertThat(passed)
        .isEqualTo(
            Map.of(
                "inclusion",
                6,
                "consistency",
                6,
                "subtreeinclusion",
                12,
                "subtreeconsistency",
                12));
    assertThat(refused.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(482);
    // All others were decided by the proofs, not by the length of a hash.
    assertThat(wrongLength).isEqualTo(110);
  }

  private static List<Path> probes() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Empty where a hash has no 32 octets, which {@link Hash} cannot hold. */
  private static Optional<ProofCheck> check(String kind, JsonNode probe) {
    List<Hash> path = new ArrayList<>();
    for (JsonNode hash : probe.required("proof")) {
      Optional<Hash> parsed = hash(hash);
      if (parsed.isEmpty()) {
        return Optional.empty();
      }
      path.add(parsed.get());
    }
    boolean inclusion = kind.endsWith("inclusion");
    Optional<Hash> first = hash(probe.required(inclusion ? "leafHash" : "root1"));
    Optional<Hash> second = hash(probe.required(inclusion ? "root" : "root2"));
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (kind) {
          case "inclusion" ->
              new InclusionProof(number(probe, "leafIdx"), number(probe, "treeSize"), path)
                  .check(first.get(), second.get());
          case "consistency" ->
              new ConsistencyProof(number(probe, "size1"), number(probe, "size2"), path)
                  .check(first.get(), second.get());
          case "subtreeinclusion" ->
              new SubtreeInclusionProof(
                      number(probe, "leafIdx"), number(probe, "start"), number(probe, "end"), path)
                  .check(first.get(), second.get());
          case "subtreeconsistency" ->
              new SubtreeConsistencyProof(
                      number(probe, "start"), number(probe, "end"), number(probe, "size"), path)
                  .check(first.get(), second.get());
          default -> throw new AssertionError("a kind of probe that is not known: " + kind);
        });
  }

  /** Unsigned 64-bit numbers; those above 2^63 become negative, as they would for any reader. */
  private static long number(JsonNode probe, String field) {
    return probe.required(field).bigIntegerValue().longValue();
  }

  private static Optional<Hash> hash(JsonNode node) {
    byte[] octets = Base64.getDecoder().decode(node.isNull() ? "" : node.stringValue());
    if (new String(octets, StandardCharsets.UTF_8).startsWith("don't care")) {
      // The probes' own stand-in for the root of some tree.
      return Optional.of(TreeHasher.plain(octets));
    }
    return octets.length == Hash.LENGTH ? Optional.of(Hash.of(octets)) : Optional.empty();
  }
}
