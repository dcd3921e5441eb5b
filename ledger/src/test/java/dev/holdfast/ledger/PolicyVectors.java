package dev.holdfast.ledger;

import static dev.holdfast.ledger.VectorMaker.signature;
import static dev.holdfast.ledger.VectorMaker.signed;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Vectors of policies, of proof files and of requests to a witness. */
final class PolicyVectors {
  private static final int INDEX = 6;
  private static final VerifierKey LOG = TestKeys.LOG.key();
  private static final VerifierKey A = TestKeys.WITNESS.key();
  private static final VerifierKey B = TestKeys.PQ_WITNESS.key();
  private static final VerifierKey C =
      TestKeys.make("witness.example/three", KeyAlgorithm.ED25519_COSIGNATURE).key();
  private static final VerifierKey D =
      TestKeys.make("witness.example/four", KeyAlgorithm.ED25519_COSIGNATURE).key();
  private static final String KEYS =
      "log %s https://ledger.example/\nwitness A %s\nwitness C %s https://three.example/\n"
              .formatted(LOG.vkey(), A.vkey(), C.vkey())
          + "witness D "
          + D.vkey()
          + "\n";
  private static final String NESTED =
      KEYS + "group both all A C\ngroup any any both D\nquorum any\n";

  private final VectorMaker maker;
  private final Checkpoint checkpoint;

  PolicyVectors(VectorMaker maker) {
    this.maker = maker;
    this.checkpoint = maker.checkpoint();
  }

  void make() throws IOException {
    policies();
    malformedPolicies();
    proofs();
    requests();
  }

  /** Good is what the policy accepts; the outcome says what came instead. */
  private void policy(String outcome, String name, String policy, SignedCheckpoint signed) {
    String expect = outcome.equals("accepted") ? "good" : "bad";
    maker.add(
        VectorMaker.vector("policy", expect, name)
            .put("outcome", outcome)
            .put("policy", policy)
            .put("note", signed.note().toString()));
  }

  private void policies() {
    String two = KEYS + "# two of three\n\ngroup G 2 A C D\nquorum G\n";
    NoteSignature byC = signature(checkpoint, C);
    NoteSignature wrong = TestKeys.with(byC, TestKeys.flipped(byC.signature(), 40));
    policy("accepted", "no quorum", KEYS + "quorum none\n", signed(checkpoint, LOG));
    policy("accepted", "one witness", KEYS + "quorum A\n", signed(checkpoint, LOG, A));
    policy("accepted", "two of three", two, signed(checkpoint, LOG, D, A));
    policy("accepted", "nested, by the first", NESTED, signed(checkpoint, LOG, A, C));
    policy("accepted", "nested, by the second", NESTED, signed(checkpoint, LOG, D));
    policy(
        "accepted",
        "ML-DSA-44 witness",
        "log %s\nwitness B %s\nquorum B\n".formatted(LOG.vkey(), B.vkey()),
        signed(checkpoint, LOG, B));
    policy("quorum missing", "one of two", two, signed(checkpoint, LOG, C));
    policy(
        "quorum missing",
        "one witness twice is not two",
        two,
        signed(checkpoint, LOG, A).with(signature(checkpoint, A, 1)));
    policy("quorum missing", "nested", NESTED, signed(checkpoint, LOG, A));
    policy(
        "quorum missing", "an unlisted witness", KEYS + "quorum A\n", signed(checkpoint, LOG, B));
    policy("no log", "witnesses only", NESTED, signed(checkpoint, A, C, D));
    policy(
        "no log",
        "another origin",
        KEYS + "quorum none\n",
        signed(Checkpoint.of("moved.example", 13, checkpoint.root()), LOG));
    policy(
        "wrong signature",
        "of a witness that is not needed",
        NESTED,
        signed(checkpoint, LOG, D).with(wrong));
  }

  private void malformedPolicies() {
    SignedCheckpoint all = signed(checkpoint, LOG, A, C, D);
    for (String rest :
        List.of(
            "",
            "quorum none",
            "quorum none\nquorum none\n",
            "quorum E\n",
            "quorum G\ngroup G any A\n",
            "group G 4 A C D\nquorum G\n",
            "group G 0 A C D\nquorum G\n",
            "group G all\nquorum G\n",
            "group G any A A\nquorum G\n",
            "group G any A\ngroup H any A\nquorum H\n",
            "group G any none\nquorum G\n",
            "group A any C\nquorum A\n",
            "witness E "
                + VerifierKey.of("renamed", D.algorithm(), D.publicKey()).vkey()
                + "\nquorum none\n",
            "log "
                + VerifierKey.of("renamed", LOG.algorithm(), LOG.publicKey()).vkey()
                + "\nquorum none\n",
            "witness E "
                + TestKeys.make("x", KeyAlgorithm.ED25519_NOTE).key().vkey()
                + "\nquorum none\n",
            "quorum none\r\n",
            "quorum none # comment\n",
            "Quorum none\n")) {
      String name =
          rest.replaceAll("\\+[0-9a-f]{8}\\+\\S+", "…").replace("\n", " / ").replace("\r", "(CR)");
      policy("malformed", "ends in " + name, KEYS + rest, all);
    }
  }

