package dev.holdfast.edge;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom an agent asks what is in its host. */
public final class InventorySources {
  private InventorySources() {}

  /**
   * The driver of this machine, and its management controller where one is named. All of them are
   * an {@link EvidenceSource} too.
   */
  public static List<InventorySource> of(Optional<RedfishSettings> redfish, InstantSource clock) {
    List<InventorySource> sources = new ArrayList<>();
    sources.add(NvmlSource.ofThisMachine(clock));
    redfish.ifPresent(settings -> sources.add(new RedfishSource(settings, clock)));
    return List.copyOf(sources);
  }
}
