package dev.holdfast.ledger;

import static dev.holdfast.ledger.VectorMaker.signature;
import static dev.holdfast.ledger.VectorMaker.signed;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Vectors of keys and of signed checkpoints. */
final class NoteVectors {
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final VerifierKey LOG = TestKeys.LOG.key();
  private static final VerifierKey PQ_LOG = TestKeys.PQ_LOG.key();
  private static final VerifierKey WITNESS = TestKeys.WITNESS.key();
  private static final VerifierKey PQ_WITNESS = TestKeys.PQ_WITNESS.key();

  private final VectorMaker maker;
  private final Checkpoint checkpoint;

  NoteVectors(VectorMaker maker) {
    this.maker = maker;
    this.checkpoint = maker.checkpoint();
  }

  void make() {
    keys();
    goodNotes();
    for (VerifierKey key : List.of(LOG, WITNESS, PQ_WITNESS)) {
      changed(key, key.algorithm().toString());
    }
    wrongNotes();
    malformedNotes();
  }

  private void key(String expect, String name, String vkey) {
    maker.add(VectorMaker.vector("key", expect, name).put("vkey", vkey));
  }

  private void keys() {
    key("good", "Ed25519 note", LOG.vkey());
    key("good", "Ed25519 cosignature", WITNESS.vkey());
    key("good", "ML-DSA-44 cosignature", PQ_WITNESS.vkey());
    String name = LOG.name();
    String id = LOG.vkey().substring(name.length() + 1, name.length() + 9);
    String typed = LOG.vkey().substring(name.length() + 10);
    String flippedId = "%08x".formatted(LOG.keyId() ^ 1);
    key("bad", "key id of another name", "x" + LOG.vkey());
    key("bad", "key id one bit off", name + "+" + flippedId + "+" + typed);
    key("bad", "key id in upper case", name + "+ABCDEF01+" + typed);
    key("bad", "key id too short", name + "+" + id.substring(1) + "+" + typed);
    key("bad", "another signature type", name + "+" + id + "+Ag" + typed.substring(2));
    key("bad", "public key cut", LOG.vkey().substring(0, LOG.vkey().length() - 4));
    key("bad", "padding left out", PQ_WITNESS.vkey().replace("=", ""));
    key("bad", "padding too much", LOG.vkey() + "=");
    key("bad", "space in the name", "a b+" + id + "+" + typed);
    key("bad", "no name", "+" + id + "+" + typed);
    key("bad", "no public key", name + "+" + id + "+");
  }

  private void note(String expect, String name, String note, VerifierKey... keys) {
    ObjectNode vector = VectorMaker.vector("note", expect, name);
    ArrayNode vkeys = vector.putArray("keys");
    Arrays.stream(keys).forEach(key -> vkeys.add(key.vkey()));
    maker.add(vector.put("note", note));
  }

  private static String text(SignedCheckpoint signed) {
    return signed.note().toString();
  }

  private static String text(Checkpoint checkpoint, NoteSignature... signatures) {
    return text(SignedCheckpoint.of(checkpoint, List.of(signatures)));
  }

  private static NoteSignature flipped(NoteSignature signature, int at) {
    return TestKeys.with(signature, TestKeys.flipped(signature.signature(), at));
  }

  private void goodNotes() {
    String all = text(signed(checkpoint, LOG, WITNESS, PQ_WITNESS));
    NoteSignature otherId = new NoteSignature(LOG.name(), LOG.keyId() ^ 1, new byte[64]);
    note("good", "by the log", text(signed(checkpoint, LOG)), LOG);
    note("good", "by the log with ML-DSA-44", text(signed(checkpoint, PQ_LOG)), PQ_LOG);
    note("good", "cosigned with Ed25519", text(signed(checkpoint, LOG, WITNESS)), LOG, WITNESS);
    note("good", "cosigned with both", all, LOG, WITNESS, PQ_WITNESS);
    note("good", "unknown cosigners are ignored", all, LOG);
    note(
        "good",
        "a known name with another key id is ignored",
        text(checkpoint, signature(checkpoint, LOG), otherId),
        LOG);
    for (VerifierKey key : List.of(WITNESS, PQ_WITNESS)) {
      String type = ", " + key.algorithm();
      note("good", "time zero" + type, text(checkpoint, signature(checkpoint, key, 0)), key);
      note(
          "good",
          "largest time" + type,
          text(checkpoint, signature(checkpoint, key, Long.MAX_VALUE)),
          key);
    }
  }

