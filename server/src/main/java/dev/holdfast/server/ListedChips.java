package dev.holdfast.server;

import dev.holdfast.detect.ChipState;
import dev.holdfast.detect.HostState;
import dev.holdfast.model.Alias;
import dev.holdfast.model.TargetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The list of chips: those that somebody declares, and those that nobody does and that speak. For
 * one thread, in a transaction of its caller's.
 */
final class ListedChips {
  private final Handle handle;
  private final Function<TargetId, HostState> states;

  ListedChips(Handle handle, Function<TargetId, HostState> states) {
    this.handle = handle;
    this.states = states;
  }

  /** Lists a chip as somebody declares it, or does so anew. */
  void declare(FleetItem.Chip chip) {
    // By its own row: the table of aliases is in the order of aliases.
    List<String> before =
        handle
            .createQuery("SELECT aliases FROM chip WHERE id = ?")
            .bind(0, chip.id())
            .mapTo(String.class)
            .findOne()
            .map(StateJson::texts)
            .orElse(List.of());
    list(chip, false);
    for (String alias : before) {
      if (!chip.aliases().contains(alias)) {
        handle.execute("DELETE FROM alias WHERE alias = ? AND chip = ?", alias, chip.id());
      }
    }
  }

  /**
   * Lists a chip.
   *
   * @param own whether nobody declared it
   */
  private void list(FleetItem.Chip chip, boolean own) {
    HostState host = chip.host() == null ? null : states.apply(new TargetId(chip.host()));
    handle.execute(
        "INSERT INTO chip (id, model, host, aliases, simulated, site, place, own)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            + " model = excluded.model, host = excluded.host, aliases = excluded.aliases,"
            + " simulated = excluded.simulated, site = excluded.site, place = excluded.place,"
            + " own = excluded.own",
        chip.id(),
        chip.model(),
        chip.host(),
        StateJson.of(chip.aliases()),
        chip.simulated(),
        host == null ? null : ViewWriter.siteOf(host),
        host == null ? null : host.place().name(),
        own);
    PreparedBatch batch = handle.prepareBatch("INSERT OR IGNORE INTO alias VALUES (?, ?)");
    batch.add(chip.id(), chip.id());
    chip.aliases().forEach(alias -> batch.add(alias, chip.id()));
    batch.execute();
  }

  /**
   * The listed chip that a keyed one is taken for.
   *
   * @param link by whose word: names that a host told may be anybody's, so that what the chip
   *     signed then says nothing of the listed one
   */
  record Taken(String chip, Alias.Strength link) {}

  /**
   * The declared chip that one is taken for: whoever has one of its signed names as an alias, else
   * whoever has one that a host told. Where nobody declared it, it is listed under its own id, in
   * the host that it spoke from.
   */
  Taken taken(ChipState chip) {
    // What it is keyed by is a host's word too, as long as it never signed.
    Alias.Strength own =
        chip.signed() == null ? Alias.Strength.HOST_DECLARED : Alias.Strength.SIGNED;
    for (Alias.Strength strength : Alias.Strength.values()) {
      List<String> names = new ArrayList<>();
      if (strength == own) {
        names.add(chip.id());
      }
      chip.aliases().stream()
          .filter(each -> each.kind().isUnique() && each.kind().strength() == strength)
          .forEach(each -> names.add(each.value()));
      Optional<String> declared = names.isEmpty() ? Optional.empty() : declared(names);
      if (declared.isPresent()) {
        unlist(chip.id());
        return new Taken(declared.get(), strength);
      }
    }
    list(
        new FleetItem.Chip(
            chip.id(),
            chip.aliases().stream()
                .filter(each -> each.kind().isUnique())
                .map(Alias::value)
                .filter(each -> !each.equals(chip.id()))
                .distinct()
                .limit(FleetItem.Chip.MOST_ALIASES)
                .toList(),
            chip.model(),
            chip.host(),
            chip.simulated()),
        true);
    return new Taken(chip.id(), own);
  }

  private Optional<String> declared(List<String> names) {
    return handle
        .createQuery(
            "SELECT chip.id FROM alias JOIN chip ON chip.id = alias.chip"
                + " WHERE alias.alias IN (<names>) AND NOT chip.own ORDER BY chip.id LIMIT 1")
        .bindList("names", names)
        .mapTo(String.class)
        .findFirst();
  }

  /** What was listed while nobody had declared it is found under its declaration from now on. */
  private void unlist(String chip) {
    Optional<List<String>> aliases =
        handle
            .createQuery("SELECT aliases FROM chip WHERE id = ? AND own")
            .bind(0, chip)
            .mapTo(String.class)
            .findOne()
            .map(StateJson::texts);
    if (aliases.isPresent()) {
      PreparedBatch batch = handle.prepareBatch("DELETE FROM alias WHERE alias = ? AND chip = ?");
      batch.add(chip, chip);
      aliases.get().forEach(alias -> batch.add(alias, chip));
      batch.execute();
      handle.execute("DELETE FROM chip WHERE id = ?", chip);
    }
  }
}
