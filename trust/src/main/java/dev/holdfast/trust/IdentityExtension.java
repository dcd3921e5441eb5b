package dev.holdfast.trust;

import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * The critical extension of a certificate that holds an {@link Identity} (RFC 5280 section 4.2), so
 * that whoever does not know it refuses the certificate.
 *
 * <p>{@code SEQUENCE { version INTEGER (1), role UTF8String, name UTF8String, operator UTF8String
 * (empty where there is none), binding UTF8String, simulated BOOLEAN }} in DER.
 */
final class IdentityExtension {
  /** Its name: an arc of our own under a UUID (ITU-T X.667), which no registry hands out. */
  static final ASN1ObjectIdentifier OID =
      new ASN1ObjectIdentifier("2.25.135331360257956969938123607866289811996");

  private static final int FIELDS = 6;

  private IdentityExtension() {}

  static DERSequence encode(Identity identity) {
    OperatorId operator = identity.operator();
    ASN1EncodableVector fields = new ASN1EncodableVector();
    fields.add(new ASN1Integer(1));
    fields.add(new DERUTF8String(identity.role().word()));
    fields.add(new DERUTF8String(identity.name()));
    fields.add(new DERUTF8String(operator == null ? "" : operator.value()));
    fields.add(new DERUTF8String(identity.binding().word()));
    fields.add(ASN1Boolean.getInstance(identity.simulated()));
    return new DERSequence(fields);
  }

  /**
   * Reads an identity.
   *
   * @throws IllegalArgumentException where the octets are not the DER of one
   */
  static Identity decode(byte[] octets) {
    ASN1Sequence fields = ASN1Sequence.getInstance(octets);
    if (fields.size() != FIELDS || !ASN1Integer.getInstance(fields.getObjectAt(0)).hasValue(1)) {
      throw new IllegalArgumentException("it is not an identity of version 1");
    }
    String operator = text(fields.getObjectAt(3));
    Identity identity =
        new Identity(
            Role.of(text(fields.getObjectAt(1))),
            text(fields.getObjectAt(2)),
            operator.isEmpty() ? null : new OperatorId(operator),
            Binding.of(text(fields.getObjectAt(4))),
            ASN1Boolean.getInstance(fields.getObjectAt(5)).isTrue());
    try {
      if (!Arrays.equals(encode(identity).getEncoded(ASN1Encoding.DER), octets)) {
        throw new IllegalArgumentException("the identity is not in DER");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the identity is not in DER", e);
    }
    return identity;
  }

  private static String text(ASN1Encodable field) {
    return ASN1UTF8String.getInstance(field).getString();
  }
}
