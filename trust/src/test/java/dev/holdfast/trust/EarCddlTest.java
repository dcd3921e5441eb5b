package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Results against the drafts' own CDDL and examples, read out of their texts. */
final class EarCddlTest {
  /** A member of a map: perhaps optional, a label of this file or another, and a type. */
  private static final Pattern MEMBER =
      Pattern.compile("(?m)^\\s+(\\? )?(?:[a-z0-9]+\\.)?([a-z-]+-label) => (.+?),?$");

  /** What a label is in JSON: the first of the two. */
  private static final Pattern LABEL =
      Pattern.compile("(?m)^([a-z-]+-label)\\s*=\\s*(?:eat\\.)?JC<\\s*\"([^\"]+)\"\\s*,");

  /** One member of a map as the CDDL has it. */
  private record Member(String name, boolean optional, String type) {}

  private static Path folder() {
    Path folder =
        Path.of(System.getProperty("holdfast.shared", "../shared"), "data", "custody", "rats");
    Assumptions.assumeTrue(Files.isDirectory(folder), "shared data is absent: " + folder);
    return folder.resolve("cddl");
  }

  private static String text(String name) throws IOException {
    return Files.readString(folder().resolve(name));
  }

  /** The names of labels in JSON, out of all files that define some. */
  private static Map<String, String> labels() throws IOException {
    Map<String, String> labels = new TreeMap<>();
    for (String file : List.of("ear.cddl", "ear-appraisal.cddl", "ar4si.cddl", "rfc9711.cddl")) {
      Matcher matcher = LABEL.matcher(text(file));
      while (matcher.find()) {
        labels.put(matcher.group(1), matcher.group(2));
      }
    }
    // Told in RFC 9711 under names of its own.
    labels.put("iat-claim-label", "iat");
    labels.put("exp-claim-label", "exp");
    return labels;
  }

  private static List<Member> members(String file, String rule) throws IOException {
    String text = text(file);
    int from = text.indexOf(rule);
    assertThat(from).as(rule).isNotNegative();
    Matcher matcher = MEMBER.matcher(text.substring(from, text.indexOf("\n}", from) + 1));
    List<Member> members = new ArrayList<>();
    Map<String, String> labels = labels();
    while (matcher.find()) {
      String name = labels.get(matcher.group(2));
      assertThat(name).as(matcher.group(2)).isNotNull();
      members.add(new Member(String.valueOf(name), matcher.group(1) != null, matcher.group(3)));
    }
    return members;
  }

  /** A sample of the CDDL's type in JSON, as far as the types of these two maps go. */
  private static JsonTree sample(String type) {
    if (type.startsWith("\"")) {
      return new TextNode(type.substring(1, type.length() - 1));
    }
    return switch (type) {
      case "~eat.time-int" -> new NumberNode(1_772_359_200);
      case "ar4si.trustworthiness-tier" -> new TextNode("none");
      case "ar4si.verifier-id" ->
          ObjectNode.of(Map.of("developer", new TextNode("d"), "build", new TextNode("b")));
      case "eat.binary-data" -> new TextNode("AA_-");
      case "eat.nonce-type" -> new TextNode("12345678");
      case "eat.general-uri / eat.general-oid" -> new TextNode("1.2.3");
      case "[ + text ]" -> new ArrayNode(List.of(new TextNode("policy")));
      case "ar4si.trustworthiness-vector" -> ObjectNode.of(Map.of("hardware", new NumberNode(0)));
      case "{ + text => EAR-appraisal }" ->
          ObjectNode.of(Map.of("chip", ObjectNode.of(Map.of("ear_status", new TextNode("none")))));
      default -> throw new AssertionError("a type that this test does not know: " + type);
    };
  }

  private static Ear read(ObjectNode claims) {
    return EarReader.read(claims, EarProfile.DEFAULT, "cddl");
  }

  private static ObjectNode with(ObjectNode object, String name, JsonTree value) {
    TreeMap<String, JsonTree> members = new TreeMap<>(object.members());
    members.put(name, value);
    return ObjectNode.of(members);
  }

  private static ObjectNode without(ObjectNode object, String name) {
    TreeMap<String, JsonTree> members = new TreeMap<>(object.members());
    members.remove(name);
    return ObjectNode.of(members);
  }

  private static void refused(ObjectNode claims, String name) {
    assertThatExceptionOfType(CodedException.class).as(name).isThrownBy(() -> read(claims));
  }

  private static ObjectNode minimal(List<Member> members) {
    TreeMap<String, JsonTree> claims = new TreeMap<>();
    members.stream()
        .filter(each -> !each.optional())
        .forEach(each -> claims.put(each.name(), sample(each.type())));
    return ObjectNode.of(claims);
  }

