package dev.holdfast.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ErrorCodeTest {
  @Test
  void codes_are_unique_and_of_one_form() {
    assertThat(ErrorCode.values())
        .extracting(ErrorCode::code)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("HF-[0-9]{4}"));
  }

  /** A code never changes its meaning, so this list only grows. */
  @Test
  void codes_are_stable() {
    assertThat(ErrorCode.values())
        .extracting(code -> code.code() + " " + code + " " + code.category())
        .contains(
            "HF-1001 EMPTY_FILE USER",
            "HF-1002 MISSING_COLUMN USER",
            "HF-1003 DUPLICATE_COLUMN USER",
            "HF-1004 WRONG_ENCODING USER",
            "HF-1005 LINE_TOO_LONG USER",
            "HF-1006 WRONG_FIELD_COUNT USER",
            "HF-1007 MALFORMED_QUOTES USER",
            "HF-1008 MISSING_VALUE USER",
            "HF-1009 NOT_A_NUMBER USER",
            "HF-1010 OUT_OF_RANGE USER",
            "HF-1011 NOT_A_TIME USER",
            "HF-1012 BAD_IDENTIFIER USER",
            "HF-1013 UNKNOWN_LANDMARK USER",
            "HF-1014 UNKNOWN_COUNTRY USER",
            "HF-1015 CONTRADICTING_ROWS USER",
            "HF-1016 INCOMPLETE_CLAIM USER",
            "HF-1017 BAD_GROUPING USER",
            "HF-1018 BAD_LANDMARK USER",
            "HF-1019 TOO_MANY_ROWS USER",
            "HF-1020 MALFORMED_JSON USER",
            "HF-1021 INPUT_TOO_LARGE USER",
            "HF-1022 NOT_TEXT USER",
            "HF-1023 ROW_FILE_MISMATCH USER",
            "HF-1024 MALFORMED_STORY USER",
            "HF-2001 USAGE USER",
            "HF-2002 FILE_NOT_FOUND USER",
            "HF-3001 MALFORMED_NOTE USER",
            "HF-3002 MALFORMED_KEY USER",
            "HF-3003 MALFORMED_CHECKPOINT USER",
            "HF-3004 MALFORMED_PROOF USER",
            "HF-3005 MALFORMED_TILE USER",
            "HF-3006 MALFORMED_BUNDLE USER",
            "HF-3007 MALFORMED_POLICY USER",
            "HF-3008 ENTRY_TOO_LARGE USER",
            "HF-3009 LOG_EXISTS USER",
            "HF-3010 NOT_A_LOG USER",
            "HF-3011 LOG_IN_USE RESOURCES",
            "HF-3012 LOG_STOPPED RESOURCES",
            "HF-3013 LOG_DAMAGED RESOURCES",
            "HF-3014 NOT_PUBLISHED USER",
            "HF-3015 KEY_MISMATCH USER",
            "HF-3016 BLOB_NOT_FOUND USER",
            "HF-3017 BLOB_DAMAGED RESOURCES",
            "HF-3018 PEER_FAILED PEER",
            "HF-3019 PEER_UNREACHABLE PEER",
            "HF-3020 MALFORMED_WITNESS_REQUEST USER",
            "HF-3021 UNKNOWN_LOG USER",
            "HF-3022 NO_TRUSTED_SIGNATURE USER",
            "HF-3023 WRONG_OLD_SIZE USER",
            "HF-3024 INCONSISTENT_TREE USER",
            "HF-3025 BAD_KEY_FILE USER",
            "HF-4001 MALFORMED_ENVELOPE USER",
            "HF-4002 MALFORMED_STATEMENT USER",
            "HF-4003 MALFORMED_PUBLIC_KEY USER",
            "HF-4014 POSITION_REFUSED USER",
            "HF-5010 SOCKET_FAILED RESOURCES",
            "HF-5011 SESSION_NOT_OPEN USER",
            "HF-5012 NO_PATH PEER",
            "HF-5013 ROUND_RUNNING USER",
            "HF-5014 TOO_MANY_SESSIONS RESOURCES",
            "HF-5026 TRANSCRIPTS_DROPPED RESOURCES",
            "HF-6001 MALFORMED_VERDICT_BUNDLE USER",
            "HF-6002 MALFORMED_TRUST_FILE USER",
            "HF-6003 MALFORMED_DOSSIER USER",
            "HF-6101 UNKNOWN_STATEMENT_TYPE USER",
            "HF-6102 FROM_THE_FUTURE USER",
            "HF-6103 NOT_SIGNED_IN USER",
            "HF-6104 NOT_ALLOWED USER",
            "HF-6105 NOT_THERE USER",
            "HF-6106 TOO_BUSY RESOURCES",
            "HF-6107 MALFORMED_FLEET USER",
            "HF-6108 BAD_PARAMETER USER",
            "HF-6109 UNKNOWN_REFERENCE USER",
            "HF-6110 OPEN_TO_ALL USER",
            "HF-7001 MALFORMED_INVENTORY USER",
            "HF-7002 NO_ACCELERATOR_LIBRARY RESOURCES",
            "HF-7003 ACCELERATOR_LIBRARY_FAILED RESOURCES",
            "HF-7010 MALFORMED_TOKEN USER",
            "HF-7011 MALFORMED_KEY_SET USER",
            "HF-7012 MALFORMED_RESULT USER",
            "HF-7020 MALFORMED_EVIDENCE USER",
            "HF-7021 MALFORMED_CHAIN USER",
            "HF-7022 MALFORMED_ROOTS USER",
            "HF-8001 FILE_UNREADABLE RESOURCES",
            "HF-8002 FILE_UNWRITABLE RESOURCES",
            "HF-8003 EMBEDDER_FAILED RESOURCES",
            "HF-8004 ROW_FILE_IN_USE RESOURCES",
            "HF-8005 ROW_FILE_DAMAGED RESOURCES",
            "HF-9001 INTERNAL_ERROR INTERNAL");
  }

  @Test
  void the_first_digit_groups() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(code.category())
          .as(code.code())
          .isEqualTo(
              switch (code.code().charAt(3)) {
                case '1', '2' -> ErrorCategory.USER;
                case '8' -> ErrorCategory.RESOURCES;
                case '9' -> ErrorCategory.INTERNAL;
                default -> code.category();
              });
    }
  }

  @Test
  void whoever_gave_bad_input_can_tell_by_the_exit_status() {
    assertThat(ErrorCategory.USER.exitStatus()).isEqualTo(2);
    assertThat(Arrays.stream(ErrorCategory.values()).filter(category -> category.exitStatus() != 2))
        .containsExactly(ErrorCategory.PEER, ErrorCategory.INTERNAL, ErrorCategory.RESOURCES)
        .allMatch(category -> category.exitStatus() == 3);
  }
}
