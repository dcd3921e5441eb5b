package dev.holdfast.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Succession.Earlier;
import dev.holdfast.trust.Succession.Equivocation;
import dev.holdfast.trust.Succession.Follows;
import dev.holdfast.trust.Succession.Fork;
import dev.holdfast.trust.Succession.Gap;
import dev.holdfast.trust.Succession.Repeats;
import org.junit.jupiter.api.Test;

final class SuccessionTest {
  private static final Chain START = Chain.beginning(Samples.SOURCE);

  private static SignedStatement after(Chain chain, String text) {
    return Samples.sign(Samples.EDWARDS, chain, Samples.content(text));
  }

  private final SignedStatement one = after(START, "one");
  private final SignedStatement two = after(one.next(), "two");
  private final SignedStatement three = after(two.next(), "three");

  @Test
  void the_next_statement_follows() {
    assertThat(Succession.of(START, one.statement())).isEqualTo(new Follows());
    assertThat(Succession.of(one.statement(), two.statement())).isEqualTo(new Follows());
    assertThat(Succession.of(two.next(), three.statement())).isEqualTo(new Follows());
  }

  @Test
  void the_same_statement_repeats() {
    assertThat(Succession.of(two.statement(), two.statement())).isEqualTo(new Repeats());
  }

  @Test
  void what_is_missing_is_counted() {
    assertThat(Succession.of(one.statement(), three.statement())).isEqualTo(new Gap(1));
    assertThat(Succession.of(START, three.statement())).isEqualTo(new Gap(2));
  }

  @Test
  void another_statement_under_the_same_number_is_equivocation() {
    SignedStatement other = after(one.next(), "something else");
    assertThat(Succession.of(two.statement(), other.statement()))
        .isEqualTo(new Equivocation(2, two.statement().hash(), other.statement().hash()));
  }

  @Test
  void another_history_is_a_fork() {
    SignedStatement other = after(after(START, "something else").next(), "two");
    assertThat(Succession.of(one.statement(), other.statement()))
        .isInstanceOfSatisfying(
            Fork.class, fork -> assertThat(fork.expected()).isEqualTo(one.statement().hash()));
  }

  @Test
  void what_comes_before_is_not_judged() {
    assertThat(Succession.of(three.statement(), one.statement())).isEqualTo(new Earlier());
  }

  @Test
  void statements_of_two_sources_have_nothing_to_do_with_each_other() {
    SignedStatement other = after(Chain.beginning(new SourceId("somebody else")), "one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Succession.of(one.statement(), other.statement()));
    assertThatIllegalArgumentException().isThrownBy(() -> Succession.of(START, other.statement()));
  }
}
