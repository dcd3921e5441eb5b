package dev.holdfast.edge;

import dev.holdfast.base.CodedException;
import dev.holdfast.probe.AnsweredLog;
import dev.holdfast.probe.Countersignatures;
import dev.holdfast.probe.Countersigner;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.Transcript;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementSigner;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Signs for the rounds of one landmark that this host did answer. For one thread. */
final class Countersigning {
  private final IdentityCertificate own;
  private final StatementSigner signer;
  private final Spool spool;
  private final InstantSource clock;
  private final Map<SessionId, Session> sessions = new HashMap<>();

  Countersigning(
      IdentityCertificate own, StatementSigner signer, Spool spool, InstantSource clock) {
    this.own = own;
    this.signer = signer;
    this.spool = spool;
    this.clock = clock;
  }

  private record Session(SessionTerms terms, KeyId landmark, StampMac mac, AnsweredLog answered) {}

  /** Remembers a session, and forgets those that ended an hour ago. */
  void opened(SessionTerms terms, IdentityCertificate landmark, byte[] key, AnsweredLog answered) {
    long now = clock.instant().getEpochSecond();
    sessions.values().removeIf(each -> each.terms().expiry() + 3600 < now);
    sessions.put(terms.id(), new Session(terms, landmark.key().id(), StampMac.of(key), answered));
  }

  /**
   * The envelope over those transcripts that this host answered; nothing where there are none.
   *
   * @param objections hears why it does not sign for the others
   */
  Optional<Envelope> sign(
      IdentityCertificate landmark, List<byte[]> transcripts, Consumer<String> objections) {
    List<Countersignatures.Answered> answered = new ArrayList<>();
    for (byte[] octets : transcripts) {
      try {
        Transcript transcript = Transcript.parse(octets, landmark.toString());
        Optional<String> objection = objection(landmark, transcript);
        objection.ifPresent(objections);
        if (objection.isEmpty()) {
          answered.add(
              new Countersignatures.Answered(
                  landmark.key().id(), transcript.session(), Sha256.of(octets)));
        }
      } catch (CodedException e) {
        objections.accept(e.problem().sentence());
      }
    }
    if (answered.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        spool
            .say(
                signer,
                Countersignatures.TYPE,
                clock.instant(),
                new Countersignatures(own, answered).content())
            .envelope());
  }

  private Optional<String> objection(IdentityCertificate landmark, Transcript transcript) {
    Session session = sessions.get(transcript.session());
    if (session == null || !session.landmark().equals(landmark.key().id())) {
      return Optional.of("session " + transcript.session() + " is none with this landmark");
    }
    return Countersigner.objection(
        transcript, session.terms().ssid(), session.mac(), session.answered());
  }
}
