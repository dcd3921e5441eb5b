package dev.holdfast.bench;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.policy.Accelerator;
import dev.holdfast.policy.CountryGroups;
import dev.holdfast.policy.Decider;
import dev.holdfast.policy.DecisionWords;
import dev.holdfast.policy.Outcome;
import dev.holdfast.policy.PolicyRecord;
import dev.holdfast.policy.Question;
import dev.holdfast.policy.QuestionReader;
import dev.holdfast.policy.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * How many questions are decided a second on one core, beside bare CEL that evaluates once each
 * condition of the law of that day, in turn in the same run.
 *
 * <p>Questions are drawn (seed 1): an accelerator of the catalogue, or one of drawn performance,
 * area and bandwidth; any destination, headquarters, kind and day of the record. Once with the
 * parent's headquarters told, once with it unknown, so that every kind of headquarters is tried.
 * Each line gives the median of the turns. A decision carries its trace and what would change it;
 * "as JSON's sentence" words it too.
 */
public final class PolicyRates {
  private static final int TURNS = 15;
  private static final int WARM_UP = 5;
  private static final long TURN = 300_000_000;
  private static final int QUESTIONS = 100_000;
  private static final List<String> KINDS = List.of("export", "reexport", "transfer");

  private PolicyRates() {}

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(Machine.describe(Path.of(".")));
    PolicyRecord record = PolicyRecord.builtIn();
    Decider decider = new Decider(record);
    DecisionWords words = new DecisionWords(MessageCatalogue.in(Locale.ENGLISH));
    Bare bare = new Bare(record);
    // The laws of all days, and the compiler, come first.
    drawn(record, true).forEach(question -> count(decider.decide(question).outcome()));
    System.out.println("questions                  decisions/s   bare CEL/s  ratio");
    line("told", drawn(record, true), question -> count(decider.decide(question).outcome()), bare);
    line(
        "told, in words",
        drawn(record, true),
        question -> words.json(decider.decide(question), true).trace().size(),
        bare);
    line(
        "headquarters unknown",
        drawn(record, false),
        question -> count(decider.decide(question).outcome()),
        bare);
  }

  private static int count(Outcome outcome) {
    return outcome.word().length();
  }

  private static void line(
      String name, List<Question> questions, ToIntFunction<Question> work, Bare bare) {
    double[] ours = new double[TURNS];
    double[] peer = new double[TURNS];
    double[] ratios = new double[TURNS];
    for (int i = -WARM_UP; i < TURNS; i++) {
      double decided = rate(questions, work);
      double evaluated = rate(questions, bare::evaluate);
      if (i >= 0) {
        ours[i] = decided;
        peer[i] = evaluated;
        ratios[i] = decided / evaluated;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-26s %11.0f %12.0f %6.2f%n",
        name,
        median(ours),
        median(peer),
        median(ratios));
  }

  private static double rate(List<Question> questions, ToIntFunction<Question> work) {
    long from = System.nanoTime();
    long times = 0;
    long sum = 0;
    while (System.nanoTime() - from < TURN) {
      sum += work.applyAsInt(questions.get((int) (times % questions.size())));
      times++;
    }
    if (sum == 0) {
      throw new IllegalStateException("nothing was decided");
    }
    return times * 1e9 / (System.nanoTime() - from);
  }

  private static List<Question> drawn(PolicyRecord record, boolean told) {
    SplittableRandom random = new SplittableRandom(1);
    List<String> countries = List.copyOf(CountryGroups.countries());
    List<Accelerator> items = record.catalogue().items();
    QuestionReader reader = new QuestionReader(record, record.compiled());
    long days = record.compiled().toEpochDay() - record.begins().toEpochDay();
    List<Question> all = new ArrayList<>();
    while (all.size() < QUESTIONS) {
      Map<String, String> fields = new HashMap<>();
      if (random.nextBoolean()) {
        fields.put("item", items.get(random.nextInt(items.size())).sku());
      } else {
        fields.put("item", "drawn");
        fields.put("tpp", Integer.toString(random.nextInt(1, 60_000)));
        fields.put("dieArea", Integer.toString(random.nextInt(100, 1700)));
        fields.put("memoryBandwidth", Integer.toString(random.nextInt(100, 9000)));
        fields.put("interconnect", Integer.toString(random.nextInt(32, 2000)));
        fields.put("market", random.nextInt(4) == 0 ? "consumer" : "datacenter");
        fields.put("vendor", random.nextBoolean() ? "NVIDIA" : "AMD");
      }
      String to = countries.get(random.nextInt(countries.size()));
      fields.put("to", to.equals("US") ? "CN" : to);
      if (told) {
        fields.put("parentHq", countries.get(random.nextInt(countries.size())));
      }
      fields.put("kind", KINDS.get(random.nextInt(KINDS.size())));
      LocalDate date = record.begins().plusDays(random.nextLong(days + 1));
      fields.put("date", date.toString());
      fields.put("knownOn", date.toString());
      all.add(reader.read(field -> Optional.ofNullable(fields.get(field))));
    }
    return all;
  }

  /** CEL alone: each condition that is tested on the day, once. */
  private static final class Bare {
    private record Row(Rule rule, Program program) {}

    private final List<Row> rows = new ArrayList<>();

    Bare(PolicyRecord record) {
      CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder();
      for (String number :
          List.of("tpp", "performanceDensity", "memoryBandwidth", "interconnect")) {
        builder.addVar(number, SimpleType.DOUBLE);
      }
      for (String truth : List.of("dataCentre", "listed", "ownedByListed")) {
        builder.addVar(truth, SimpleType.BOOL);
      }
      for (String text : List.of("vendor", "item", "paragraph", "kind", "from", "endUse")) {
        builder.addVar(text, SimpleType.STRING);
      }
      CelCompiler compiler = builder.build();
      CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder().build();
      for (Rule rule : record.rules()) {
        rule.condition()
            .ifPresent(condition -> {
              try {
                rows.add(
                    new Row(
                        rule, runtime.createProgram(compiler.compile(condition.text()).getAst())));
              } catch (CelValidationException | CelEvaluationException e) {
                throw new IllegalStateException(condition.text(), e);
              }
            });
      }
    }

    int evaluate(Question question) {
      Map<String, Object> values = new HashMap<>();
      double tpp = question.item().tpp().least();
      double area = question.item().area().least();
      values.put("tpp", tpp);
      values.put("performanceDensity", area == 0 ? 0.0 : tpp / area);
      values.put(
          "memoryBandwidth", question.item().bandwidth().map(Number::doubleValue).orElse(0.0));
      values.put(
          "interconnect", question.item().interconnect().map(Number::doubleValue).orElse(0.0));
      values.put("dataCentre", question.item().dataCentre().orElse(true));
      values.put("listed", false);
      values.put("ownedByListed", false);
      values.put("vendor", question.item().vendor());
      values.put("item", question.item().sku());
      values.put("paragraph", "3A090.a.1");
      values.put("kind", question.kind().word());
      values.put("from", question.from());
      values.put("endUse", "");
      int held = 1;
      for (Row row : rows) {
        if (row.rule().valid().hold(question.date())
            && row.rule().recorded().hold(question.knownOn())) {
          try {
            held += (Boolean) row.program().eval(values) ? 1 : 0;
          } catch (CelEvaluationException e) {
            throw new IllegalStateException(row.rule().id(), e);
          }
        }
      }
      return held;
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
