package dev.holdfast.locate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which units of the map count as one destination.
 *
 * <p>A grouping is configuration, never the map's choice. A unit in no group is a destination by
 * itself under its own code. By default China, Hong Kong and Macao are one: {@code CN+HK+MO}.
 */
public final class Destinations {
  /** The default: the licensing rules of 15 CFR 740 treat Hong Kong and Macao with China (D:5). */
  public static final Map<String, List<String>> DEFAULT_GROUPS =
      Map.of("CN+HK+MO", List.of("CN", "HK", "MO"));

  private final List<String> names;
  private final int[] ofUnit;
  private final Map<String, Integer> byCode;
  private final Map<String, List<String>> groups;

  private Destinations(
      List<String> names,
      int[] ofUnit,
      Map<String, Integer> byCode,
      Map<String, List<String>> groups) {
    this.names = names;
    this.ofUnit = ofUnit;
    this.byCode = byCode;
    this.groups = groups;
  }

  /**
   * Groups the units of a map.
   *
   * @param groups unit codes by the name of their group; a name may not be a unit's code unless
   *     that unit is in the group
   * @throws IllegalArgumentException if a unit is unknown or in two groups, or a name misleads
   */
  public static Destinations of(BorderMap map, Map<String, List<String>> groups) {
    Map<String, Integer> unitByCode = new HashMap<>();
    for (BorderMap.BorderUnit unit : map.units()) {
      unitByCode.put(unit.code(), unit.index());
    }
    Map<String, String> groupOf = new LinkedHashMap<>();
    groups.forEach((group, members) -> {
      if (unitByCode.containsKey(group) && !members.contains(group)) {
        throw new IllegalArgumentException(
            "group " + group + " bears the code of a unit that it does not hold");
      }
      for (String member : members) {
        if (!unitByCode.containsKey(member)) {
          throw new IllegalArgumentException(
              "group " + group + " names " + member + ", which is no unit of the map");
        }
        String other = groupOf.put(member, group);
        if (other != null) {
          throw new IllegalArgumentException(
              member + " is in two groups, " + other + " and " + group);
        }
      }
    });
    Set<String> names = new TreeSet<>();
    for (BorderMap.BorderUnit unit : map.units()) {
      names.add(groupOf.getOrDefault(unit.code(), unit.code()));
    }
    List<String> ordered = List.copyOf(names);
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      index.put(ordered.get(i), i);
    }
    int[] ofUnit = new int[map.units().size()];
    Map<String, Integer> byCode = new HashMap<>(index);
    for (BorderMap.BorderUnit unit : map.units()) {
      String name = groupOf.getOrDefault(unit.code(), unit.code());
      ofUnit[unit.index()] = index.getOrDefault(name, -1);
      byCode.put(unit.code(), ofUnit[unit.index()]);
    }
    return new Destinations(ordered, ofUnit, byCode, new TreeMap<>(groups));
  }

  /** The names of all destinations, sorted; an index into this list stands for a destination. */
  public List<String> names() {
    return names;
  }

  /** The destination that a unit's code or a group's name means. */
  public Optional<Integer> index(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** The units of each group, by its name. */
  public Map<String, List<String>> groups() {
    return groups;
  }

  int[] ofUnit() {
    return ofUnit;
  }
}
