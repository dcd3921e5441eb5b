package dev.holdfast.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelUnparser;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Types conditions, and refuses what its proofs could not follow. */
final class ConditionCompiler {
  static final String PARAGRAPH = "paragraph";

  /** What conditions may ask, with its type. */
  static final Map<String, CelType> VARIABLES;

  static {
    Map<String, CelType> variables = new LinkedHashMap<>();
    variables.put(Facts.TPP, SimpleType.DOUBLE);
    variables.put(Facts.DENSITY, SimpleType.DOUBLE);
    variables.put(Facts.BANDWIDTH, SimpleType.DOUBLE);
    variables.put(Facts.INTERCONNECT, SimpleType.DOUBLE);
    variables.put("dataCentre", SimpleType.BOOL);
    variables.put("vendor", SimpleType.STRING);
    variables.put("item", SimpleType.STRING);
    variables.put(PARAGRAPH, SimpleType.STRING);
    variables.put("kind", SimpleType.STRING);
    variables.put("from", SimpleType.STRING);
    variables.put("endUse", SimpleType.STRING);
    variables.put("listed", SimpleType.BOOL);
    variables.put("ownedByListed", SimpleType.BOOL);
    VARIABLES = Map.copyOf(variables);
  }

  private static final String AND = "_&&_";
  private static final String OR = "_||_";
  private static final String NOT = "!_";
  private static final String IN = "@in";
  private static final Set<String> EQUALITY = Set.of("_==_", "_!=_");
  private static final Set<String> ORDER = Set.of("_<_", "_<=_", "_>_", "_>=_");

  private final CelCompiler compiler;
  private final CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder().build();
  private final CelUnparser unparser = CelUnparserFactory.newUnparser();
  private final Map<String, Condition> compiled = new HashMap<>();

  /** Why a condition is refused, where in it: line and column from 1. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(int line, int column, String reason) {
      super("line " + line + ", column " + column + ": " + reason);
    }
  }

  ConditionCompiler() {
    CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder();
    VARIABLES.forEach(builder::addVar);
    compiler = builder.setResultType(SimpleType.BOOL).build();
  }

  /**
   * Types a condition and takes it apart.
   *
   * @throws Refused naming the place
   */
  Condition compile(String text) {
    // Rows of one rule say the same on other days.
    Condition known = compiled.get(text);
    if (known == null) {
      known = typed(text);
      compiled.put(text, known);
    }
    return known;
  }

  private Condition typed(String text) {
    CelValidationResult result = compiler.compile(text);
    if (result.hasError()) {
      CelIssue first = result.getErrors().getFirst();
      throw new Refused(
          first.getSourceLocation().getLine(),
          first.getSourceLocation().getColumn() + 1,
          first.getMessage().lines().findFirst().orElse("malformed"));
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      Parts parts = new Parts(tree);
      parts.visit(tree.getExpr());
      List<Condition.Part> all = new ArrayList<>();
      for (CelExpr each : conjuncts(tree.getExpr(), new ArrayList<>())) {
        all.add(part(tree, each));
      }
      return new Condition(text, all, parts.thresholds, parts.literals, parts.variables);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private Condition.Part part(CelAbstractSyntaxTree tree, CelExpr each)
      throws CelEvaluationException {
    CelAbstractSyntaxTree typed =
        CelAbstractSyntaxTree.newCheckedAst(
            each, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap());
    String text = unparser.unparse(CelAbstractSyntaxTree.newParsedAst(each, tree.getSource()));
    return new Condition.Part(text, runtime.createProgram(typed));
  }

  private static List<CelExpr> conjuncts(CelExpr tree, List<CelExpr> all) {
    if (isCall(tree) && tree.call().function().equals(AND)) {
      tree.call().args().forEach(each -> conjuncts(each, all));
    } else {
      all.add(tree);
    }
    return all;
  }

  private static boolean isCall(CelExpr tree) {
    return tree.getKind() == CelExpr.ExprKind.Kind.CALL;
  }

  /** Walks over a tree, and collects what its variables are compared with. */
  private static final class Parts {
    private final CelAbstractSyntaxTree tree;
    private final Map<String, SortedSet<Double>> thresholds = new TreeMap<>();
    private final Map<String, Set<String>> literals = new TreeMap<>();
    private final Set<String> variables = new TreeSet<>();

    Parts(CelAbstractSyntaxTree tree) {
      this.tree = tree;
    }

    void visit(CelExpr each) {
      switch (each.getKind()) {
        case IDENT -> variables.add(each.ident().name());
        case CONSTANT -> {
          if (each.constant().getKind() != CelConstant.Kind.BOOLEAN_VALUE) {
            throw refused(each);
          }
        }
        case CALL -> call(each);
        default -> throw refused(each);
      }
    }

    private void call(CelExpr each) {
      String function = each.call().function();
      List<CelExpr> arguments = each.call().args();
      if (function.equals(AND) || function.equals(OR) || function.equals(NOT)) {
        arguments.forEach(this::visit);
      } else if (EQUALITY.contains(function) || (ORDER.contains(function) && numbers(arguments))) {
        compared(each, arguments.get(0), arguments.get(1));
      } else if (function.equals(IN) && arguments.get(1).getKind() == CelExpr.ExprKind.Kind.LIST) {
        if (arguments.get(1).list().elements().isEmpty()) {
          throw refused(each);
        }
        for (CelExpr constant : arguments.get(1).list().elements()) {
          compared(each, arguments.get(0), constant);
        }
      } else {
        throw refused(each);
      }
    }

    private boolean numbers(List<CelExpr> arguments) {
      return tree.getTypeOrThrow(arguments.getFirst().id()).equals(SimpleType.DOUBLE);
    }

    private void compared(CelExpr whole, CelExpr variable, CelExpr constant) {
      if (variable.getKind() != CelExpr.ExprKind.Kind.IDENT
          || constant.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
        throw refused(whole);
      }
      String name = variable.ident().name();
      variables.add(name);
      CelConstant value = constant.constant();
      switch (value.getKind()) {
        case DOUBLE_VALUE -> {
          // No number here is negative, and a minus zero would be a cell of its own.
          if (Double.compare(value.doubleValue(), 0) < 0) {
            throw refused(whole);
          }
          thresholds.computeIfAbsent(name, key -> new TreeSet<>()).add(value.doubleValue());
        }
        case STRING_VALUE ->
            literals.computeIfAbsent(name, key -> new TreeSet<>()).add(value.stringValue());
        case BOOLEAN_VALUE -> {}
        default -> throw refused(whole);
      }
    }

    private Refused refused(CelExpr each) {
      var location =
          tree.getSource()
              .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(each.id(), 0))
              .orElseThrow();
      return new Refused(
          location.getLine(),
          location.getColumn() + 1,
          "only comparisons of one variable with constants that are not negative, joined by &&, || and"
              + " !, can be proved");
    }
  }
}
