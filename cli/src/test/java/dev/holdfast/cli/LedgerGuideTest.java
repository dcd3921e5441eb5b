package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in docs/ledger.md, which shares no code with Holdfast, says the same. */
final class LedgerGuideTest {
  @TempDir private Path folder;

  @Test
  void an_outsider_checks_proofs_with_the_script_of_the_guide() throws Exception {
    assumeTrue(runs("node", "--version") == 0, "node is not on this machine");
    Matcher script =
        Pattern.compile("```js\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/ledger.md")));
    assertThat(script.find()).isTrue();
    Files.writeString(folder.resolve("check.mjs"), script.group(1));
    Desk desk = new Desk(folder);
    String vkey =
        desk.run("ledger", "init", at("log"), "--origin", "example.com/log", "--key", at("key"))
            .out()
            .strip();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lines.append("entry ").append(i).append('\n');
    }
    Files.writeString(folder.resolve("lines"), lines);
    desk.run("ledger", "append", at("log"), "--key", at("key"), "--lines", at("lines"));
    for (int index : new int[] {0, 1, 128, 255, 256, 298, 299}) {
      String proof = desk.run("ledger", "prove", at("log"), Integer.toString(index)).out();
      Files.writeString(folder.resolve("proof"), proof);
      Files.writeString(folder.resolve("right"), "entry " + index);
      Files.writeString(folder.resolve("wrong"), "entry " + index + "0");
      assertThat(runs("node", at("check.mjs"), at("proof"), at("right"), vkey))
          .as("entry " + index)
          .isZero();
      assertThat(runs("node", at("check.mjs"), at("proof"), at("wrong"), vkey)).isEqualTo(1);
      Files.writeString(folder.resolve("proof"), proof.replace("index " + index, "index 77"));
      assertThat(runs("node", at("check.mjs"), at("proof"), at("right"), vkey)).isEqualTo(1);
    }
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static int runs(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      assertThat(out).isNotEmpty();
      return status;
    } catch (IOException e) {
      return -1;
    }
  }
}
