package dev.holdfast.cli;

import dev.holdfast.base.Durations;
import dev.holdfast.edge.ConfigurationFile;
import dev.holdfast.edge.Meanings;
import dev.holdfast.server.Network;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.trust.EarClaim;
import dev.holdfast.trust.EarProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The file of {@code serve --config}: what the options say, and what is too long for an option.
 *
 * @param withoutTls whether it may listen beyond this machine without TLS
 * @param results how attestation results are spelled
 * @param policy a folder with the record that decisions are made by
 * @param witnesses a policy whose witnesses are asked to cosign the log
 * @param openEntries whether anybody who reaches the server may read the entries of its log
 * @param webhookNetworks to which notifications may go, though they are not of the open net
 */
record ServerFile(
    Optional<Path> data,
    Optional<String> host,
    Optional<Integer> port,
    Optional<String> origin,
    Optional<Duration> tick,
    boolean withoutTls,
    Optional<ServerSettings.Tls> tls,
    Optional<EarProfile> results,
    Optional<Path> policy,
    Optional<Path> witnesses,
    boolean openEntries,
    List<Network> webhookNetworks) {
  /** Where there is no file. */
  static final ServerFile NONE =
      new ServerFile(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          List.of());

  /**
   * Reads one.
   *
   * @throws dev.holdfast.base.CodedException FILE_NOT_FOUND, FILE_UNREADABLE, or BAD_CONFIGURATION
   *     with the line and the key
   */
  static ServerFile read(Path path) {
    ConfigurationFile file = ConfigurationFile.read(path);
    ServerFile read =
        new ServerFile(
            file.optional("data", Meanings::path),
            file.optional("host", text -> text),
            file.optional("port", Meanings::whole),
            file.optional("origin", text -> text),
            file.optional("tick", Durations::parse),
            file.optional("without-tls", Meanings::truth).orElse(false),
            file.inside("tls").map(ServerFile::tls),
            file.inside("results").map(ServerFile::results),
            file.optional("policy", Meanings::path),
            file.optional("witnesses", Meanings::path),
            file.optional("open-entries", Meanings::truth).orElse(false),
            networks(file));
    file.requireNothingElse();
    return read;
  }

  /** Such as {@code 10.0.0.0/8, fd00::/8}. */
  private static List<Network> networks(ConfigurationFile file) {
    return file.optional(
            "webhook-networks",
            text ->
                Arrays.stream(text.split(",", -1)).map(String::strip).map(Network::parse).toList())
        .orElse(List.of());
  }

  private static ServerSettings.Tls tls(ConfigurationFile inside) {
    ServerSettings.Tls tls =
        new ServerSettings.Tls(
            inside.value("certificate", Meanings::path), inside.value("key", Meanings::path));
    inside.requireNothingElse();
    return tls;
  }

  /** The profile, and names of claims by those that they have otherwise. */
  private static EarProfile results(ConfigurationFile inside) {
    EarProfile profile =
        inside.optional("profile", EarProfile.DEFAULT::withUri).orElse(EarProfile.DEFAULT);
    Optional<ConfigurationFile> names = inside.inside("names");
    if (names.isPresent()) {
      for (EarClaim claim : EarClaim.values()) {
        if (claim.isOfLease()) {
          // Who checks a lease does not know what the server that made it calls things.
          continue;
        }
        EarProfile before = profile;
        String key = claim.name().toLowerCase(Locale.ROOT).replace('_', '-');
        profile = names.get().optional(key, name -> before.withName(claim, name)).orElse(before);
      }
      names.get().requireNothingElse();
    }
    inside.requireNothingElse();
    return profile;
  }
}
