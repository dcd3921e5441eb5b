package dev.holdfast.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Role;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateVerifier;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SimulatedFleetTest {
  private static final SimulatedFleet FLEET = Worlds.fleet(1, 3000);

  @Test
  void it_has_as_many_chips_as_asked_for_and_eight_in_each_full_host() {
    assertThat(FLEET.chips()).hasSize(3000);
    assertThat(FLEET.hosts()).hasSize(375);
    Map<String, Long> perHost =
        FLEET.chips().stream()
            .collect(Collectors.groupingBy(chip -> chip.host().name(), Collectors.counting()));
    assertThat(perHost).hasSize(375).allSatisfy((host, chips) -> assertThat(chips).isEqualTo(8));
    assertThat(Worlds.fleet(2, 13).hosts()).hasSizeBetween(2, 3);
  }

  @Test
  void every_chip_can_be_told_by_any_of_its_names() {
    assertThat(FLEET.chips().stream().map(SimulatedChip::id)).doesNotHaveDuplicates();
    assertThat(FLEET.chips().stream().flatMap(chip -> chip.aliases().stream()))
        .hasSize(9000)
        .doesNotHaveDuplicates();
  }

  @Test
  void its_sites_lie_on_the_land_of_their_destination() {
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas =
        Atlas.of(
            earth.map(),
            Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
    assertThat(FLEET.sites())
        .hasSizeGreaterThanOrEqualTo(12)
        .allSatisfy(site ->
            assertThat(atlas.at(site.position())).as(site.id()).contains(site.destination()));
  }

  @Test
  void its_landmarks_are_of_a_dozen_operators_and_the_two_nearest_to_a_site_of_different_ones() {
    assertThat(FLEET.landmarks()).hasSizeGreaterThanOrEqualTo(24);
    assertThat(
            FLEET.landmarks().stream().map(each -> each.landmark().operator()).distinct().toList())
        .hasSizeGreaterThanOrEqualTo(12);
    DelayModel delays = new DelayModel(1);
    for (SimulatedSite site : FLEET.sites()) {
      assertThat(
              FLEET.landmarks().stream()
                  .filter(each ->
                      delays.between(each.landmark().position(), site.position()).kilometres()
                          < 100)
                  .map(each -> each.landmark().operator())
                  .distinct()
                  .toList())
          .as(site.id())
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void its_certificates_are_good_and_call_everything_simulated() {
    CertificateVerifier verifier = new CertificateVerifier(List.of(FLEET.authority()), Map.of());
    assertThat(FLEET.hosts())
        .allSatisfy(host -> {
          assertThat(host.identity().certificate().identity().simulated()).isTrue();
          assertThat(verifier.check(host.identity().certificate(), Role.HOST, Worlds.NOW))
              .isInstanceOf(CertificateCheck.Valid.class);
        });
    assertThat(FLEET.landmarks())
        .allSatisfy(each ->
            assertThat(verifier.check(each.identity().certificate(), Role.LANDMARK, Worlds.NOW))
                .isInstanceOf(CertificateCheck.Valid.class));
  }

  @Test
  void its_declaration_has_the_fields_of_the_servers_interface_and_no_others() {
    ObjectNode declaration = FLEET.declaration();
    assertThat(declaration.members())
        .containsOnlyKeys(
            "parties", "sites", "hosts", "chips", "landmarks", "authorities", "deviceRoots");
    assertThat(first(declaration, "parties").members()).containsOnlyKeys("id", "name", "role");
    assertThat(first(declaration, "sites").members())
        .containsOnlyKeys(
            "id",
            "name",
            "operator",
            "destination",
            "latitude",
            "longitude",
            "radiusKm",
            "powerKw",
            "simulated");
    assertThat(first(declaration, "hosts").members()).containsOnlyKeys("id", "site");
    assertThat(first(declaration, "chips").members())
        .containsOnlyKeys("id", "aliases", "model", "host", "simulated");
    assertThat(first(declaration, "landmarks").members())
        .containsOnlyKeys(
            "id", "name", "operator", "latitude", "longitude", "uncertaintyKm", "simulated");
    assertThat(first(declaration, "authorities").members()).containsOnlyKeys("certificate");
    for (String kind : List.of("sites", "chips", "landmarks")) {
      assertThat(first(declaration, kind).get("simulated")).contains(new TruthNode(true));
    }
  }

  private static ObjectNode first(ObjectNode declaration, String kind) {
    JsonTree items = declaration.get(kind).orElseThrow();
    return (ObjectNode) ((ArrayNode) items).items().getFirst();
  }

  @Test
  void the_same_plan_gives_the_same_fleet() {
    assertThat(Worlds.fleet(3, 40).declaration()).isEqualTo(Worlds.fleet(3, 40).declaration());
    assertThat(Worlds.fleet(4, 40).declaration()).isNotEqualTo(Worlds.fleet(3, 40).declaration());
  }
}
