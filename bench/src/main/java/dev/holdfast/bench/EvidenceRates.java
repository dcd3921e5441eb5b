package dev.holdfast.bench;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.attest.EvidenceCheck;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.sim.SimulatedDevice;
import dev.holdfast.sim.SimulatedManufacturer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * How many pieces of chips' evidence one core checks in a second, beside how many bare ECDSA P-384
 * verifications of the same messages it makes in the same run, by the same library and by the
 * platform: once for chips that were seen before, whose evidence needs one verification, and once
 * for chips that were not, where every signature of the chain is checked too.
 *
 * <p>Arguments: the number of chips and the number of rounds over them. The chips are simulated;
 * their evidence has the layout of real ones.
 */
public final class EvidenceRates {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final int SIGNATURE = 96;

  /** The leaf's, the ROM's and two authorities' certificates, and the report's own. */
  private static final int SIGNATURES_OF_A_NEW_CHIP = 5;

  private final List<Shown> shown = new ArrayList<>();
  private final DeviceRoots roots;

  /** What one chip shows, ready to be checked both ways. */
  private record Shown(
      byte[] report, byte[] chain, PublicKey key, ECPublicKeyParameters prepared) {}

  private EvidenceRates(int chips) throws GeneralSecurityException, IOException {
    SimulatedManufacturer maker =
        new SimulatedManufacturer(1, FROM, FROM.plus(Duration.ofDays(365)));
    roots = DeviceRoots.parse(maker.rootPem(), "root");
    List<String> switches = List.of("00000000000000a1", "00000000000000a2");
    for (int i = 0; i < chips; i++) {
      SimulatedDevice chip = maker.chip("GH100", SimulatedDevice.GPU, String.valueOf(i));
      byte[] nonce = new byte[32];
      nonce[0] = (byte) i;
      byte[] pem = chip.chainPem();
      PublicKey key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem))
              .getPublicKey();
      shown.add(
          new Shown(
              chip.report(nonce, switches),
              pem,
              key,
              (ECPublicKeyParameters) PublicKeyFactory.createKey(key.getEncoded())));
    }
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws GeneralSecurityException, IOException {
    int chips = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    System.out.println(Machine.describe(Path.of(".")));
    EvidenceRates rates = new EvidenceRates(chips);
    System.out.printf(
        Locale.ROOT,
        "%,d simulated chips, reports of %,d octets, chains of %,d; one thread%n",
        chips,
        rates.shown.getFirst().report().length,
        rates.shown.getFirst().chain().length);
    EvidenceVerifier seen = rates.verifier(EvidenceVerifier.MEMORY);
    var _ = rates.check(seen);
    System.out.println(
        "round  platform P-384/s  bare P-384/s  seen before/s  ratio   new chips/s"
            + "  ratio of its five");
    for (int i = 0; i < rounds; i++) {
      double platform = rates.platform();
      double bare = rates.bare();
      double known = rates.check(seen);
      double fresh = rates.check(rates.verifier(0));
      System.out.printf(
          Locale.ROOT,
          "%5d  %,16.0f  %,12.0f  %,13.0f  %5.2f  %,12.0f  %17.2f%n",
          i + 1,
          platform,
          bare,
          known,
          known / bare,
          fresh,
          fresh * SIGNATURES_OF_A_NEW_CHIP / bare);
    }
  }

  private EvidenceVerifier verifier(int memory) {
    return new EvidenceVerifier(roots, DeviceRevocations.NONE, memory);
  }

  /** By the platform, whose keys are prepared. */
  private double platform() throws GeneralSecurityException {
    long start = System.nanoTime();
    for (Shown each : shown) {
      Signature scheme = Signature.getInstance("SHA384withECDSAinP1363Format");
      scheme.initVerify(each.key());
      int signed = each.report().length - SIGNATURE;
      scheme.update(each.report(), 0, signed);
      require(scheme.verify(Arrays.copyOfRange(each.report(), signed, each.report().length)));
    }
    return rate(start);
  }

  /** By the library that checks evidence, whose keys are prepared too. */
  private double bare() throws GeneralSecurityException {
    long start = System.nanoTime();
    for (Shown each : shown) {
      int signed = each.report().length - SIGNATURE;
      MessageDigest digest = MessageDigest.getInstance("SHA-384");
      digest.update(each.report(), 0, signed);
      ECDSASigner scheme = new ECDSASigner();
      scheme.init(false, each.prepared());
      int half = signed + SIGNATURE / 2;
      require(
          scheme.verifySignature(
              digest.digest(),
              new BigInteger(1, Arrays.copyOfRange(each.report(), signed, half)),
              new BigInteger(1, Arrays.copyOfRange(each.report(), half, each.report().length))));
    }
    return rate(start);
  }

  private static void require(boolean verified) {
    if (!verified) {
      throw new IllegalStateException("a signature of ours does not verify");
    }
  }

  private double check(EvidenceVerifier verifier) {
    long start = System.nanoTime();
    for (Shown each : shown) {
      if (!(verifier.check(each.report(), each.chain(), null, NOW)
          instanceof EvidenceCheck.Verified)) {
        throw new IllegalStateException("evidence of ours does not verify");
      }
    }
    return rate(start);
  }

  private double rate(long start) {
    return shown.size() / ((System.nanoTime() - start) / 1e9);
  }
}
