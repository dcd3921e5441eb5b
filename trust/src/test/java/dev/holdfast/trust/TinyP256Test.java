package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class TinyP256Test {
  private static final BigInteger SECRET =
      TinyP256.hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");

  @Test
  void the_key_of_rfc6979_appendix_a_2_5_comes_out() {
    assertThat(HexFormat.of().formatHex(TinyP256.publicKey(SECRET)))
        .isEqualTo(
            "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
  }

  @Test
  void the_signature_of_rfc6979_appendix_a_2_5_comes_out() {
    assertThat(
            HexFormat.of()
                .formatHex(TinyP256.sign(SECRET, "sample".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  }
}
