package dev.holdfast.e2e;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe-core, with all of its rules, finds wrong with a page. */
final class Accessibility {
  private Accessibility() {}

  /** One line for each element that a rule finds wrong; empty where there is none. */
  static List<String> violations(Page page, String where) {
    AxeRunOptions options = new AxeRunOptions();
    // What passes is not described element by element: that takes longer than the rules do.
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page)
            .options(options)
            // The pages have no frames of another origin, for which alone axe would open another
            // tab.
            .setLegacyMode(true)
            .analyze()
            .getViolations()
            .stream()
            .flatMap(rule ->
                rule.getNodes().stream()
                    .map(node ->
                        String.join(
                            " ",
                            where,
                            rule.getId(),
                            rule.getHelp(),
                            String.valueOf(node.getTarget()),
                            String.valueOf(node.getFailureSummary()))))
            .toList();
  }
}
