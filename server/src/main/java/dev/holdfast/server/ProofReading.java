package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.InclusionProof;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.TileHashes;
import dev.holdfast.ledger.TileId;
import dev.holdfast.ledger.TlogProof;
import dev.holdfast.ledger.store.LogFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Answers with entries and the proofs that they are in the log. Safe for many threads. */
final class ProofReading {
  private final LogFolder log;
  private final String vkey;

  ProofReading(LogFolder log, String vkey) {
    this.log = log;
    this.vkey = vkey;
  }

  /** The proof that an entry is in the log, as a file that anybody can check (C2SP tlog-proof). */
  String proof(long index) throws IOException {
    SignedCheckpoint signed = log.signedCheckpoint();
    long size = requireThere(signed, index);
    InclusionProof proof = InclusionProof.make(index, size, new TileHashes(log, size));
    return new TlogProof(Optional.empty(), index, proof.path(), signed).text();
  }

  /** The size of the tree that has the entry. */
  private static long requireThere(SignedCheckpoint signed, long index) {
    long size = signed.checkpoint().size();
    if (index < 0 || index >= size) {
      throw new CodedException(
          Problem.of(
              index < 0 ? ErrorCode.BAD_PARAMETER : ErrorCode.NOT_PUBLISHED,
              "the newest checkpoint has the entries from 0 to " + (size - 1)));
    }
    return size;
  }

  /** An entry with its proof. */
  JsonBody entry(long index) throws IOException {
    SignedCheckpoint signed = log.signedCheckpoint();
    long size = requireThere(signed, index);
    List<byte[]> bundle = LedgerKeeper.bundle(log, index / TileId.FULL, size);
    byte[] entry = bundle.get((int) (index % TileId.FULL));
    InclusionProof proof = InclusionProof.make(index, size, new TileHashes(log, size));
    Base64.Encoder base64 = Base64.getEncoder();
    return new JsonBody()
        .put("index", index)
        .put("envelope", base64.encodeToString(entry))
        .put("size", size)
        .put("root", signed.checkpoint().root().base64())
        .put("path", proof.path().stream().map(Hash::base64).toList())
        .put("checkpoint", new String(signed.note().octets(), StandardCharsets.UTF_8))
        .put("vkey", vkey);
  }
}
