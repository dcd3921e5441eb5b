package dev.holdfast.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.attest.DeviceRoots;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * An invented manufacturer: a root that calls itself simulated, two authorities below it, and chips
 * whose certificates and reports are laid out as real ones are. It is never among the roots that
 * anybody trusts unless they say so, and whatever leads to it is called simulated.
 *
 * <p>Keys follow from the seed; certificates are valid from {@code from} until {@code until}.
 */
public final class SimulatedManufacturer {
  private static final ASN1ObjectIdentifier DEVICE_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.412.274.1");
  private static final ASN1ObjectIdentifier FIRMWARE_ID =
      new ASN1ObjectIdentifier("2.23.133.5.4.1");

  private final Chance chance;
  private final String name;
  private final Instant from;
  private final Instant until;
  private final SeededDeviceKey rootKey;
  private final X509CertificateHolder root;
  private final SeededDeviceKey identityKey;
  private final X509CertificateHolder identity;
  private final SeededDeviceKey provisionerKey;
  private final X509CertificateHolder provisioner;

  /** A manufacturer of its own for each seed. */
  public SimulatedManufacturer(long seed, Instant from, Instant until) {
    this.from = from;
    this.until = until;
    chance = new Chance(seed);
    name = "Simulated Device Identity CA " + Long.toHexString(seed);
    rootKey = key("root");
    root = authority(name(name), name(name), rootKey, rootKey, "root");
    identityKey = key("identity");
    identity = authority(name("Simulated Identity"), name(name), identityKey, rootKey, "identity");
    provisionerKey = key("provisioner");
    provisioner =
        authority(
            name("Simulated Provisioner ICA 1"),
            name("Simulated Identity"),
            provisionerKey,
            identityKey,
            "provisioner");
  }

  private SeededDeviceKey key(String what) {
    return new SeededDeviceKey(chance.octets("device-key", what));
  }

  private static X500Name name(String common) {
    return new X500NameBuilder()
        .addRDN(BCStyle.CN, common)
        .addRDN(BCStyle.OU, DeviceRoots.SIMULATED)
        .addRDN(BCStyle.O, "Holdfast simulation")
        .build();
  }

