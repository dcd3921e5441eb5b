package dev.holdfast.trust.store;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.CertificateMaker;
import dev.holdfast.trust.CertificateMaker.Revocation;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.RevocationList;
import dev.holdfast.trust.SignedStatement;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.StatementSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An authority on disk: who may take part in measurements. One process at a time.
 *
 * <p>{@code authority.pem} is what readers trust, {@code authority.key} the secret, {@code
 * issued/SERIAL.pem} every certificate, {@code revoked.json} what was revoked, {@code
 * revocations.pem} the list of it for readers, {@code chain.json} where the chain of its statements
 * ends. What is issued is durable before it is handed out.
 */
public final class AuthorityFolder implements AutoCloseable {
  private static final String CERTIFICATE = "authority.pem";
  private static final String KEY = "authority.key";
  private static final String ISSUED = "issued";
  private static final String REVOKED = "revoked.json";
  private static final String REVOCATIONS = "revocations.pem";
  private static final String CHAIN = "chain.json";
  private static final int LARGEST = 16 << 20;
  private static final int MOST_REVOKED = 16_384;
  private static final int SERIAL_BITS = 127;

  /** A clock of somebody else may be behind ours by so much. */
  private static final Duration BACK = Duration.ofMinutes(5);

  private static final Duration NEXT_LIST = Duration.ofDays(7);

  private final Path folder;
  private final AuthorityCertificate authority;
  private final HeldKey key;
  private final InstantSource clock;
  private final SecureRandom random;
  private final FileChannel lock;

  private AuthorityFolder(
      Path folder,
      AuthorityCertificate authority,
      HeldKey key,
      InstantSource clock,
      SecureRandom random,
      FileChannel lock) {
    this.folder = folder;
    this.authority = authority;
    this.key = key;
    this.clock = clock;
    this.random = random;
    this.lock = lock;
  }

  /** Why a certificate is revoked (RFC 5280 section 5.3.1). */
  public enum Reason {
    UNSPECIFIED(0),
    KEY_COMPROMISE(1),
    SUPERSEDED(4),
    CESSATION_OF_OPERATION(5);

    private final int number;

    Reason(int number) {
      this.number = number;
    }
  }

