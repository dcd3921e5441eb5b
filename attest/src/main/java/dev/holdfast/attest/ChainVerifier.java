package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way from a chip's leaf certificate to a trusted root, and has it validated (RFC 5280
 * section 6). Chains that were found good are remembered, so that a chip that shows the same chain
 * again costs no signature; validity is looked at each time. Safe for many threads.
 *
 * <p>The certificates shown may hold more than one way, as where a manufacturer's root was signed
 * by an older one: each is tried, with at most {@value #MOST_PATHS} validations.
 */
final class ChainVerifier {
  private static final int MOST_PATHS = 16;
  private static final int LONGEST_PATH = 8;
  private static final int MOST_LOOKS = 256;

  private final DeviceRoots roots;
  private final Map<String, Path> remembered;

  /**
   * A verifier.
   *
   * @param memory how many chains it remembers
   */
  ChainVerifier(DeviceRoots roots, int memory) {
    this.roots = requireNonNull(roots, "roots");
    remembered =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Path> eldest) {
            return size() > memory;
          }
        };
  }

  /** What became of a chain. */
  sealed interface Outcome {}

  /**
   * A way that holds.
   *
   * @param certificates the leaf first, the root last
   * @param facts what the certificates tell of the chip
   * @param key that signs its reports
   */
  record Path(List<X509Certificate> certificates, DeviceFacts facts, ECPublicKeyParameters key)
      implements Outcome {
    Path {
      certificates = List.copyOf(certificates);
      requireNonNull(facts, "facts");
      requireNonNull(key, "key");
    }

    X509Certificate leaf() {
      return certificates.getFirst();
    }

    X509Certificate root() {
      return certificates.getLast();
    }

    private boolean isValid(Instant at) {
      return certificates.stream()
          .noneMatch(each -> at.isBefore(from(each)) || at.isAfter(until(each)));
    }
  }

  /** No way holds, and why the one that came farthest does not. */
  record NoPath(Reason reason) implements Outcome {}

  /**
   * Looks for a way.
   *
   * @param octets of the chain, in PEM
   * @param at when all certificates must be valid
   */
  Outcome find(byte[] octets, String source, Instant at) {
    String name = digest(octets);
    Path known;
    synchronized (remembered) {
      known = remembered.get(name);
    }
    if (known != null && known.isValid(at)) {
      return known;
    }
    DeviceChain chain;
    try {
      chain = DeviceChain.parse(octets, source);
    } catch (CodedException e) {
      return new NoPath(malformed(e.problem()));
    }
    Outcome outcome = search(chain, at);
    if (outcome instanceof Path path) {
      synchronized (remembered) {
        remembered.put(name, path);
      }
    }
    return outcome;
  }

  static Reason malformed(Problem problem) {
    return problem.field() == null
        ? Reason.of("evidence.malformed", problem.reason())
        : Reason.of("evidence.malformed", problem.field() + ": " + problem.reason());
  }

  private Outcome search(DeviceChain chain, Instant at) {
    List<X509Certificate> trusted = roots.among(chain.certificates());
    if (trusted.contains(chain.leaf())) {
      return new NoPath(Reason.of("evidence.root-alone", DeviceRoots.name(chain.leaf())));
    }
    @Nullable Reason refused = null;
    for (List<X509Certificate> path : ways(chain.certificates(), trusted)) {
      refused = validate(path, at);
      if (refused == null) {
        ECPublicKeyParameters key = FastCurve.key(path.getFirst().getPublicKey());
        return key == null
            ? new NoPath(Reason.of("evidence.other-key", DeviceRoots.name(path.getFirst())))
            : new Path(path, DeviceFacts.of(path.getFirst(), path.get(1)), key);
      }
    }
    return new NoPath(
        refused != null
            ? refused
            : Reason.of("evidence.root-untrusted", top(chain.certificates())));
  }

  /** Who would have to be trusted for what was shown. */
  private static String top(List<X509Certificate> shown) {
    X509Certificate last = shown.getLast();
    return last.getSubjectX500Principal().equals(last.getIssuerX500Principal())
        ? DeviceRoots.label(last)
        : last.getIssuerX500Principal().getName();
  }

  /**
   * The ways from the leaf up to a trusted root, by the names of subjects and issuers, shortest
   * first. Whoever makes certificates that all name each other gets no more than so many looks.
   */
  private static List<List<X509Certificate>> ways(
      List<X509Certificate> shown, List<X509Certificate> trusted) {
    List<X509Certificate> above = new ArrayList<>(trusted);
    above.addAll(shown);
    List<List<X509Certificate>> ways = new ArrayList<>();
    Deque<List<X509Certificate>> open = new ArrayDeque<>();
    open.add(List.of(shown.getFirst()));
    for (int looks = 0; looks < MOST_LOOKS && ways.size() < MOST_PATHS; looks++) {
      List<X509Certificate> way = open.poll();
      if (way == null) {
        break;
      }
      X509Certificate end = way.getLast();
      if (trusted.contains(end)) {
        // A root does not speak for itself: a way has a leaf below it.
        if (way.size() > 1) {
          ways.add(way);
        }
      } else if (way.size() < LONGEST_PATH) {
        above.stream()
            .distinct()
            .filter(each -> each.getSubjectX500Principal().equals(end.getIssuerX500Principal()))
            .filter(each -> !way.contains(each))
            .forEach(each -> open.add(Stream.concat(way.stream(), Stream.of(each)).toList()));
      }
    }
    return ways;
  }

  private static @Nullable Reason validate(List<X509Certificate> path, Instant at) {
    for (X509Certificate each : path) {
      if (at.isBefore(from(each))) {
        return Reason.of("evidence.not-yet-valid", DeviceRoots.name(each), Times.print(from(each)));
      }
      if (at.isAfter(until(each))) {
        return Reason.of("evidence.expired", DeviceRoots.name(each), Times.print(until(each)));
      }
    }
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.getLast(), null)));
      // Lists are looked at apart, since what was not checked must be said.
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      CertPathValidator.getInstance("PKIX", FastCurve.PROVIDER)
          .validate(
              CertificateFactory.getInstance("X.509", FastCurve.PROVIDER)
                  .generateCertPath(path.subList(0, path.size() - 1)),
              parameters);
      return null;
    } catch (GeneralSecurityException | RuntimeException e) {
      return unsigned(path)
          .orElseGet(() ->
              Reason.of(
                  "evidence.chain-refused",
                  DeviceRoots.name(path.getFirst()),
                  Problem.printable(String.valueOf(e.getMessage()))));
    }
  }

  /** The first certificate of a way whose signature is not that of the one above it. */
  private static Optional<Reason> unsigned(List<X509Certificate> path) {
    for (int i = 0; i + 1 < path.size(); i++) {
      try {
        path.get(i).verify(path.get(i + 1).getPublicKey(), FastCurve.PROVIDER);
      } catch (GeneralSecurityException | RuntimeException e) {
        return Optional.of(
            Reason.of("evidence.certificate-signature", DeviceRoots.name(path.get(i))));
      }
    }
    return Optional.empty();
  }

  private static Instant from(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  private static Instant until(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static String digest(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
