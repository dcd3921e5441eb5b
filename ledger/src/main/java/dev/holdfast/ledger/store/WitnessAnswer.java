package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.Problem;
import dev.holdfast.ledger.NoteSignature;
import java.util.List;

/** What a witness answers to {@code add-checkpoint} (C2SP tlog-witness). */
public sealed interface WitnessAnswer {
  /** The media type of {@link OtherSize}. */
  String SIZE_TYPE = "text/x.tlog.size";

  /** The HTTP status code. */
  int status();

  /** The body: signature lines, a size, or one line that says why not. */
  byte[] body();

  /** The media type of the body. */
  default String contentType() {
    return HttpReply.TEXT;
  }

  /**
   * The checkpoint is consistent with what the witness saw before, is kept, and is cosigned.
   *
   * @param signatures one by each key of the witness
   */
  record Cosigned(List<NoteSignature> signatures) implements WitnessAnswer {
    public Cosigned {
      signatures = List.copyOf(signatures);
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public byte[] body() {
      StringBuilder lines = new StringBuilder();
      signatures.forEach(signature -> lines.append(signature.line()).append('\n'));
      return lines.toString().getBytes(UTF_8);
    }
  }

  /** The request is malformed, or its old size is greater than the checkpoint's. */
  record Malformed(Problem problem) implements Refused {
    @Override
    public int status() {
      return 400;
    }
  }

  /** No trusted key of the log has signed it, or a signature that names one is wrong. */
  record NotSigned(Problem problem) implements Refused {
    @Override
    public int status() {
      return 403;
    }
  }

  /** The witness does not know the log. */
  record UnknownLog(Problem problem) implements Refused {
    @Override
    public int status() {
      return 404;
    }
  }

  /**
   * The old size is not that of the checkpoint cosigned last.
   *
   * @param size that size, 0 where there is none
   */
  record OtherSize(long size) implements WitnessAnswer {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String contentType() {
      return SIZE_TYPE;
    }

    @Override
    public byte[] body() {
      return (size + "\n").getBytes(UTF_8);
    }
  }

  /** The checkpoint does not continue the one cosigned last, or the proof does not show it. */
  record Inconsistent(Problem problem) implements Refused {
    @Override
    public int status() {
      return 422;
    }
  }

  /** The witness cannot keep its promises, for all logs or for this one. */
  record Failed(Problem problem) implements Refused {
    @Override
    public int status() {
      return 500;
    }
  }

  /** It was not cosigned, for a reason that is told. */
  sealed interface Refused extends WitnessAnswer {
    /** Why. */
    Problem problem();

    @Override
    default byte[] body() {
      return (Problem.printable(problem().sentence()) + "\n").getBytes(UTF_8);
    }
  }
}
