package dev.holdfast.attest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The forms in which an inventory comes. */
public enum InventoryFormat {
  /** What {@code nvidia-smi -q -x} prints. */
  NVIDIA_SMI,
  /** The JSON of a node, by NVIDIA's Fleet Intelligence agent. */
  FLEET_INTELLIGENCE,
  /** Resources of a management controller. */
  REDFISH,
  /** The form of {@link InventoryJson}. */
  HOLDFAST;

  /** The stable word of JSON. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