  private void proof(String outcome, String name, String policy, TlogProof proof, int entry) {
    proof(outcome, name, policy, proof.text(), entry);
  }

  private void proof(String outcome, String name, String policy, String proof, int entry) {
    String expect = outcome.equals("accepted") ? "good" : "bad";
    maker.add(
        VectorMaker.vector("proof", expect, name)
            .put("outcome", outcome)
            .put("policy", policy)
            .put("entry", StrictText.base64(VectorMaker.entry(entry)))
            .put("proof", proof));
  }

  private void proofs() throws IOException {
    List<Hash> path = InclusionProof.make(INDEX, VectorMaker.ENTRIES, maker.tree()).path();
    SignedCheckpoint signed = signed(checkpoint, LOG, D, B);
    TlogProof plain = new TlogProof(Optional.empty(), INDEX, path, signed);
    TlogProof extra = new TlogProof(Optional.of(new byte[] {1, 2, 3}), INDEX, path, signed);
    TlogProof moved = new TlogProof(Optional.empty(), INDEX + 1, path, signed);
    TlogProof unseen = new TlogProof(Optional.empty(), INDEX, path, signed(checkpoint, LOG));
    TlogProof unsigned = new TlogProof(Optional.empty(), INDEX, path, signed(checkpoint, D));
    TlogProof beyond = new TlogProof(Optional.empty(), VectorMaker.ENTRIES, path, signed);
    proof("accepted", "plain", NESTED, plain, INDEX);
    proof("accepted", "with extra octets", NESTED, extra, INDEX);
    proof("refused", "another entry", NESTED, plain, INDEX + 1);
    proof("refused", "another index", NESTED, moved, INDEX);
    proof("refused", "an index beyond the tree", NESTED, beyond, INDEX);
    proof("refused", "no signature of the log", NESTED, unsigned, INDEX);
    proof("quorum missing", "no witness", NESTED, unseen, INDEX);
    proof("refused", "no witness and another entry", NESTED, unseen, INDEX + 1);
    String text = plain.text();
    proof("malformed", "another version", NESTED, text.replaceFirst("@v1", "@v2"), INDEX);
    proof("malformed", "a leading zero", NESTED, text.replaceFirst("index ", "index 0"), INDEX);
    proof("malformed", "no index", NESTED, text.replaceFirst("index 6\\n", ""), INDEX);
    proof("malformed", "no blank line", NESTED, text.replaceFirst("\\n\\n", "\n"), INDEX);
    proof(
        "malformed",
        "extra after index",
        NESTED,
        text.replaceFirst("index 6\\n", "index 6\nextra AQID\n"),
        INDEX);
  }

  private void request(String expect, String name, Hash oldRoot, String request) {
    maker.add(
        VectorMaker.vector("request", expect, name)
            .put("key", LOG.vkey())
            .put("oldRoot", oldRoot.base64())
            .put("request", request));
  }

  private void requests() throws IOException {
    Hash old = TreeRoot.of(8, maker.tree());
    List<Hash> path = ConsistencyProof.make(8, VectorMaker.ENTRIES, maker.tree()).path();
    SignedCheckpoint signed = signed(checkpoint, LOG);
    String text = new WitnessRequest(8, path, signed).text();
    Hash none = TreeHasher.emptyRoot();
    request("good", "from 8", old, text);
    request("good", "from nothing", none, new WitnessRequest(0, List.of(), signed).text());
    request(
        "good",
        "the same again",
        checkpoint.root(),
        new WitnessRequest(13, List.of(), signed).text());
    request("bad", "another old root", checkpoint.root(), text);
    request("bad", "no proof", old, new WitnessRequest(8, List.of(), signed).text());
    request("bad", "another old size", old, new WitnessRequest(7, path, signed).text());
    request("bad", "from nothing with a proof", none, new WitnessRequest(0, path, signed).text());
    request("bad", "from beyond", old, new WitnessRequest(14, List.of(), signed).text());
    request(
        "bad",
        "not signed by the log",
        old,
        new WitnessRequest(8, path, signed(checkpoint, D)).text());
    request("bad", "a leading zero", old, text.replaceFirst("old 8", "old 08"));
    request(
        "bad",
        "a 64th hash",
        old,
        text.replaceFirst("\\n\\n", "\n" + (old + "\n").repeat(64) + "\n"));
  }
}
