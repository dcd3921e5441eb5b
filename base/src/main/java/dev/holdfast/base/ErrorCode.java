package dev.holdfast.base;

import static dev.holdfast.base.ErrorCategory.INTERNAL;
import static dev.holdfast.base.ErrorCategory.PEER;
import static dev.holdfast.base.ErrorCategory.RESOURCES;
import static dev.holdfast.base.ErrorCategory.USER;

/**
 * The stable code of an error, {@code HF-} and four digits.
 *
 * <p>A code never changes its meaning and is never used again once retired. The first digit groups:
 * 1 files and fields, 2 usage, 3 the log, 4 statements, 5 probing, 8 resources, 9 internal.
 */
public enum ErrorCode {
  EMPTY_FILE("HF-1001", USER),
  MISSING_COLUMN("HF-1002", USER),
  DUPLICATE_COLUMN("HF-1003", USER),
  WRONG_ENCODING("HF-1004", USER),
  LINE_TOO_LONG("HF-1005", USER),
  WRONG_FIELD_COUNT("HF-1006", USER),
  MALFORMED_QUOTES("HF-1007", USER),
  MISSING_VALUE("HF-1008", USER),
  NOT_A_NUMBER("HF-1009", USER),
  OUT_OF_RANGE("HF-1010", USER),
  NOT_A_TIME("HF-1011", USER),
  BAD_IDENTIFIER("HF-1012", USER),
  UNKNOWN_LANDMARK("HF-1013", USER),
  UNKNOWN_COUNTRY("HF-1014", USER),
  CONTRADICTING_ROWS("HF-1015", USER),
  INCOMPLETE_CLAIM("HF-1016", USER),
  BAD_GROUPING("HF-1017", USER),
  BAD_LANDMARK("HF-1018", USER),
  TOO_MANY_ROWS("HF-1019", USER),
  MALFORMED_JSON("HF-1020", USER),
  INPUT_TOO_LARGE("HF-1021", USER),
  USAGE("HF-2001", USER),
  FILE_NOT_FOUND("HF-2002", USER),
  MALFORMED_NOTE("HF-3001", USER),
  MALFORMED_KEY("HF-3002", USER),
  MALFORMED_CHECKPOINT("HF-3003", USER),
  MALFORMED_PROOF("HF-3004", USER),
  MALFORMED_TILE("HF-3005", USER),
  MALFORMED_BUNDLE("HF-3006", USER),
  MALFORMED_POLICY("HF-3007", USER),
  ENTRY_TOO_LARGE("HF-3008", USER),
  LOG_EXISTS("HF-3009", USER),
  NOT_A_LOG("HF-3010", USER),
  LOG_IN_USE("HF-3011", RESOURCES),
  LOG_STOPPED("HF-3012", RESOURCES),
  LOG_DAMAGED("HF-3013", RESOURCES),
  NOT_PUBLISHED("HF-3014", USER),
  KEY_MISMATCH("HF-3015", USER),
  BLOB_NOT_FOUND("HF-3016", USER),
  BLOB_DAMAGED("HF-3017", RESOURCES),
  PEER_FAILED("HF-3018", PEER),
  PEER_UNREACHABLE("HF-3019", PEER),
  MALFORMED_WITNESS_REQUEST("HF-3020", USER),
  UNKNOWN_LOG("HF-3021", USER),
  NO_TRUSTED_SIGNATURE("HF-3022", USER),
  WRONG_OLD_SIZE("HF-3023", USER),
  INCONSISTENT_TREE("HF-3024", USER),
  BAD_KEY_FILE("HF-3025", USER),
  MALFORMED_ENVELOPE("HF-4001", USER),
  MALFORMED_STATEMENT("HF-4002", USER),
  MALFORMED_PUBLIC_KEY("HF-4003", USER),
  SOCKET_FAILED("HF-5010", RESOURCES),
  SESSION_NOT_OPEN("HF-5011", USER),
  NO_PATH("HF-5012", PEER),
  ROUND_RUNNING("HF-5013", USER),
  TOO_MANY_SESSIONS("HF-5014", RESOURCES),
  FILE_UNREADABLE("HF-8001", RESOURCES),
  FILE_UNWRITABLE("HF-8002", RESOURCES),
  INTERNAL_ERROR("HF-9001", INTERNAL);

  private final String code;
  private final ErrorCategory category;

  ErrorCode(String code, ErrorCategory category) {
    this.code = code;
    this.category = category;
  }

  /** The stable form, such as {@code HF-1002}. */
  public String code() {
    return code;
  }

  /** Who can mend it. */
  public ErrorCategory category() {
    return category;
  }
}
