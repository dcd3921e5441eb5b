package dev.holdfast.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.trust.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/**
 * An accelerator or switch of a {@link SimulatedManufacturer}, which signs reports as real ones do.
 */
public final class SimulatedDevice {
  /** Prefix of the serials of accelerators. */
  public static final int GPU = 0x41;

  /** Prefix of the serials of switches. */
  public static final int SWITCH = 0x50;

  private static final int LINKS = 18;
  private static final int MOST_GPUS = 8;
  private static final HexFormat HEX = HexFormat.of();

  private final int prefix;
  private final String id;
  private final byte[] firmware;
  private final SeededDeviceKey key;
  private final List<X509CertificateHolder> chain;

  SimulatedDevice(
      int prefix,
      String id,
      byte[] firmware,
      SeededDeviceKey key,
      List<X509CertificateHolder> chain) {
    this.prefix = prefix;
    this.id = id;
    this.firmware = firmware.clone();
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  SimulatedDevice withChain(List<X509CertificateHolder> other) {
    return new SimulatedDevice(prefix, id, firmware, key, other);
  }

  List<X509CertificateHolder> chain() {
    return chain;
  }

  /** What it is keyed by: 16 hexadecimal digits. */
  public String id() {
    return id;
  }

  /** Its certificates in PEM, the leaf first. */
  public byte[] chainPem() {
    return SimulatedManufacturer.pem(chain);
  }

  /**
   * A signed report.
   *
   * @param nonce 32 octets that it answers
   * @param neighbours of an accelerator the ids of the switches behind its links, dealt out over
   *     them, of a switch those of the accelerators; null for a report that says nothing of them
   */
  public byte[] report(byte[] nonce, @Nullable List<String> neighbours) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HEX.parseHex("11e001ff"));
    out.writeBytes(nonce);
    out.writeBytes(HEX.parseHex("0011600000"));
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    int blocks = 4;
    for (int i = 1; i <= blocks; i++) {
      record.write(i);
      record.write(1);
      little(record, 51);
      record.write(1);
      little(record, 48);
      record.writeBytes(new byte[48]);
    }
    out.write(blocks);
    little(out, record.size());
    out.write(0);
    out.writeBytes(record.toByteArray());
    // What a chip draws anew for each answer here follows from the question, so that runs repeat.
    out.writeBytes(Sha256.of(nonce).octets());
    byte[] opaque = opaque(neighbours);
    little(out, opaque.length);
    out.writeBytes(opaque);
    byte[] signed = out.toByteArray();
    out.writeBytes(key.sign(signed));
    return out.toByteArray();
  }

  private byte[] opaque(@Nullable List<String> neighbours) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (prefix == SWITCH) {
      field(out, 6, "96.10.00.00.01".getBytes(US_ASCII));
      field(out, 22, HEX.parseHex(id));
      field(out, 26, ports(neighbours == null ? List.of() : neighbours));
      return out.toByteArray();
    }
    field(out, 6, HEX.parseHex("0001009601000000"));
    field(out, 3, "590.12\0".getBytes(US_ASCII));
    field(out, 20, firmware);
    if (neighbours != null) {
      ByteArrayOutputStream links = new ByteArrayOutputStream();
      for (int i = 0; i < LINKS; i++) {
        links.writeBytes(
            neighbours.isEmpty()
                ? new byte[Long.BYTES]
                : HEX.parseHex(neighbours.get(i % neighbours.size())));
      }
      field(out, 22, links.toByteArray());
    }
    return out.toByteArray();
  }

  private static byte[] ports(List<String> seen) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(seen);
    while (all.size() < MOST_GPUS) {
      all.add("0".repeat(2 * Long.BYTES));
    }
    all.subList(0, MOST_GPUS).forEach(each -> out.writeBytes(HEX.parseHex(each)));
    for (int port = 0; port < 64; port++) {
      out.write(port < 2 * seen.size() ? port / 2 : 0xFF);
    }
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    little(out, number);
    little(out, value.length);
    out.writeBytes(value);
  }

  private static void little(ByteArrayOutputStream out, int value) {
    out.write(value);
    out.write(value >> Byte.SIZE);
  }
}
