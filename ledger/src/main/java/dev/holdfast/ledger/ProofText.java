package dev.holdfast.ledger;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines before a checkpoint in a proof file or a request to a witness: named values, hashes, an
 * empty line. What follows is handed on octet by octet.
 */
final class ProofText {
  /** Makes the coded error of a format. */
  @FunctionalInterface
  interface Fault {
    CodedException of(long line, String field, String reason);
  }

  private final byte[] octets;
  private final Fault fault;
  private int at;
  private long line;

  private ProofText(byte[] octets, Fault fault) {
    this.octets = octets;
    this.fault = fault;
  }

  static ProofText read(byte[] octets, int largest, String what, Fault fault) {
    if (octets.length > largest) {
      throw fault.of(0, what, "it is larger than " + largest + " octets");
    }
    return new ProofText(octets, fault);
  }

  /** The number of the line read last, from 1. */
  long line() {
    return line;
  }

  /** The next line, without its newline. */
  String next(String field) {
    line++;
    int end = at;
    while (end < octets.length && octets[end] != '\n') {
      end++;
    }
    if (end == octets.length) {
      throw fault.of(line, field, "a line ended by a newline is missing");
    }
    byte[] read = Arrays.copyOfRange(octets, at, end);
    at = end + 1;
    return StrictText.utf8(read).orElseThrow(() -> fault.of(line, field, "the line is not UTF-8"));
  }

  /** Hashes, one a line, up to and with the empty line. */
  List<Hash> hashes(int most, ErrorCode code, String field) {
    List<Hash> hashes = new ArrayList<>();
    for (String text = next(field); !text.isEmpty(); text = next(field)) {
      if (hashes.size() == most) {
        throw fault.of(line, field, "there are more than " + most + " hashes");
      }
      hashes.add(Hash.ofBase64(text, code, field + " line " + (hashes.size() + 1)));
    }
    return hashes;
  }

  /** The octets that no line has taken. */
  byte[] rest() {
    return Arrays.copyOfRange(octets, at, octets.length);
  }
}