  private X509CertificateHolder authority(
      X500Name subject, X500Name issuer, SeededDeviceKey key, SeededDeviceKey signer, String what) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer, serial(what), Date.from(from), Date.from(until), subject, key.publicKey());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return builder.build(signer.signer());
    } catch (IOException e) {
      throw new IllegalStateException("what we made has octets", e);
    }
  }

  private BigInteger serial(String what) {
    return new BigInteger(1, chance.octets("device-serial", what)).shiftRight(129);
  }

  /** Its root, in PEM. */
  public byte[] rootPem() {
    return pem(List.of(root));
  }

  /**
   * A chip.
   *
   * @param part what its model is called, such as {@code GH100}
   * @param prefix of its boot ROM's serial: 0x41 of an accelerator, 0x50 of a switch
   * @param number tells it from the others of this manufacturer
   */
  public SimulatedDevice chip(String part, int prefix, String number) {
    return device(
        part,
        prefix,
        number,
        HexFormat.of().parseHex(idOf(part, number)),
        provisioner,
        provisionerKey,
        List.of(identity, root));
  }

  /** What a chip of this manufacturer is keyed by, without making it. */
  public String idOf(String part, String number) {
    return HexFormat.of().formatHex(chance.octets("pdi", part, number), 0, Long.BYTES);
  }

  /**
   * A chip that claims the serial of another, with a key of its own.
   *
   * @param id that it claims: 16 hexadecimal digits
   */
  public SimulatedDevice claiming(String part, int prefix, String id) {
    return device(
        part,
        prefix,
        "claims " + id,
        HexFormat.of().parseHex(id),
        provisioner,
        provisionerKey,
        List.of(identity, root));
  }

  /**
   * The same chip with a chain that has a second way up: this manufacturer's first authority, as
   * another manufacturer's root signed it too.
   */
  public SimulatedDevice crossSigned(SimulatedDevice chip, SimulatedManufacturer by) {
    X509CertificateHolder cross =
        authority(
            name("Simulated Identity"), name(by.name), identityKey, by.rootKey, "cross " + by.name);
    List<X509CertificateHolder> chain =
        Stream.of(chip.chain().subList(0, 3), List.of(cross, by.root, identity, root))
            .flatMap(List::stream)
            .toList();
    return chip.withChain(chain);
  }

  private SimulatedDevice device(
      String part,
      int prefix,
      String number,
      byte[] pdi,
      X509CertificateHolder issuer,
      SeededDeviceKey issuerKey,
      List<X509CertificateHolder> above) {
    SeededDeviceKey romKey = key("rom " + part + number);
    SeededDeviceKey leafKey = key("leaf " + part + number);
    byte[] serial = new byte[1 + pdi.length];
    serial[0] = (byte) prefix;
    System.arraycopy(pdi, 0, serial, 1, pdi.length);
    String digits = HexFormat.of().withUpperCase().formatHex(serial);
    String kind = prefix == SimulatedDevice.SWITCH ? " FSP" : " GSP";
    X500Name romName = deviceName(digits, part + " A01" + kind + " BROM");
    byte[] firmware = firmware(part);
    try {
      X509v3CertificateBuilder rom =
          new X509v3CertificateBuilder(
              issuer.getSubject(),
              new BigInteger(1, serial),
              Date.from(from),
              Date.from(until),
              romName,
              romKey.publicKey());
      rom.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      rom.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      String leafSerial = serial("leaf " + part + number).toString(16);
      X509v3CertificateBuilder leaf =
          new X509v3CertificateBuilder(
              romName,
              serial("leaf " + part + number),
              Date.from(from),
              Date.from(until),
              deviceName(leafSerial, part + " A01" + kind + " FMC LF"),
              leafKey.publicKey());
      leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      String known =
          "SIMULATED:"
              + part
              + ":"
              + HexFormat.of()
                  .withUpperCase()
                  .formatHex(chance.octets("name", part, number), 0, Long.BYTES);
      leaf.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName(
                  GeneralName.otherName, new OtherName(DEVICE_NAME, new DERUTF8String(known)))));
      leaf.addExtension(FIRMWARE_ID, false, composite(firmware, romKey));
      List<X509CertificateHolder> chain = new ArrayList<>();
      chain.add(leaf.build(romKey.signer()));
      chain.add(rom.build(issuerKey.signer()));
      chain.add(issuer);
      chain.addAll(above);
      return new SimulatedDevice(prefix, HexFormat.of().formatHex(pdi), firmware, leafKey, chain);
    } catch (IOException e) {
      throw new IllegalStateException("what we made has octets", e);
    }
  }

  private static X500Name deviceName(String serial, String common) {
    return new X500NameBuilder()
        .addRDN(BCStyle.SERIALNUMBER, serial)
        .addRDN(BCStyle.O, "Holdfast simulation")
        .addRDN(BCStyle.CN, common)
        .build();
  }

  private byte[] firmware(String part) {
    byte[] digest = new byte[48];
    System.arraycopy(chance.octets("firmware", part), 0, digest, 0, 32);
    return digest;
  }

  private static DERSequence composite(byte[] firmware, SeededDeviceKey romKey) {
    ASN1EncodableVector digest = new ASN1EncodableVector();
    digest.add(NISTObjectIdentifiers.id_sha384);
    digest.add(new DEROctetString(firmware));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(new ASN1Integer(1));
    parts.add(romKey.publicKey());
    parts.add(new DERSequence(digest));
    return new DERSequence(parts);
  }

  /**
   * A list, in PEM, that revokes the first authority below the root, or nothing.
   *
   * @param authority whether that one is revoked
   */
  public byte[] rootRevocations(Instant madeAt, Instant nextAt, boolean authority) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(root.getSubject(), Date.from(madeAt));
    builder.setNextUpdate(Date.from(nextAt));
    if (authority) {
      builder.addCRLEntry(identity.getSerialNumber(), Date.from(madeAt), 1);
    }
    return list(builder, rootKey);
  }

  /** A list, in PEM, of the authority that certifies boot ROMs. */
  public byte[] chipRevocations(Instant madeAt, Instant nextAt, List<SimulatedDevice> revoked) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(provisioner.getSubject(), Date.from(madeAt));
    builder.setNextUpdate(Date.from(nextAt));
    revoked.forEach(
        each -> builder.addCRLEntry(each.chain().get(1).getSerialNumber(), Date.from(madeAt), 1));
    return list(builder, provisionerKey);
  }

  private static byte[] list(X509v2CRLBuilder builder, SeededDeviceKey key) {
    try {
      return text("X509 CRL", builder.build(key.signer()).getEncoded()).getBytes(US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException("what we made has octets", e);
    }
  }

  static byte[] pem(List<X509CertificateHolder> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509CertificateHolder each : certificates) {
      try {
        text.append(text("CERTIFICATE", each.getEncoded()));
      } catch (IOException e) {
        throw new IllegalStateException("what we made has octets", e);
      }
    }
    return text.toString().getBytes(US_ASCII);
  }

  private static String text(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
