package dev.holdfast.trust.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Octets in text (RFC 7468). */
final class Pem {
  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";
  static final String REQUEST = "CERTIFICATE REQUEST";
  static final String REVOCATIONS = "X509 CRL";

  private Pem() {}

  static byte[] print(String label, byte[] octets) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(label, octets));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory takes everything", e);
    }
    return text.toString().getBytes(US_ASCII);
  }

  /** All parts of one label, at least one. */
  static List<byte[]> parts(byte[] text, String label, String source, ErrorCode code) {
    List<byte[]> parts = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(new String(text, US_ASCII)))) {
      for (PemObject part = reader.readPemObject(); part != null; part = reader.readPemObject()) {
        if (part.getType().equals(label)) {
          parts.add(part.getContent());
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new CodedException(Problem.in(source, code, "it is not PEM (RFC 7468)"), e);
    }
    if (parts.isEmpty()) {
      throw new CodedException(Problem.in(source, code, "it holds no " + label));
    }
    return parts;
  }

  /** The only part of a label. */
  static byte[] part(byte[] text, String label, String source, ErrorCode code) {
    List<byte[]> parts = parts(text, label, source, code);
    if (parts.size() != 1) {
      throw new CodedException(Problem.in(source, code, "it holds more than one " + label));
    }
    return parts.getFirst();
  }
}
