package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;

/** Where the data stand in the page of a dossier: one block, behind all that people read. */
final class DossierFile {
  /** How every dossier begins. */
  static final String BEGIN = "<!doctype html>\n<html lang=\"";

  static final String OPEN = "<script type=\"application/json\" id=\"holdfast-dossier\">\n";
  static final String CLOSE = "\n</script>\n</body>\n</html>\n";

  private DossierFile() {}

  /** The octets of data within a page; no data end the block that holds them. */
  static String block(CaseDossier dossier) {
    String json = new String(CanonicalJson.octets(DossierWriter.json(dossier)), UTF_8);
    return OPEN + json.replace("<", "\\u003c") + CLOSE;
  }

  /**
   * The data of a page.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_DOSSIER, INPUT_TOO_LARGE
   */
  static byte[] data(byte[] octets, String source) {
    if (octets.length > CaseDossier.LARGEST) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.INPUT_TOO_LARGE,
              "a dossier has at most " + CaseDossier.LARGEST + " octets"));
    }
    byte[] open = OPEN.getBytes(UTF_8);
    byte[] close = CLOSE.getBytes(UTF_8);
    if (!standsAt(octets, 0, BEGIN.getBytes(UTF_8))) {
      throw refuse(source, "it does not begin as a dossier does");
    }
    int end = octets.length - close.length;
    if (end < 0 || !standsAt(octets, end, close)) {
      throw refuse(source, "it does not end as a dossier does: part of it is missing, or added");
    }
    int at = find(octets, open, 0);
    if (at < 0 || at + open.length > end) {
      throw refuse(source, "it holds no data");
    }
    if (find(octets, open, at + 1) >= 0) {
      throw refuse(source, "it holds data twice");
    }
    byte[] data = new byte[end - at - open.length];
    System.arraycopy(octets, at + open.length, data, 0, data.length);
    return data;
  }

  private static CodedException refuse(String source, String reason) {
    return new CodedException(Problem.in(source, ErrorCode.MALFORMED_DOSSIER, reason));
  }

  private static int find(byte[] octets, byte[] sought, int from) {
    for (int i = from; i <= octets.length - sought.length; i++) {
      if (octets[i] == sought[0] && standsAt(octets, i, sought)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean standsAt(byte[] octets, int at, byte[] sought) {
    if (at + sought.length > octets.length) {
      return false;
    }
    for (int i = 0; i < sought.length; i++) {
      if (octets[at + i] != sought[i]) {
        return false;
      }
    }
    return true;
  }
}
