package dev.holdfast.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CaseBookTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private final CaseBook book = new CaseBook();

  private Finding add(Severity severity, int day, String... about) {
    Finding finding =
        new Finding(
            "noticed",
            severity,
            about[0],
            Reason.of("watch.noticed"),
            START.plus(Duration.ofDays(day)),
            List.of((long) day),
            List.of(about));
    book.add(finding);
    return finding;
  }

  @Test
  void light_findings_open_no_case() {
    add(Severity.LOW, 1, "chip:a", "site:hall");
    assertThat(book.cases()).isEmpty();
  }

  @Test
  void a_case_takes_along_what_was_light_and_about_the_same_shortly_before() {
    Finding old = add(Severity.LOW, 1, "chip:a", "site:hall");
    Finding near = add(Severity.LOW, 20, "chip:a", "site:hall");
    Finding other = add(Severity.LOW, 21, "chip:z", "site:far");
    Finding heavy = add(Severity.MEDIUM, 22, "board:b", "site:hall");
    CaseBook.Case only = book.cases().iterator().next();
    assertThat(only.findings()).containsExactly(near, heavy).doesNotContain(old, other);
    assertThat(only.since()).isEqualTo(heavy.at());
    assertThat(only.severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void findings_about_one_chip_are_one_story_while_something_of_weight_comes_every_two_weeks() {
    add(Severity.MEDIUM, 1, "chip:a", "site:hall");
    add(Severity.MEDIUM, 14, "chip:a", "site:hall");
    add(Severity.HIGH, 27, "chip:a", "site:abroad");
    assertThat(book.cases()).hasSize(1);
    assertThat(book.cases().iterator().next().about())
        .containsExactly("chip:a", "site:abroad", "site:hall");
  }

  @Test
  void what_is_found_of_a_chip_long_after_is_another_story_and_the_old_one_stays_as_it_is() {
    Finding before = add(Severity.MEDIUM, 1, "chip:a", "host:h", "site:hall");
    add(Severity.LOW, 12, "chip:a", "host:h");
    Finding light = add(Severity.LOW, 17, "chip:a");
    Finding later = add(Severity.HIGH, 20, "chip:a", "host:h", "site:hall");
    Finding last = add(Severity.MEDIUM, 30, "host:h");
    assertThat(book.cases()).hasSize(2);
    CaseBook.Case old = book.cases().iterator().next();
    assertThat(old.number()).isEqualTo(1);
    assertThat(old.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(old.findings()).startsWith(before).hasSize(2);
    assertThat(List.copyOf(book.cases()).getLast().findings()).containsExactly(light, later, last);
  }

  @Test
  void findings_that_share_a_site_alone_are_one_story_within_two_weeks() {
    add(Severity.MEDIUM, 1, "chip:a", "site:hall");
    add(Severity.MEDIUM, 10, "chip:b", "site:hall");
    assertThat(book.cases()).hasSize(1);
    add(Severity.MEDIUM, 60, "chip:c", "site:hall");
    assertThat(book.cases()).hasSize(2);
  }

  @Test
  void a_chip_stays_with_its_newest_case_where_its_old_one_turns_out_to_be_another() {
    add(Severity.MEDIUM, 1, "chip:z");
    add(Severity.MEDIUM, 9, "chip:a", "chip:b");
    Finding later = add(Severity.MEDIUM, 24, "chip:a");
    add(Severity.MEDIUM, 12, "chip:z", "chip:b");
    Finding last = add(Severity.MEDIUM, 25, "chip:a");
    assertThat(book.cases().stream().map(CaseBook.Case::number)).containsExactly(1, 3);
    assertThat(List.copyOf(book.cases()).getLast().findings()).containsExactly(later, last);
  }

  @Test
  void what_belongs_to_two_cases_makes_one_of_them() {
    add(Severity.MEDIUM, 1, "chip:a", "site:hall");
    add(Severity.MEDIUM, 1, "chip:b", "site:far");
    assertThat(book.cases()).hasSize(2);
    add(Severity.LOW, 3, "board:x", "chip:a", "chip:b");
    CaseBook.Case only = book.cases().iterator().next();
    assertThat(book.cases()).hasSize(1);
    assertThat(only.number()).isEqualTo(1);
    assertThat(only.findings()).hasSize(3);
    add(Severity.LOW, 4, "chip:b");
    assertThat(book.cases().iterator().next().findings()).hasSize(4);
  }
}
