package dev.holdfast.base;

import static dev.holdfast.base.ErrorCategory.INTERNAL;
import static dev.holdfast.base.ErrorCategory.RESOURCES;
import static dev.holdfast.base.ErrorCategory.USER;

/**
 * The stable code of an error, {@code HF-} and four digits.
 *
 * <p>A code never changes its meaning and is never used again once retired. The first digit groups:
 * 1 files and fields, 2 usage, 8 resources, 9 internal.
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
  USAGE("HF-2001", USER),
  FILE_NOT_FOUND("HF-2002", USER),
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
