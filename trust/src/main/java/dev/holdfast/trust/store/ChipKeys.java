package dev.holdfast.trust.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.StatementKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * Keys inside security chips, by PKCS #11 through the platform: a TPM behind tpm2-pkcs11, a smart
 * card, a hardware module.
 */
public final class ChipKeys {
  private ChipKeys() {}

  /**
   * Opens a key that never leaves its chip.
   *
   * @param configuration of the SunPKCS11 provider: {@code name}, {@code library}, {@code slot}
   * @param alias the label of the key, beside which the chip keeps any certificate of it
   * @param pin of the user, wiped afterwards
   * @throws CodedException KEY_STORE_FAILED where there is no such chip or key, or the PIN is wrong
   */
  public static HeldKey open(Path configuration, String alias, char[] pin) {
    String source = configuration.toString();
    try {
      Provider provider =
          Security.getProvider("SunPKCS11").configure(configuration.toAbsolutePath().toString());
      // Signatures look for a provider that knows the key.
      Security.addProvider(provider);
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      Key key = store.getKey(alias, null);
      Certificate certificate = store.getCertificate(alias);
      if (!(key instanceof PrivateKey secret)
          || !(certificate instanceof X509Certificate certified)) {
        throw failed(source, "it has no key with a certificate under " + Problem.quote(alias));
      }
      return new HeldKey(secret, StatementKey.of(certified.getPublicKey()));
    } catch (CodedException e) {
      throw failed(source, e.problem().reason());
    } catch (GeneralSecurityException
        | IOException
        | ProviderException
        | IllegalArgumentException
        | UnsupportedOperationException e) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.KEY_STORE_FAILED,
              "the chip could not be opened: " + e.getClass().getSimpleName()),
          e);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private static CodedException failed(String source, String reason) {
    return new CodedException(Problem.in(source, ErrorCode.KEY_STORE_FAILED, reason));
  }
}
