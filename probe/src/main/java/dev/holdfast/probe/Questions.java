package dev.holdfast.probe;

import org.jspecify.annotations.Nullable;

/**
 * How one reflector is asked for people to look at, and how its answers are read. None of it bounds
 * a distance: rounds are made of {@link Challenge}s alone.
 */
public sealed interface Questions permits PlainQuestions, KeyedQuestions {
  /** Octets of a question. */
  int length();

  /** Whether only a holder of the key can have answered. */
  boolean keyed();

  /** Makes a question, of {@link #length} octets. */
  byte[] write(int sequence, StampTimestamp timestamp);

  /** The number of a question at a place of an array. */
  default int sequenceAt(byte[] packet, int at) {
    return Octets.integer(packet, at);
  }

  /** Octets that an answer has at the least. */
  int shortestAnswer();

  /** The number that an answer says it answers; it has at least {@link #shortestAnswer} octets. */
  int answered(byte[] answer);

  /** Why a packet is no answer to a question as it was sent, or null where it is one. */
  @Nullable Refusal refusal(byte[] question, byte[] answer, int length);

  /**
   * Reads an answer that is one.
   *
   * @param number of the question, from 1
   * @param roundTripNanoseconds at least what it truly took
   */
  Timings.Answer answer(int number, long roundTripNanoseconds, byte[] answer, int length);
}
