package dev.holdfast.edge;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.ReportedText;
import dev.holdfast.attest.ToldChip;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Inventory.Seat;
import dev.holdfast.model.Reported;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What NVIDIA's driver says by its management library, and the host's own signs beside it.
 *
 * <p>Layouts are those of NVML 13 on x86_64; each structure says its own version, so that a library
 * of another one refuses it instead of misreading it. Only the lengths that the library claims are
 * its own to choose, and those are checked.
 */
public final class NvmlSource implements InventorySource, EvidenceSource {
  /** The name of the library where a driver is installed. */
  public static final String LIBRARY = "libnvidia-ml.so.1";

  private static final int PDI = 16;
  private static final int PDI_VERSION = 0x01000010;
  private static final int PCI_INFO = 68;
  private static final int PCI_BUS_ID = 36;
  private static final int PLATFORM_INFO = 44;
  private static final int PLATFORM_INFO_VERSION = 0x0200002c;
  private static final int FABRIC_INFO = 40;
  private static final int FABRIC_INFO_VERSION = 0x03000028;
  private static final int FABRIC_STATE = 28;
  private static final int GPU_CERTIFICATE = 9224;
  private static final int CHAIN_AT = 4104;
  private static final int LONGEST_CHAIN = 5120;
  private static final int ATTESTATION_REPORT = 12332;
  private static final int NONCE_AT = 12;
  private static final int REPORT_AT = 44;
  private static final int LONGEST_REPORT = 8192;

  private static final double MILLIWATTS = 1000;

  /** What a field of one octet holds that nobody filled in. */
  private static final int UNSET = 0xFF;

  private final String library;
  private final Path root;
  private final InstantSource clock;

