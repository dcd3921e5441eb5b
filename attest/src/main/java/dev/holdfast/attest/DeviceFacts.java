package dev.holdfast.attest;

import dev.holdfast.model.Alias;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.jspecify.annotations.Nullable;

/**
 * What the two lowest certificates of a chain tell of the chip.
 *
 * @param id what the chip is keyed by: the eight octets that its boot ROM and its neighbours know
 *     it by, as 16 hexadecimal digits; the name in its leaf where the ROM's serial has another form
 * @param perDevice whether {@code id} is those eight octets
 * @param model as the ROM's certificate names it
 * @param aliases all signed names, strongest first
 * @param firmwareId the digest of firmware for which the leaf was made; null where it says none
 */
record DeviceFacts(
    String id, boolean perDevice, String model, List<Alias> aliases, @Nullable String firmwareId) {
  /** DMTF DSP0274 section 4.10.2: the name of a device. */
  private static final ASN1ObjectIdentifier DEVICE_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.412.274.1");

  /** TCG DICE attestation architecture, section 6: the firmware id, alone or in a TcbInfo. */
  private static final List<String> FIRMWARE_IDS = List.of("2.23.133.5.4.1", "2.23.133.5.4.1.1");

  /** One octet for who keeps the key (0x41 and 0x40 an accelerator's, 0x50 a switch's), eight. */
  private static final int SERIAL_OCTETS = 9;

  private static final List<Integer> PREFIXES = List.of(0x40, 0x41, 0x50);
  private static final int DEEPEST = 8;

  DeviceFacts {
    aliases = aliases.stream().sorted().toList();
  }

  /**
   * Reads the certificates.
   *
   * @param above the one that signed the leaf; the ROM's
   */
  static DeviceFacts of(X509Certificate leaf, X509Certificate above) {
    List<Alias> aliases = new ArrayList<>();
    String serial = hex(above.getSerialNumber());
    aliases.add(new Alias(Alias.Kind.ROM_SERIAL, serial.toUpperCase(Locale.ROOT)));
    @Nullable String name = deviceName(leaf);
    if (name != null) {
      aliases.add(new Alias(Alias.Kind.DEVICE_NAME, name));
    }
    aliases.add(new Alias(Alias.Kind.UEID, leaf.getSerialNumber().toString()));
    boolean perDevice =
        serial.length() == 2 * SERIAL_OCTETS
            && PREFIXES.contains(Integer.parseInt(serial.substring(0, 2), 16));
    String id = perDevice ? serial.substring(2) : name != null ? name : serial;
    return new DeviceFacts(id, perDevice, DeviceRoots.name(above), aliases, firmwareId(leaf));
  }

  private static String hex(BigInteger serial) {
    String digits = serial.abs().toString(16);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  private static @Nullable String deviceName(X509Certificate leaf) {
    byte[] extension = leaf.getExtensionValue("2.5.29.17");
    if (extension == null) {
      return null;
    }
    try {
      for (GeneralName each : GeneralNames.getInstance(inside(extension)).getNames()) {
        if (each.getTagNo() == GeneralName.otherName) {
          OtherName other = OtherName.getInstance(each.getName());
          if (other.getTypeID().equals(DEVICE_NAME)
              && other.getValue().toASN1Primitive() instanceof ASN1String text) {
            String name = text.getString().strip();
            return name.isEmpty() || name.length() > 200 || !isPrintable(name) ? null : name;
          }
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      // The extension is the chip's, signed, and of a form that we do not know.
      return null;
    }
  }

  private static boolean isPrintable(String name) {
    return name.chars().allMatch(each -> each >= ' ' && each <= '~');
  }

  private static @Nullable String firmwareId(X509Certificate leaf) {
    for (String oid : FIRMWARE_IDS) {
      byte[] extension = leaf.getExtensionValue(oid);
      if (extension != null) {
        try {
          @Nullable String found = find(inside(extension), 0);
          if (found != null) {
            return found;
          }
        } catch (IOException | RuntimeException e) {
          return null;
        }
      }
    }
    return null;
  }

  private static ASN1Primitive inside(byte[] extension) throws IOException {
    return ASN1Primitive.fromByteArray(ASN1OctetString.getInstance(extension).getOctets());
  }

  /** The first SHA-384 digest: a sequence of its algorithm's name and 48 octets. */
  private static @Nullable String find(ASN1Encodable node, int depth) {
    if (depth > DEEPEST) {
      return null;
    }
    if (node instanceof ASN1TaggedObject tagged) {
      ASN1Encodable inner =
          tagged.isExplicit()
              ? tagged.getExplicitBaseObject()
              : tagged.getBaseUniversal(false, BERTags.SEQUENCE);
      return find(inner, depth + 1);
    }
    if (!(node instanceof ASN1Sequence sequence)) {
      return null;
    }
    if (sequence.size() == 2
        && NISTObjectIdentifiers.id_sha384.equals(sequence.getObjectAt(0))
        && sequence.getObjectAt(1) instanceof ASN1OctetString digest
        && digest.getOctetsLength() == 48) {
      return HexFormat.of().formatHex(digest.getOctets());
    }
    Enumeration<?> parts = sequence.getObjects();
    while (parts.hasMoreElements()) {
      if (parts.nextElement() instanceof ASN1Encodable part) {
        @Nullable String found = find(part, depth + 1);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
