package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/**
 * A request for measurements and the signed answer of a chip (SPDM 1.1, DMTF DSP0274 section
 * 10.11), as the manufacturer of the chip lays it out. Reading checks the form and no signature.
 *
 * <p>The request has 37 octets. Of the answer the last 96 are the signature, r and s of ECDSA over
 * P-384, of all octets before them, request and answer.
 */
public final class SpdmReport {
  /** The octets of a nonce. */
  public static final int NONCE = 32;

  /** The most octets of a report; the largest that is known has 4.3 KB. */
  public static final int LONGEST = 16_384;

  static final int SIGNATURE = 96;
  private static final int VERSION = 0x11;
  private static final int GET_MEASUREMENTS = 0xE0;
  private static final int MEASUREMENTS = 0x60;
  private static final int PDI = 8;
  private static final int LINKS = 18;
  private static final int PDIS_OF_A_SWITCH = 8;
  private static final int PORTS = 64;
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] octets;
  private final byte[] nonce;
  private final byte[] responderNonce;
  private final List<Measurement> measurements;
  private final Map<Integer, byte[]> opaque;

  private SpdmReport(
      byte[] octets,
      byte[] nonce,
      byte[] responderNonce,
      List<Measurement> measurements,
      Map<Integer, byte[]> opaque) {
    this.octets = octets;
    this.nonce = nonce;
    this.responderNonce = responderNonce;
    this.measurements = List.copyOf(measurements);
    this.opaque = Collections.unmodifiableMap(opaque);
  }

  /**
   * One measured part of the chip's state.
   *
   * @param index from 1
   * @param type 0 to 127, bit 7 of the octet in {@code raw}
   * @param value the digest, or the raw value, in hexadecimal digits
   */
  public record Measurement(int index, int type, boolean raw, String value) {}

  /**
   * Reads a report.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_EVIDENCE with the field, or INPUT_TOO_LARGE
   */
  public static SpdmReport parse(byte[] octets, String source) {
    if (octets.length > LONGEST) {
      throw new CodedException(
          Problem.in(source, ErrorCode.INPUT_TOO_LARGE, "it has more than " + LONGEST + " octets"));
    }
    Cursor in = new Cursor(octets, 0, octets.length, source);
    in.expect("request.version", VERSION);
    in.expect("request.code", GET_MEASUREMENTS);
    var _ = in.number("request.param1", 1);
    var _ = in.number("request.param2", 1);
    byte[] nonce = in.take("request.nonce", NONCE);
    var _ = in.number("request.slot", 1);
    in.expect("version", VERSION);
    in.expect("code", MEASUREMENTS);
    var _ = in.number("param1", 1);
    var _ = in.number("param2", 1);
    int blocks = in.number("numberOfBlocks", 1);
    int length = in.number("measurementRecordLength", 3);
    List<Measurement> measurements = measurements(in.part("measurementRecord", length), blocks);
    byte[] responderNonce = in.take("nonce", NONCE);
    int opaqueLength = in.number("opaqueLength", 2);
    Map<Integer, byte[]> opaque = opaque(in.part("opaqueData", opaqueLength));
    if (in.left() != SIGNATURE) {
      throw in.refuse("signature", "it has " + in.left() + " octets, not " + SIGNATURE);
    }
    return new SpdmReport(octets.clone(), nonce, responderNonce, measurements, opaque);
  }

  private static List<Measurement> measurements(Cursor in, int blocks) {
    List<Measurement> measurements = new ArrayList<>();
    while (in.left() > 0) {
      int index = in.number("measurement.index", 1);
      in.expect("measurement.specification", 1);
      int size = in.number("measurement.size", 2);
      Cursor block = in.part("measurement", size);
      int type = block.number("measurement.type", 1);
      int valueSize = block.number("measurement.valueSize", 2);
      byte[] value = block.take("measurement.value", valueSize);
      if (block.left() != 0) {
        throw in.refuse("measurement", "block " + index + " says two sizes");
      }
      if (index != measurements.size() + 1) {
        throw in.refuse("measurement.index", "block " + (measurements.size() + 1) + " is " + index);
      }
      measurements.add(
          new Measurement(index, type & 0x7F, (type & 0x80) != 0, HEX.formatHex(value)));
    }
    if (measurements.size() != blocks) {
      throw in.refuse(
          "numberOfBlocks", "it says " + blocks + ", and there are " + measurements.size());
    }
    return measurements;
  }

  private static Map<Integer, byte[]> opaque(Cursor in) {
    Map<Integer, byte[]> fields = new TreeMap<>();
    while (in.left() > 0) {
      int number = in.number("opaqueData.type", 2);
      int length = in.number("opaqueData.length", 2);
      String name = name(number);
      if (fields.put(number, in.take(name, length)) != null) {
        throw in.refuse(name, "it is there twice");
      }
    }
    return fields;
  }

  /** The field's name in messages. */
  private static String name(int number) {
    return "opaqueData." + OpaqueField.of(number).map(Enum::name).orElse(String.valueOf(number));
  }

  /** The nonce of who asked. */
  public byte[] nonce() {
    return nonce.clone();
  }

  /** The nonce of the chip, so that no two answers are alike. */
  public byte[] responderNonce() {
    return responderNonce.clone();
  }

  /** In the order of their indexes, from 1 without a gap. */
  public List<Measurement> measurements() {
    return measurements;
  }

  /** What a field holds. */
  public Optional<byte[]> field(OpaqueField field) {
    return Optional.ofNullable(opaque.get(field.number())).map(byte[]::clone);
  }

  /** The numbers of all fields, known to this version or not. */
  public SortedSet<Integer> fields() {
    return new TreeSet<>(opaque.keySet());
  }

  /** A field that is text, without the zeroes that end it. */
  public Optional<String> text(OpaqueField field) {
    return field(field).flatMap(SpdmReport::printable);
  }

  private static Optional<String> printable(byte[] octets) {
    int end = 0;
    while (end < octets.length && octets[end] != 0) {
      if (octets[end] <= ' ' || octets[end] > '~') {
        return Optional.empty();
      }
      end++;
    }
    return end == 0 ? Optional.empty() : Optional.of(new String(octets, 0, end, US_ASCII));
  }

  /**
   * The firmware's version in the form that drivers print, such as {@code 96.00.A5.00.01}: a switch
   * spells it out, an accelerator holds two numbers.
   */
  public Optional<String> vbios() {
    byte[] octets = opaque.get(OpaqueField.VBIOS_VERSION.number());
    if (octets == null) {
      return Optional.empty();
    }
    if (octets.length != 8) {
      return printable(octets);
    }
    return Optional.of(
        "%02X.%02X.%02X.%02X.%02X"
            .formatted(octets[3], octets[2], octets[1], octets[0], octets[4]));
  }

  /** Whether a switch made it: it tells which accelerators it sees. */
  public boolean isOfSwitch() {
    return opaque.containsKey(OpaqueField.SWITCH_GPU_PDIS.number());
  }

  /** The per-device id of a switch, in 16 hexadecimal digits. */
  public Optional<String> ownPdi() {
    byte[] octets = opaque.get(OpaqueField.SWITCH_PDI.number());
    return isOfSwitch() && octets != null && octets.length == PDI
        ? Optional.of(HEX.formatHex(octets))
        : Optional.empty();
  }

  /**
   * What is behind each link of an accelerator: the per-device ids of switches, in the order of the
   * links. A link without one is empty text. Nothing where the report has no such field.
   */
  public Optional<List<String>> links() {
    byte[] octets = opaque.get(OpaqueField.SWITCH_PDI.number());
    return isOfSwitch() || octets == null || octets.length != LINKS * PDI
        ? Optional.empty()
        : Optional.of(pdis(octets, LINKS));
  }

  /** The accelerators that a switch sees, in its order; none of them twice by a good switch. */
  public Optional<List<String>> seenBySwitch() {
    byte[] octets = opaque.get(OpaqueField.SWITCH_GPU_PDIS.number());
    return octets == null || octets.length < PDIS_OF_A_SWITCH * PDI
        ? Optional.empty()
        : Optional.of(pdis(octets, PDIS_OF_A_SWITCH));
  }

  /** Which of the accelerators that a switch sees is behind each of its ports; 255 for none. */
  public Optional<List<Integer>> ports() {
    byte[] octets = opaque.get(OpaqueField.SWITCH_GPU_PDIS.number());
    if (octets == null || octets.length != PDIS_OF_A_SWITCH * PDI + PORTS) {
      return Optional.empty();
    }
    List<Integer> ports = new ArrayList<>(PORTS);
    for (int i = PDIS_OF_A_SWITCH * PDI; i < octets.length; i++) {
      ports.add(octets[i] & 0xFF);
    }
    return Optional.of(ports);
  }

  /** Whether each of the ports of a switch is disabled. */
  public Optional<List<Boolean>> disabledPorts() {
    byte[] octets = opaque.get(OpaqueField.DISABLED_PORTS.number());
    if (octets == null || octets.length != 2) {
      return Optional.empty();
    }
    List<Boolean> disabled = new ArrayList<>(PORTS);
    for (int port = 0; port < PORTS; port++) {
      int bit = port / 4;
      disabled.add((octets[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0);
    }
    return Optional.of(disabled);
  }

  /** How often each measurement was taken. */
  public Optional<List<Integer>> counts() {
    byte[] octets = opaque.get(OpaqueField.MEASUREMENT_COUNTS.number());
    if (octets == null || octets.length % 4 != 0) {
      return Optional.empty();
    }
    List<Integer> counts = new ArrayList<>(octets.length / 4);
    for (int i = 0; i < octets.length; i += 4) {
      counts.add(
          (octets[i] & 0xFF)
              | (octets[i + 1] & 0xFF) << 8
              | (octets[i + 2] & 0xFF) << 16
              | octets[i + 3] << 24);
    }
    return Optional.of(counts);
  }

  /** No device, and no link, has an id of zeroes or ones alone. */
  private static List<String> pdis(byte[] octets, int count) {
    List<String> pdis = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String pdi = HEX.formatHex(octets, i * PDI, (i + 1) * PDI);
      pdis.add(pdi.equals("0".repeat(2 * PDI)) || pdi.equals("f".repeat(2 * PDI)) ? "" : pdi);
    }
    return List.copyOf(pdis);
  }

  /** Whether it is signed by a key: all octets but the signature. */
  boolean isSignedBy(ECPublicKeyParameters key) {
    return FastCurve.verifies(key, octets, octets.length - SIGNATURE, signature());
  }

  /** r and s, 48 octets each. */
  public byte[] signature() {
    return Arrays.copyOfRange(octets, octets.length - SIGNATURE, octets.length);
  }

  /** All octets. */
  public byte[] octets() {
    return octets.clone();
  }
}