  /** What may be changed in a signature or in what it signs, and by whom it is noticed. */
  private void changed(VerifierKey key, String type) {
    NoteSignature one = signature(checkpoint, key);
    int last = one.signature().length - 1;
    Hash root = checkpoint.root();
    Checkpoint larger = Checkpoint.of(TestKeys.ORIGIN, VectorMaker.ENTRIES + 1, root);
    Checkpoint empty = Checkpoint.of(TestKeys.ORIGIN, VectorMaker.ENTRIES, TreeHasher.emptyRoot());
    Checkpoint moved = Checkpoint.of("moved.example", VectorMaker.ENTRIES, root);
    Checkpoint extended =
        new Checkpoint(TestKeys.ORIGIN, VectorMaker.ENTRIES, root, List.of("extension"));
    boolean leavesOutExtensions = key.algorithm() == KeyAlgorithm.MLDSA44_COSIGNATURE;
    note("bad", "first octet flipped, " + type, text(checkpoint, flipped(one, 0)), key);
    note("bad", "tenth octet flipped, " + type, text(checkpoint, flipped(one, 9)), key);
    note("bad", "last octet flipped, " + type, text(checkpoint, flipped(one, last)), key);
    note(
        "bad",
        "last octet missing, " + type,
        text(checkpoint, TestKeys.with(one, Arrays.copyOf(one.signature(), last))),
        key);
    note("bad", "another size, " + type, text(larger, one), key);
    note("bad", "another root, " + type, text(empty, one), key);
    note("bad", "another origin, " + type, text(moved, one), key);
    note("good", "an extension line, " + type, text(signed(extended, key)), key);
    note(
        leavesOutExtensions ? "good" : "bad",
        "an extension line added, " + type,
        text(extended, one),
        key);
  }

  private void wrongNotes() {
    SignedCheckpoint two = signed(checkpoint, LOG, WITNESS);
    NoteSignature wrong = flipped(signature(checkpoint, WITNESS), 30);
    NoteSignature byPq = signature(checkpoint, PQ_WITNESS);
    VerifierKey renamed = VerifierKey.of("renamed", PQ_WITNESS.algorithm(), PQ_WITNESS.publicKey());
    NoteSignature moved = new NoteSignature("renamed", renamed.keyId(), byPq.signature());
    note("bad", "no known key signed", text(two), PQ_LOG);
    note("bad", "no keys", text(two));
    note("bad", "one of three wrong", text(two.with(wrong)), LOG, WITNESS);
    note("bad", "ML-DSA-44 under another name", text(checkpoint, moved), renamed);
    note(
        "bad",
        "S not below the order of the group",
        text(checkpoint, withLargerS(signature(checkpoint, LOG))),
        LOG);
  }

  /** The same signature with S + L in the place of S, both little endian. */
  private static NoteSignature withLargerS(NoteSignature signature) {
    byte[] octets = signature.signature();
    BigInteger s = BigInteger.ZERO;
    for (int i = 63; i >= 32; i--) {
      s = s.shiftLeft(8).or(BigInteger.valueOf(octets[i] & 0xff));
    }
    s = s.add(ORDER);
    for (int i = 32; i < 64; i++) {
      octets[i] = s.shiftRight(8 * (i - 32)).byteValue();
    }
    return TestKeys.with(signature, octets);
  }

  private void malformedNotes() {
    String good = text(signed(checkpoint, LOG));
    note("bad", "no final newline", good.stripTrailing(), LOG);
    note("bad", "a blank line after the signatures", good + "\n", LOG);
    note("bad", "no blank line", good.replace("\n\n", "\n"), LOG);
    note("bad", "carriage returns", good.replace("\n", "\r\n"), LOG);
    note("bad", "a tab in the text", good.replaceFirst("ledger", "ledger\t"), LOG);
    note("bad", "a hyphen for the dash", good.replace('\u2014', '-'), LOG);
    note("bad", "two spaces", good.replace(LOG.name() + " ", LOG.name() + "  "), LOG);
    note("bad", "base64 without padding", good.replaceFirst("=+\\n$", "\n"), LOG);
    note("bad", "a line that is no signature", good + "x\n", LOG);
    note("bad", "no signatures", checkpoint.text() + "\n", LOG);
    note("bad", "a size with a leading zero", good.replaceFirst("\\n13\\n", "\n013\n"), LOG);
  }
}