  /**
   * A source.
   *
   * @param library a path, or {@link #LIBRARY}
   * @param root the folder below which the host's signs are looked for, {@code /} as a rule
   */
  public NvmlSource(String library, Path root, InstantSource clock) {
    this.library = requireNonNull(library, "library");
    this.root = requireNonNull(root, "root");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The source of this machine. */
  public static NvmlSource ofThisMachine(InstantSource clock) {
    return new NvmlSource(LIBRARY, Path.of("/"), clock);
  }

  @Override
  public Inventory.Source kind() {
    return Inventory.Source.NVML;
  }

  @Override
  public Inventory look() {
    return asked(look -> {
      List<ToldChip> chips = new ArrayList<>();
      int count = look.count();
      for (int i = 0; i < count; i++) {
        chips.add(look.chip(i));
      }
      return new Inventory(
          Inventory.Source.NVML,
          null,
          clock.instant().truncatedTo(ChronoUnit.MILLIS),
          look.driver(),
          HostSigns.read(root),
          ToldChip.chips(chips),
          List.of());
    });
  }

  @Override
  public Gathered evidence(byte[] nonce) {
    if (nonce.length != NONCE) {
      throw new IllegalArgumentException("a nonce has " + NONCE + " octets");
    }
    return asked(look -> {
      List<ChipEvidence> evidence = new ArrayList<>();
      List<Problem> problems = new ArrayList<>();
      int count = look.count();
      for (int i = 0; i < count; i++) {
        try {
          evidence.add(look.evidence(i, nonce));
        } catch (CodedException e) {
          problems.add(e.problem());
        }
      }
      return new Gathered(evidence, problems);
    });
  }

  private <T> T asked(Function<Look, T> question) {
    Nvml nvml = Nvml.load(library);
    int result = nvml.call("nvmlInit_v2");
    if (result != Nvml.SUCCESS) {
      throw nvml.failed("nvmlInit_v2", result);
    }
    try (Arena arena = Arena.ofConfined()) {
      return question.apply(new Look(nvml, arena));
    } finally {
      int _ = nvml.call("nvmlShutdown");
    }
  }

  /** The library between its beginning and its end. */
  private record Look(Nvml nvml, Arena arena) {
    int count() {
      MemorySegment count = arena.allocate(JAVA_INT);
      int result = nvml.call("nvmlDeviceGetCount_v2", count);
      if (result != Nvml.SUCCESS) {
        throw nvml.failed("nvmlDeviceGetCount_v2", result);
      }
      int chips = count.get(JAVA_INT, 0);
      if (chips < 0 || chips > Inventory.MOST_CHIPS) {
        throw nvml.failed("it counts more than " + Inventory.MOST_CHIPS + " chips");
      }
      return chips;
    }

    MemorySegment device(int index) {
      MemorySegment device = arena.allocate(ADDRESS);
      int result = nvml.at("nvmlDeviceGetHandleByIndex_v2", index, device);
      if (result != Nvml.SUCCESS) {
        throw nvml.failed("nvmlDeviceGetHandleByIndex_v2 of GPU " + index, result);
      }
      return device.get(ADDRESS, 0);
    }

    Reported driver() {
      MemorySegment text = arena.allocate(80);
      return reported(nvml.text("nvmlSystemGetDriverVersion", text), text);
    }

    ToldChip chip(int index) {
      MemorySegment device = device(index);
      return new ToldChip(
          text("nvmlDeviceGetName", device, 96),
          pdi(device),
          name(text("nvmlDeviceGetUUID", device, 96)),
          name(text("nvmlDeviceGetSerial", device, 30)),
          seat(device),
          text("nvmlDeviceGetVbiosVersion", device, 32),
          pciBus(device),
          meter(device));
    }

    /** Power in milliwatts and energy in millijoules, each where the driver gives it. */
    private @Nullable Meter meter(MemorySegment device) {
      MemorySegment power = arena.allocate(JAVA_INT);
      MemorySegment energy = arena.allocate(JAVA_LONG_UNALIGNED);
      boolean drawing = nvml.of("nvmlDeviceGetPowerUsage", device, power) == Nvml.SUCCESS;
      boolean counted =
          nvml.of("nvmlDeviceGetTotalEnergyConsumption", device, energy) == Nvml.SUCCESS;
      try {
        return Meter.of(
            drawing ? Integer.toUnsignedLong(power.get(JAVA_INT, 0)) / MILLIWATTS : null,
            counted ? energy.get(JAVA_LONG_UNALIGNED, 0) : null);
      } catch (IllegalArgumentException e) {
        throw nvml.failed(String.valueOf(e.getMessage()));
      }
    }

    private Reported text(String function, MemorySegment device, int length) {
      MemorySegment text = arena.allocate(length);
      return reported(nvml.textOf(function, device, text), text);
    }

    private Reported reported(int result, MemorySegment text) {
      return result == Nvml.SUCCESS ? ReportedText.of(Nvml.text(text)) : absent(result);
    }

    /** A driver that does not know the function, or this form of it, does not have the field. */
    private static Reported absent(int result) {
      return result == Nvml.FUNCTION_NOT_FOUND || result == Nvml.ARGUMENT_VERSION_MISMATCH
          ? Reported.Absent.MISSING
          : Reported.Absent.NOT_AVAILABLE;
    }

    private static Reported name(Reported told) {
      return told instanceof Reported.Value(String text) ? ReportedText.name(text) : told;
    }

    private Reported pdi(MemorySegment device) {
      MemorySegment pdi = arena.allocate(PDI, 8);
      pdi.set(JAVA_INT, 0, PDI_VERSION);
      int result = nvml.of("nvmlDeviceGetPdi", device, pdi);
      return result == Nvml.SUCCESS
          ? ReportedText.name("0x" + HexFormat.of().toHexDigits(pdi.get(JAVA_LONG_UNALIGNED, 8)))
          : absent(result);
    }

    private Reported pciBus(MemorySegment device) {
      MemorySegment info = arena.allocate(PCI_INFO, 8);
      return reported(
          nvml.of("nvmlDeviceGetPciInfo_v3", device, info), info.asSlice(PCI_BUS_ID, 32));
    }

    private Seat seat(MemorySegment device) {
      MemorySegment info = arena.allocate(PLATFORM_INFO, 8);
      info.set(JAVA_INT, 0, PLATFORM_INFO_VERSION);
      int result = nvml.of("nvmlDeviceGetPlatformInfo", device, info);
      boolean told = result == Nvml.SUCCESS;
      MemorySegment module = arena.allocate(JAVA_INT);
      int moduleResult = nvml.of("nvmlDeviceGetModuleId", device, module);
      return new Seat(
          told ? ReportedText.name(Nvml.text(info.asSlice(20, 16))) : absent(result),
          told ? octet(info, 36) : absent(result),
          told ? octet(info, 37) : absent(result),
          moduleResult == Nvml.SUCCESS
              ? Reported.of(Integer.toUnsignedString(module.get(JAVA_INT, 0)))
              : told ? octet(info, 40) : absent(moduleResult),
          cluster(device),
          text("nvmlDeviceGetBoardPartNumber", device, 80));
    }

    private static Reported octet(MemorySegment info, long at) {
      int octet = info.get(JAVA_BYTE, at) & 0xFF;
      return octet == UNSET ? Reported.Absent.NOT_AVAILABLE : Reported.of(Integer.toString(octet));
    }

    private Reported cluster(MemorySegment device) {
      MemorySegment info = arena.allocate(FABRIC_INFO, 8);
      info.set(JAVA_INT, 0, FABRIC_INFO_VERSION);
      int result = nvml.of("nvmlDeviceGetGpuFabricInfoV", device, info);
      if (result != Nvml.SUCCESS) {
        return absent(result);
      }
      if (info.get(JAVA_BYTE, FABRIC_STATE) == 0) {
        // The state of a chip that has no fabric.
        return Reported.Absent.NOT_AVAILABLE;
      }
      String digits =
          HexFormat.of().formatHex(info.asSlice(4, 16).toArray(JAVA_BYTE)).toLowerCase(Locale.ROOT);
      return ReportedText.name(
          String.join(
              "-",
              digits.substring(0, 8),
              digits.substring(8, 12),
              digits.substring(12, 16),
              digits.substring(16, 20),
              digits.substring(20)));
    }

    ChipEvidence evidence(int index, byte[] nonce) {
      MemorySegment device = device(index);
      MemorySegment certificate = arena.allocate(GPU_CERTIFICATE, 8);
      requireSuccess(
          "nvmlDeviceGetConfComputeGpuCertificate",
          index,
          nvml.of("nvmlDeviceGetConfComputeGpuCertificate", device, certificate));
      MemorySegment report = arena.allocate(ATTESTATION_REPORT, 8);
      MemorySegment.copy(nonce, 0, report, JAVA_BYTE, NONCE_AT, nonce.length);
      long from = System.nanoTime();
      int result = nvml.of("nvmlDeviceGetConfComputeGpuAttestationReport", device, report);
      Duration signing = Duration.ofNanos(System.nanoTime() - from);
      requireSuccess("nvmlDeviceGetConfComputeGpuAttestationReport", index, result);
      return new ChipEvidence(
          "GPU " + index,
          part("certificate chain", index, certificate, CHAIN_AT, LONGEST_CHAIN),
          part("report", index, report, REPORT_AT, LONGEST_REPORT),
          signing);
    }

    private void requireSuccess(String function, int index, int result) {
      if (result != Nvml.SUCCESS) {
        throw nvml.failed(function + " of GPU " + index, result);
      }
    }

    /** Octets of a structure whose length stands in it, after another number. */
    private byte[] part(String what, int index, MemorySegment all, int at, int longest) {
      int length = all.get(JAVA_INT, 4);
      if (length < 1 || length > longest) {
        throw nvml.failed(
            "the %s of GPU %d has %s octets, and not 1 to %d"
                .formatted(what, index, Integer.toUnsignedString(length), longest));
      }
      return all.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
