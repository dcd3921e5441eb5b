package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.DurableFiles;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Names;
import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bearer tokens, of which the disk holds only hashes. A token has 256 bits of chance, so a plain
 * SHA-256 of it cannot be guessed back.
 */
final class Tokens {
  static final String FILE = "tokens.json";
  static final String ADMIN = "admin";
  static final String ADMIN_FILE = "admin.token";
  private static final String PREFIX = "hf_";
  private static final int LENGTH = 32;
  private static final int MOST = 10_000;

  private final Path file;
  private final SecureRandom random;
  private final Map<String, Token> byHash = new ConcurrentHashMap<>();

  /**
   * A token, without its secret.
   *
   * @param sha256 of the secret
   */
  record Token(String name, String role, Instant since, String sha256) {
    Token {
      Names.check("name", name);
      var _ = Role.of(role);
    }

    Role is() {
      return Role.of(role);
    }
  }

  private Tokens(Path file, SecureRandom random) {
    this.file = file;
    this.random = random;
  }

  /**
   * The tokens of a server's folder; a new folder gets one for its administrator, in a file of mode
   * 0600.
   */
  static Tokens open(Path folder, SecureRandom random, Instant now) {
    Tokens tokens = new Tokens(folder.resolve(FILE), random);
    try {
      if (Files.exists(tokens.file)) {
        for (Token token :
            StateJson.mapper().readValue(Files.readAllBytes(tokens.file), Token[].class)) {
          tokens.byHash.put(token.sha256(), token);
        }
        return tokens;
      }
    } catch (IOException | tools.jackson.core.JacksonException e) {
      throw new CodedException(
          Problem.in(
              tokens.file.toString(), ErrorCode.FILE_UNREADABLE, "it is not a list of tokens"),
          e);
    }
    Path secret = folder.resolve(ADMIN_FILE);
    String made = tokens.fresh();
    OwnersFiles.create(secret, (made + "\n").getBytes(UTF_8));
    tokens.keep(new Token(ADMIN, Role.ADMIN.word(), now, hash(made)));
    return tokens;
  }

  /**
   * Makes a token.
   *
   * @return the secret, which is nowhere else
   * @throws CodedException BAD_PARAMETER where the name is taken or there are too many
   */
  synchronized String make(String name, Role role, Instant now) {
    if (byHash.size() >= MOST || all().stream().anyMatch(each -> each.name().equals(name))) {
      throw new CodedException(
          Problem.of(
              ErrorCode.BAD_PARAMETER,
              "there is a token " + Problem.quote(name) + " already, or there are too many"));
    }
    String secret = fresh();
    keep(new Token(name, role.word(), now, hash(secret)));
    return secret;
  }

  /** Revokes a token; answers whether there was one. */
  synchronized boolean revoke(String name) {
    boolean any = byHash.values().removeIf(each -> each.name().equals(name));
    if (any) {
      write();
    }
    return any;
  }

  /** Whose secret this is. */
  Optional<Token> find(String secret) {
    return Optional.ofNullable(byHash.get(hash(secret)));
  }

  /** All, by name. */
  Collection<Token> all() {
    TreeMap<String, Token> sorted = new TreeMap<>();
    byHash.values().forEach(each -> sorted.put(each.name(), each));
    return List.copyOf(sorted.values());
  }

  private void keep(Token token) {
    byHash.put(token.sha256(), token);
    write();
  }

  private void write() {
    try {
      DurableFiles.replace(file, StateJson.mapper().writeValueAsBytes(all()));
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(file.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())),
          e);
    }
  }

  private String fresh() {
    byte[] octets = new byte[LENGTH];
    random.nextBytes(octets);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static String hash(String secret) {
    return Sha256.of(secret.getBytes(UTF_8)).hex();
  }
}
