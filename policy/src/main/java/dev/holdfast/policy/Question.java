package dev.holdfast.policy;

import java.time.LocalDate;
import java.util.Optional;

/**
 * May this item go there?
 *
 * @param item what it is, of the catalogue or described by itself
 * @param quantity how many
 * @param from country that it leaves; blank where that is not known
 * @param to country of destination, where its end user is
 * @param parentHq country of the headquarters of the end user or of its ultimate parent, where
 *     known: of two that differ the one in Macau or D:5, since either counts
 * @param endUser a name for people; not screened here
 * @param endUse what it is known to be for; blank where nothing is known
 * @param date on which it goes
 * @param knownOn the day up to which the record is read
 * @param listed whether a party is known to be on a list
 * @param ownedByListed whether half or more of a party is known to be owned by listed ones
 */
public record Question(
    Accelerator item,
    long quantity,
    Kind kind,
    String from,
    String to,
    Optional<String> parentHq,
    String endUser,
    String endUse,
    LocalDate date,
    LocalDate knownOn,
    boolean listed,
    boolean ownedByListed) {
  Question on(LocalDate day) {
    return new Question(
        item,
        quantity,
        kind,
        from,
        to,
        parentHq,
        endUser,
        endUse,
        day,
        knownOn,
        listed,
        ownedByListed);
  }

  Question by(Kind other, String place) {
    return new Question(
        item,
        quantity,
        other,
        place,
        to,
        parentHq,
        endUser,
        endUse,
        date,
        knownOn,
        listed,
        ownedByListed);
  }

  Question to(String country) {
    return new Question(
        item,
        quantity,
        kind,
        from,
        country,
        parentHq,
        endUser,
        endUse,
        date,
        knownOn,
        listed,
        ownedByListed);
  }

  Question headquarters(Optional<String> country) {
    return new Question(
        item,
        quantity,
        kind,
        from,
        to,
        country,
        endUser,
        endUse,
        date,
        knownOn,
        listed,
        ownedByListed);
  }

  Question without(boolean use, boolean lists) {
    return new Question(
        item,
        quantity,
        kind,
        from,
        to,
        parentHq,
        endUser,
        use ? "" : endUse,
        date,
        knownOn,
        !lists && listed,
        !lists && ownedByListed);
  }
}
