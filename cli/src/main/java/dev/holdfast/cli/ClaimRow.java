package dev.holdfast.cli;

import dev.holdfast.base.CsvRow;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of {@code --claims}: {@code target,latitude,longitude,within_km,country,
 * excluded_country}; every filled question is asked.
 */
record ClaimRow(TargetId target, List<Claim> claims) {
  private static final double WIDEST = 20_004;

  static ClaimRow parse(CsvRow row, NaturalEarth earth, Destinations destinations) {
    TargetId target = Fields.id(row, "target", TargetId::new);
    List<Claim> claims = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String column : List.of("latitude", "longitude", "within_km")) {
      if (row.text(column).isEmpty()) {
        missing.add(column);
      }
    }
    if (missing.isEmpty()) {
      claims.add(
          new Claim.Within(
              new Position(row.number("latitude", -90, 90), row.number("longitude", -180, 180)),
              Distance.ofKilometres(row.number("within_km", 0, WIDEST))));
    } else if (missing.size() < 3) {
      throw row.fault(
          ErrorCode.INCOMPLETE_CLAIM,
          missing.getFirst(),
          "a claim about a point needs latitude, longitude and within_km");
    }
    row.text("country")
        .ifPresent(code ->
            claims.add(new Claim.Inside(country(row, "country", code, earth, destinations))));
    row.text("excluded_country")
        .ifPresent(code ->
            claims.add(
                new Claim.Outside(country(row, "excluded_country", code, earth, destinations))));
    if (claims.isEmpty()) {
      throw row.fault(ErrorCode.INCOMPLETE_CLAIM, "target", "the row asks no question");
    }
    return new ClaimRow(target, claims);
  }

  private static String country(
      CsvRow row, String column, String code, NaturalEarth earth, Destinations destinations) {
    // A destination of one's own may bear the name of an alias.
    String canonical = destinations.index(code).isPresent() ? code : earth.canonical(code);
    if (destinations.index(canonical).isPresent()) {
      return canonical;
    }
    String reason =
        earth
            .drawnAs(canonical)
            .map(unit ->
                Problem.quote(code)
                    + (unit.isEmpty()
                        ? " is not drawn on the map"
                        : " has no borders of its own on the map, which draws it as part of "
                            + unit))
            .orElseGet(() ->
                Problem.quote(code)
                    + " is neither an ISO 3166 alpha-2 code in capitals nor the name of a"
                    + " destination");
    throw row.fault(ErrorCode.UNKNOWN_COUNTRY, column, reason);
  }
}
