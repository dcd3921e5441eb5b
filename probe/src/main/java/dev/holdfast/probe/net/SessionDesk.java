package dev.holdfast.probe.net;

import dev.holdfast.base.CodedException;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.trust.IdentityCertificate;
import java.util.List;

/** What a landmark does for hosts that call. For any number of threads at once. */
public interface SessionDesk {
  /**
   * Terms for a new session of a host.
   *
   * @throws CodedException where it gets none
   */
  SessionTerms terms(IdentityCertificate host);

  /**
   * Opens the session under its keys, before the host hears of the terms. The desk owns the keys.
   */
  void open(IdentityCertificate host, SessionTerms terms, byte[] key, byte[] pathKey);

  /**
   * Transcripts of this host that wait for its countersignature.
   *
   * @param session that the host believes to be open
   * @throws CodedException SESSION_NOT_OPEN where it is not
   */
  List<byte[]> pending(IdentityCertificate host, SessionId session);

  /**
   * Takes an envelope that the host signed.
   *
   * @throws CodedException where it is not what was asked for, or could not be kept
   */
  void countersigned(IdentityCertificate host, byte[] envelope);

  /** The host signs for none of what it was shown. */
  void objected(IdentityCertificate host);
}
