package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** An attestation service for tests: tokens of the form of NVIDIA's, sound until they are bent. */
final class TokenMaker {
  static final Instant ISSUED = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant NOW = ISSUED.plusSeconds(600);
  static final String NONCE = "5e".repeat(32);
  static final ECKey KEY = key(Curve.P_384, "kid-one");
  static final ECKey OTHER_KEY = key(Curve.P_384, "kid-two");
  static final JsonMapper JSON = new JsonMapper();

  final Map<String, Object> overall = new LinkedHashMap<>();
  final SequencedMap<String, Map<String, Object>> chips = new LinkedHashMap<>();
  final Map<String, Object> digests = new LinkedHashMap<>();
  JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES384).keyID(KEY.getKeyID()).build();
  JWSSigner signer = signer(KEY);

  /** Applied to each submodule's JWT before it is hashed. */
  UnaryOperator<String> submodule = text -> text;

  /** Applied to each submodule's JWT after it was hashed. */
  UnaryOperator<String> swapped = text -> text;

  private TokenMaker() {}

  static TokenMaker ofChips(int count) {
    TokenMaker maker = new TokenMaker();
    maker.overall.putAll(common());
    maker.overall.put("sub", "PLATFORM");
    maker.overall.put("x-nvidia-ver", "3.0");
    maker.overall.put("x-nvidia-overall-att-result", true);
    for (int i = 0; i < count; i++) {
      Map<String, Object> chip = common();
      chip.put("ueid", "4781763792860821866" + i);
      chip.put("hwmodel", "GH100 A01 GSP BROM");
      chip.put("oemid", "5703");
      chip.put("measres", "success");
      chip.put("secboot", true);
      chip.put("dbgstat", "disabled");
      chip.put("x-nvidia-gpu-driver-version", "550.90.07");
      chip.put("x-nvidia-gpu-vbios-version", "96.00.9F.00.01");
      chip.put("x-nvidia-gpu-arch-check", true);
      chip.put("x-nvidia-gpu-attestation-report-nonce-match", true);
      chip.put("x-nvidia-attestation-warning", null);
      maker.chips.put("GPU-" + i, chip);
    }
    return maker;
  }

  private static Map<String, Object> common() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", EatExpectations.NVIDIA);
    claims.put("iat", ISSUED.getEpochSecond());
    claims.put("nbf", ISSUED.getEpochSecond());
    claims.put("exp", ISSUED.getEpochSecond() + 3_600);
    claims.put("eat_nonce", NONCE);
    claims.put("jti", "a-name");
    return claims;
  }

  Map<String, Object> chip(int index) {
    return requireNonNull(chips.get("GPU-" + index));
  }

  byte[] make() {
    Map<String, Object> detached = new LinkedHashMap<>();
    Map<String, Object> named = new LinkedHashMap<>();
    chips.forEach((name, claims) -> {
      String text = submodule.apply(sign(claims));
      named.put(name, List.of("DIGEST", List.of("SHA-256", sha256(text))));
      detached.put(name, swapped.apply(text));
    });
    named.putAll(digests);
    named.values().removeIf(""::equals);
    Map<String, Object> claims = new LinkedHashMap<>(overall);
    claims.putIfAbsent("submods", named);
    return bundle(sign(claims), detached);
  }

  static byte[] bundle(String overall, Map<String, Object> detached) {
    return JSON.writeValueAsString(List.of(List.of("JWT", overall), detached)).getBytes(UTF_8);
  }

  String sign(Map<String, Object> claims) {
    JWSObject object = new JWSObject(header, new Payload(JSON.writeValueAsString(claims)));
    try {
      object.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return object.serialize();
  }

  static JWSSigner signer(ECKey key) {
    try {
      return new ECDSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey key(Curve curve, String id) {
    try {
      return new ECKeyGenerator(curve).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonWebKeys keys(ECKey... keys) {
    String set = new JWKSet(List.<JWK>of(keys)).toString(true);
    return JsonWebKeys.read(set.getBytes(UTF_8), "keys");
  }

  static EatExpectations expected() {
    return EatExpectations.at(NOW).with(keys(KEY)).withNonce(NONCE);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
