package dev.holdfast.trust;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The public keys that a reader trusts, by id.
 *
 * @param keys each under its own id
 */
public record KeyRing(Map<KeyId, StatementKey> keys)
    implements Function<KeyId, Optional<StatementKey>> {
  public KeyRing {
    keys = Map.copyOf(keys);
    keys.forEach((id, key) -> {
      if (!id.equals(key.id())) {
        throw new IllegalArgumentException("key " + key.id() + " stands under id " + id);
      }
    });
  }

  /** A ring of these keys; the same key may come twice. */
  public static KeyRing of(Collection<StatementKey> keys) {
    return new KeyRing(
        keys.stream().collect(toUnmodifiableMap(StatementKey::id, key -> key, (one, same) -> one)));
  }

  /** The key of an id, if it is on the ring. */
  @Override
  public Optional<StatementKey> apply(KeyId id) {
    return Optional.ofNullable(keys.get(id));
  }
}