  /**
   * Makes a new authority with a key of its own, and an empty list of revocations.
   *
   * @param folder new, or empty
   * @throws CodedException AUTHORITY_EXISTS where the folder holds something; FILE_UNWRITABLE
   */
  public static AuthorityFolder init(
      Path folder, String name, Duration lifetime, InstantSource clock, SecureRandom random) {
    try {
      Files.createDirectories(folder);
      try (var names = Files.list(folder)) {
        if (names.findAny().isPresent()) {
          throw new CodedException(
              Problem.in(folder.toString(), ErrorCode.AUTHORITY_EXISTS, "the folder is not empty"));
        }
      }
      HeldKey key = HeldKey.generate(random);
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      AuthorityCertificate authority =
          CertificateMaker.authority(
              name,
              key.secret(),
              key.publicKey(),
              new BigInteger(SERIAL_BITS, random),
              now.minus(BACK),
              now.plus(lifetime));
      FileChannel lock = lock(folder);
      key.write(folder.resolve(KEY));
      Files.createDirectory(folder.resolve(ISSUED));
      AuthorityFolder made = new AuthorityFolder(folder, authority, key, clock, random, lock);
      made.writeRevocations(List.of());
      DurableFiles.replace(
          folder.resolve(CERTIFICATE), Pem.print(Pem.CERTIFICATE, authority.der()));
      return made;
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * Opens an authority.
   *
   * @throws CodedException NOT_AN_AUTHORITY, AUTHORITY_IN_USE, or as {@link HeldKey#read}
   */
  public static AuthorityFolder open(Path folder, InstantSource clock, SecureRandom random) {
    if (!Files.isRegularFile(folder.resolve(CERTIFICATE))) {
      throw new CodedException(
          Problem.in(
              folder.toString(),
              ErrorCode.NOT_AN_AUTHORITY,
              "there is no " + CERTIFICATE + " in it"));
    }
    AuthorityCertificate authority = TrustFiles.authorities(folder.resolve(CERTIFICATE)).getFirst();
    HeldKey key = HeldKey.read(folder.resolve(KEY));
    if (!key.publicKey().equals(authority.key())) {
      throw new CodedException(
          Problem.in(
              folder.toString(),
              ErrorCode.KEY_MISMATCH,
              KEY + " is not the key of " + CERTIFICATE));
    }
    try {
      return new AuthorityFolder(folder, authority, key, clock, random, lock(folder));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new CodedException(
          Problem.in(
              folder.toString(),
              ErrorCode.AUTHORITY_IN_USE,
              "another process works with this authority"));
    }
    return channel;
  }

  /** What readers trust. */
  public AuthorityCertificate authority() {
    return authority;
  }

  /** Where its certificate lies. */
  public Path certificateFile() {
    return folder.resolve(CERTIFICATE);
  }

  /** Where its list of revocations lies. */
  public Path revocationsFile() {
    return folder.resolve(REVOCATIONS);
  }

  /**
   * Certifies a key.
   *
   * @param lifetime how long, from now on; not beyond the authority's own
   */
  public IdentityCertificate enrol(Identity identity, StatementKey publicKey, Duration lifetime) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant until = now.plus(lifetime);
    IdentityCertificate made =
        maker()
            .certificate(
                identity,
                publicKey,
                new BigInteger(SERIAL_BITS, random),
                now.minus(BACK),
                until.isAfter(authority.until()) ? authority.until() : until);
    replace(issued(made.serial()), TrustFiles.print(made));
    return made;
  }

  /**
   * Certifies the same key for the same again.
   *
   * @throws CodedException UNKNOWN_CERTIFICATE where this authority did not issue it;
   *     CERTIFICATE_REFUSED where it was revoked
   */
  public IdentityCertificate renew(IdentityCertificate old, Duration lifetime) {
    requireIssued(old);
    if (revoked().stream().anyMatch(each -> each.serial().equals(old.serial()))) {
      throw new CodedException(
          Problem.of(ErrorCode.CERTIFICATE_REFUSED, old + " was revoked and is not renewed"));
    }
    return enrol(old.identity(), old.key(), lifetime);
  }

  /**
   * Revokes a certificate and makes a new list; once more changes nothing but the list's date.
   *
   * @throws CodedException UNKNOWN_CERTIFICATE where this authority did not issue it
   */
  public RevocationList revoke(IdentityCertificate certificate, Reason reason) {
    requireIssued(certificate);
    List<Revocation> all = new ArrayList<>(revoked());
    if (all.stream().noneMatch(each -> each.serial().equals(certificate.serial()))) {
      all.add(
          new Revocation(
              certificate.serial(),
              clock.instant().truncatedTo(ChronoUnit.SECONDS),
              reason.number));
    }
    return writeRevocations(all);
  }

  /** States where a landmark stands; durable in the chain before it is returned. */
  public Envelope position(LandmarkPosition position) {
    try {
      SignedStatement signed =
          new StatementSigner(key.signing())
              .sign(
                  chain(),
                  LandmarkPosition.TYPE,
                  clock.instant(),
                  position.content(),
                  (name, octets) -> {
                    throw new IOException("a position is never large");
                  });
      replace(folder.resolve(CHAIN), ChainJson.print(signed.next()));
      return signed.envelope();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private Chain chain() {
    Path file = folder.resolve(CHAIN);
    return Files.exists(file)
        ? ChainJson.read(BoundedFiles.read(file, LARGEST), file.toString())
        : Chain.beginning(authority.source());
  }

  /**
   * Refuses a certificate that this authority has not issued.
   *
   * @throws CodedException UNKNOWN_CERTIFICATE
   */
  public void requireIssued(IdentityCertificate certificate) {
    Path file = issued(certificate.serial());
    if (!Files.exists(file) || !TrustFiles.certificate(file).equals(certificate)) {
      throw new CodedException(
          Problem.of(
              ErrorCode.UNKNOWN_CERTIFICATE,
              authority.source() + " has not issued " + certificate));
    }
  }

  private Path issued(BigInteger serial) {
    return folder.resolve(ISSUED).resolve(serial.toString(16) + ".pem");
  }

  private CertificateMaker maker() {
    return new CertificateMaker(key.secret(), authority);
  }

  private RevocationList writeRevocations(List<Revocation> all) {
    List<JsonTree> items = new ArrayList<>();
    for (Revocation each : all) {
      items.add(
          ObjectNode.of(
              Map.of(
                  "serial", new TextNode(each.serial().toString(16)),
                  "at", new NumberNode(each.at().getEpochSecond()),
                  "reason", new NumberNode(each.reason()))));
    }
    TreeMap<String, JsonTree> members = new TreeMap<>();
    members.put("revoked", new ArrayNode(items));
    replace(folder.resolve(REVOKED), CanonicalJson.octets(ObjectNode.of(members)));
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    RevocationList list =
        maker()
            .revocations(
                BigInteger.valueOf(clock.instant().toEpochMilli()), now, now.plus(NEXT_LIST), all);
    replace(folder.resolve(REVOCATIONS), Pem.print(Pem.REVOCATIONS, list.der()));
    return list;
  }

  private List<Revocation> revoked() {
    Path file = folder.resolve(REVOKED);
    JsonFields fields =
        JsonFields.read(
            BoundedFiles.read(file, LARGEST), file.toString(), LARGEST, ErrorCode.NOT_AN_AUTHORITY);
    List<Revocation> all = new ArrayList<>();
    for (JsonFields each : fields.items("revoked", MOST_REVOKED)) {
      all.add(
          new Revocation(
              each.value("serial", text -> new BigInteger(text, 16)),
              Instant.ofEpochSecond(each.whole("at")),
              each.whole("reason", 10)));
    }
    return all;
  }

  private static void replace(Path file, byte[] octets) {
    try {
      DurableFiles.replace(file, octets);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static CodedException unwritable(Path file, IOException e) {
    return new CodedException(
        Problem.in(
            file.toString(),
            ErrorCode.FILE_UNWRITABLE,
            e.getClass().getSimpleName() + ": " + e.getMessage()),
        e);
  }

  /** Lets go of the folder. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }
}
