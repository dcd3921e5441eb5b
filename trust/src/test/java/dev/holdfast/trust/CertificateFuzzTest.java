package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;

/** Hostile octets as certificate and request: an answer or a coded refusal, nothing else. */
final class CertificateFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void a_certificate_is_read_or_refused_with_a_code(byte[] octets) {
    try {
      IdentityCertificate read = IdentityCertificate.parse(octets, "fuzz");
      assertThat(read.der()).isEqualTo(octets);
    } catch (CodedException e) {
      assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_CERTIFICATE);
    }
  }

  @FuzzTest(maxDuration = "10s")
  void a_request_is_read_or_refused_with_a_code(byte[] octets) {
    try {
      CertificateRequest read = CertificateRequest.parse(octets, "fuzz");
      assertThat(read.der()).isEqualTo(octets);
    } catch (CodedException e) {
      assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }
  }
}