  @Test
  void a_result_needs_what_the_cddl_needs_and_takes_what_it_takes() throws IOException {
    List<Member> members = members("ear.cddl", "EAR = {");
    assertThat(members)
        .extracting(Member::name)
        .containsExactly(
            "eat_profile",
            "ear_status",
            "iat",
            "exp",
            "ear_verifier_id",
            "ear_raw_evidence",
            "submods",
            "eat_nonce");
    ObjectNode minimal = minimal(members);
    assertThat(read(minimal).submodules()).containsOnlyKeys("chip");
    for (Member each : members) {
      if (each.optional()) {
        JsonTree sample =
            each.name().equals("exp") ? new NumberNode(1_772_359_999) : sample(each.type());
        assertThat(read(with(minimal, each.name(), sample)).others()).isEmpty();
      } else {
        refused(without(minimal, each.name()), each.name());
      }
      refused(with(minimal, each.name(), new JsonTree.NullNode()), each.name());
      refused(with(minimal, each.name(), new JsonTree.TruthNode(true)), each.name());
    }
    assertThat(EarJson.STANDARD).containsAll(members.stream().map(Member::name).toList());
  }

  @Test
  void an_appraisal_needs_what_the_cddl_needs_and_takes_what_it_takes() throws IOException {
    List<Member> members = members("ear-appraisal.cddl", "EAR-appraisal = {");
    assertThat(members)
        .extracting(Member::name)
        .containsExactly(
            "eat_profile",
            "ear_status",
            "ear_trustworthiness_vector",
            "ear_appraisal_policy_ids",
            "eat_nonce");
    ObjectNode outer = minimal(members("ear.cddl", "EAR = {"));
    ObjectNode minimal = minimal(members);
    for (Member each : members) {
      if (each.optional()) {
        assertThat(
                read(nested(outer, with(minimal, each.name(), sample(each.type())))).submodules())
            .hasSize(1);
      } else {
        refused(nested(outer, without(minimal, each.name())), each.name());
      }
      refused(nested(outer, with(minimal, each.name(), new JsonTree.TruthNode(true))), each.name());
    }
    assertThat(EarJson.STANDARD).containsAll(members.stream().map(Member::name).toList());
  }

  private static ObjectNode nested(ObjectNode outer, ObjectNode appraisal) {
    return with(outer, "submods", ObjectNode.of(Map.of("chip", appraisal)));
  }

  @Test
  void claims_and_tiers_are_those_of_the_cddl() throws IOException {
    String text = text("ar4si.cddl");
    assertThat(members("ar4si.cddl", "trustworthiness-vector = non-empty<{"))
        .extracting(Member::name)
        .containsExactly(
            Stream.of(TrustClaim.values()).map(TrustClaim::word).toArray(String[]::new));
    assertThat(members("ar4si.cddl", "trustworthiness-vector = non-empty<{"))
        .allMatch(Member::optional);
    for (TrustTier tier : TrustTier.values()) {
      assertThat(text)
          .contains(
              "trustworthiness-tier-"
                  + tier.word()
                  + "-label = JC<\""
                  + tier.word()
                  + "\", "
                  + tier.number()
                  + ">");
    }
    assertThat(text).contains("trustworthiness-claim = -128 .. 127");
    assertThat(text("rfc9711.cddl")).contains("nonce-type = JC< tstr .size (8..88)");
  }

  @Test
  void the_examples_of_the_draft_are_read() throws IOException {
    int read = 0;
    try (Stream<Path> files = Files.list(folder().resolve("examples"))) {
      for (Path file : files.filter(each -> each.toString().contains("-json-")).sorted().toList()) {
        byte[] octets = Files.readAllBytes(file);
        JsonTree tree =
            BoundedJson.read(octets, file.toString(), JsonLimits.ofOctets(octets.length));
        Ear ear = read((ObjectNode) tree);
        assertThat(ear.verifier().developer()).isEqualTo("https://veraison-project.org");
        assertThat(ear.rawEvidence()).isNotNull();
        assertThat(ear.submodules().values())
            .allSatisfy(each -> assertThat(each.vector()).isNotNull());
        read++;
      }
    }
    assertThat(read).isEqualTo(5);
  }

  @Test
  void what_is_made_holds_nothing_but_what_the_cddl_and_the_profile_name() throws IOException {
    List<String> outer = members("ear.cddl", "EAR = {").stream().map(Member::name).toList();
    List<String> inner =
        new ArrayList<>(
            members("ear-appraisal.cddl", "EAR-appraisal = {").stream().map(Member::name).toList());
    inner.addAll(EarProfile.DEFAULT.names().values());
    String text = new EarMaker(Samples.NIST, EarProfile.DEFAULT).make(EarSamples.ear());
    byte[] payload = Base64.getUrlDecoder().decode(text.split("\\.", -1)[1]);
    ObjectNode claims =
        (ObjectNode) BoundedJson.read(payload, "made", JsonLimits.ofOctets(payload.length));
    assertThat(new String(payload, UTF_8)).startsWith("{\"ear_status\"");
    assertThat(outer).containsAll(claims.members().keySet());
    ObjectNode submodules = (ObjectNode) claims.get("submods").orElseThrow();
    submodules
        .members()
        .values()
        .forEach(each -> assertThat(inner).containsAll(((ObjectNode) each).members().keySet()));
  }
}
