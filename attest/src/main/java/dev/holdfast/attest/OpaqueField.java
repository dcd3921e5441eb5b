package dev.holdfast.attest;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of a measurement report that the manufacturer defines, by their numbers. */
public enum OpaqueField {
  CERTIFICATE_ISSUER_NAME(1),
  CERTIFICATE_AUTHORITY_KEY_ID(2),
  DRIVER_VERSION(3),
  GPU_INFO(4),
  SKU(5),
  VBIOS_VERSION(6),
  NVDEC0_STATUS(11),
  /** How often each measurement was taken, four octets each. */
  MEASUREMENT_COUNTS(12),
  CP_RINFO(13),
  BOARD_ID(14),
  CHIP_SKU(15),
  CHIP_SKU_MODIFIER(16),
  PROJECT(17),
  PROJECT_SKU(18),
  PROJECT_SKU_MODIFIER(19),
  /** The digest of the firmware that the leaf certificate was made for. */
  FIRMWARE_ID(20),
  PROTECTED_PCIE_STATUS(21),
  /** On an accelerator: the switch behind each link. On a switch: the switch itself. */
  SWITCH_PDI(22),
  /** On a switch: one bit for each four ports, the first at the top. */
  DISABLED_PORTS(23),
  SWITCH_POSITION(24),
  SWITCH_LOCK_STATUS(25),
  /** On a switch: the accelerators that it sees, and which of them is behind each port. */
  SWITCH_GPU_PDIS(26),
  GPU_LINK_CONNECTIONS(32),
  SYSTEM_ENABLE_STATUS(33),
  OPAQUE_DATA_VERSION(34),
  CHIP_INFO(35),
  FEATURE_FLAG(36);

  private static final Map<Integer, OpaqueField> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toMap(each -> each.number, Function.identity()));

  private final int number;

  OpaqueField(int number) {
    this.number = number;
  }

  /** The number in the report, two octets. */
  public int number() {
    return number;
  }

  /** The field of a number; nothing where this version knows none. */
  static Optional<OpaqueField> of(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }
}
