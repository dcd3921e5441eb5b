package dev.holdfast.trust.store;

import dev.holdfast.trust.CertificateRequest;
import dev.holdfast.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Uses a key inside a chip: writes a request, and signs a message that must verify. */
final class ChipKeysProgram {
  private ChipKeysProgram() {}

  public static void main(String[] arguments) throws IOException {
    HeldKey key = ChipKeys.open(Path.of(arguments[0]), "host", "1234".toCharArray());
    Files.write(
        Path.of(arguments[1]),
        TrustFiles.print(CertificateRequest.make(key.secret(), key.publicKey())));
    SigningKey signing = key.signing();
    byte[] message = {1, 2, 3};
    if (signing.sign(message).length != 64 || key.secret().getEncoded() != null) {
      throw new IllegalStateException("the key is not in the chip, or does not sign");
    }
  }
}
