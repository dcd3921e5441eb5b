package dev.holdfast.trust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.trust.CertificateRequest;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against SoftHSM, a security chip in software, where it is installed. */
final class ChipKeysTest {
  private static final String PIN = "1234";

  @TempDir private Path desk;

  private static Path library() {
    return Stream.of(
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib64/pkcs11/libsofthsm2.so",
            "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
        .map(Path::of)
        .filter(Files::exists)
        .findFirst()
        .orElse(Path.of("none"));
  }

  private void run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Path output = desk.resolve("output");
    Process process = builder.redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  /**
   * The library reads its settings from the environment of its process, so the key is used in a
   * process of its own ({@link ChipKeysProgram}).
   */
  @Test
  void a_key_in_a_chip_signs_a_request_and_a_statement() throws Exception {
    assumeTrue(Files.exists(library()), "SoftHSM is not installed");
    Path tokens = Files.createDirectory(desk.resolve("tokens"));
    Path settings =
        Files.writeString(desk.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\n");
    Map<String, String> environment = Map.of("SOFTHSM2_CONF", settings.toString());
    run(
        environment,
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        "holdfast",
        "--pin",
        PIN,
        "--so-pin",
        PIN);
    Path configuration =
        Files.writeString(
            desk.resolve("pkcs11.cfg"),
            "name = chip\nlibrary = " + library() + "\nslotListIndex = 0\n");
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    run(
        environment,
        java + "/keytool",
        "-genkeypair",
        "-alias",
        "host",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=chip",
        "-keystore",
        "NONE",
        "-storetype",
        "PKCS11",
        "-storepass",
        PIN,
        "-providerClass",
        "sun.security.pkcs11.SunPKCS11",
        "-providerArg",
        configuration.toString());
    Path asked = desk.resolve("chip.csr");
    run(
        environment,
        java + "/java",
        "-cp",
        System.getProperty("java.class.path"),
        ChipKeysProgram.class.getName(),
        configuration.toString(),
        asked.toString());
    CertificateRequest request = TrustFiles.request(asked);
    try (AuthorityFolder authority =
        AuthorityFolder.init(
            desk.resolve("ca"), "ca", Duration.ofDays(9), Instant::now, new SecureRandom())) {
      IdentityCertificate made =
          authority.enrol(
              new Identity(Role.HOST, "h", null, Binding.TPM, true),
              request.key(),
              Duration.ofDays(1));
      assertThat(made.identity().binding()).isEqualTo(Binding.TPM);
    }
  }

  @Test
  void a_chip_that_is_not_there_is_refused_with_the_file_that_named_it() throws IOException {
    Path configuration =
        Files.write(
            desk.resolve("pkcs11.cfg"), List.of("name = chip", "library = /no/such/library.so"));
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> ChipKeys.open(configuration, "host", PIN.toCharArray()))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.KEY_STORE_FAILED))
        .withMessageContaining("pkcs11.cfg");
  }
}
