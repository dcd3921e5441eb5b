package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proof that an entry is in a log, checkable without the log (C2SP tlog-proof; files end in
 * {@code .tlog-proof}).
 *
 * @param extra opaque octets that nothing vouches for, or empty
 * @param index the entry's place in the log, from 0
 * @param path the inclusion proof, from the leaf's sibling to the root's child (RFC 6962 section
 *     2.1.1); at most 63 hashes, as many as a tree of 2^63 entries is high
 * @param checkpoint the signed checkpoint whose tree holds the entry
 */
public record TlogProof(
    Optional<byte[]> extra, long index, List<Hash> path, SignedCheckpoint checkpoint) {
  /** The most octets of a proof. */
  public static final int LARGEST = 2 * Note.LARGEST;

  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MOST_HASHES = 63;

  public TlogProof {
    extra = extra.map(byte[]::clone);
    path = List.copyOf(path);
    if (index < 0 || path.size() > MOST_HASHES) {
      throw new IllegalArgumentException("no proof: " + index + ", " + path.size() + " hashes");
    }
  }

  /** A copy of the extra octets. */
  @Override
  public Optional<byte[]> extra() {
    return extra.map(byte[]::clone);
  }

  /**
   * The proof of these octets. That the index is below the checkpoint's size is checked by {@link
   * #check}.
   *
   * @throws CodedException MALFORMED_PROOF, MALFORMED_NOTE or MALFORMED_CHECKPOINT with the field
   *     and the reason; lines in the latter two are counted in the checkpoint
   */
  public static TlogProof parse(byte[] octets) {
    ProofText text = ProofText.read(octets, LARGEST, "proof", TlogProof::malformed);
    String header = text.next("header");
    if (!header.equals(HEADER)) {
      throw malformed(1, "header", Problem.quote(header) + " is not " + HEADER);
    }
    String next = text.next("index");
    Optional<byte[]> extra = Optional.empty();
    if (next.startsWith(EXTRA)) {
      extra = StrictText.base64(next.substring(EXTRA.length()));
      if (extra.isEmpty()) {
        throw malformed(2, "extra", "it is not base64");
      }
      next = text.next("index");
    }
    long index = index(next, text.line());
    List<Hash> path = text.hashes(MOST_HASHES, ErrorCode.MALFORMED_PROOF, "inclusion proof");
    return new TlogProof(extra, index, path, SignedCheckpoint.parse(text.rest()));
  }

  private static long index(String line, long number) {
    if (!line.startsWith(INDEX)) {
      throw malformed(number, "index", Problem.quote(line) + " is not index <number>");
    }
    return StrictText.decimal(line.substring(INDEX.length()))
        .orElseThrow(() ->
            malformed(
                number, "index", Problem.quote(line) + " has no decimal without leading zeroes"));
  }

  private static CodedException malformed(long line, String field, String reason) {
    return new CodedException(new Problem(ErrorCode.MALFORMED_PROOF, null, line, field, reason));
  }

  /**
   * Whether it proves that a log of the policy holds the entry with this leaf hash.
   *
   * @param leafHash the hash that {@link TreeHasher#leaf(byte[])} makes of the entry
   */
  public TlogProofCheck check(Hash leafHash, Policy policy) {
    Checkpoint tree = checkpoint.checkpoint();
    if (index >= tree.size()) {
      return new TlogProofCheck.Refused(
          List.of("index %d is not in a tree of %d entries".formatted(index, tree.size())));
    }
    PolicyCheck judged = policy.check(checkpoint);
    ProofCheck included = new InclusionProof(index, tree.size(), path).check(leafHash, tree.root());
    return switch (included) {
      case ProofCheck.Invalid invalid ->
          new TlogProofCheck.Refused(
              Stream.concat(judged.reasons().stream(), Stream.of(invalid.reason())).toList());
      case ProofCheck.Valid valid ->
          switch (judged) {
            case PolicyCheck.Accepted accepted ->
                new TlogProofCheck.Proved(index, accepted.log(), accepted.witnesses());
            case PolicyCheck.QuorumMissing missing ->
                new TlogProofCheck.QuorumMissing(
                    index, missing.log(), missing.witnesses(), missing.statement());
            case PolicyCheck.NoLogSignature refused ->
                new TlogProofCheck.Refused(refused.reasons());
            case PolicyCheck.WrongSignature refused ->
                new TlogProofCheck.Refused(refused.reasons());
          };
    };
  }

  /** The file's text, which {@link #parse} reads. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(octets -> text.append(EXTRA).append(StrictText.base64(octets)).append('\n'));
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(checkpoint.note()).toString();
  }

  /** The octets of the file. */
  public byte[] octets() {
    return text().getBytes(UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlogProof that
        && index == that.index
        && path.equals(that.path)
        && checkpoint.equals(that.checkpoint)
        && Arrays.equals(extra.orElse(null), that.extra.orElse(null));
  }

  @Override
  public int hashCode() {
    return Objects.hash(index, path, checkpoint);
  }
}
