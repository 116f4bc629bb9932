package org.blrc.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blrc.syntax.Code;
import org.blrc.syntax.Explanation;
import org.blrc.syntax.Spelling;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** {@code blrc explain}: what the code of a diagnostic means. */
final class Explain implements Callable<Integer> {

  private final Blrc blrc;
  private final PositionalParamSpec code =
      Arguments.positional(String.class, "CODE")
          .arity("0..1")
          .required(false)
          .description("A code such as BLR0201; without one, all codes are listed.")
          .build();

  private Explain(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    Explain self = new Explain(blrc);
    return Arguments.command(self, "Explain the code of a diagnostic.").addPositional(self.code);
  }

  @Override
  public Integer call() throws IOException {
    String id = code.getValue();
    if (id == null) {
      for (Code each : Code.values()) {
        blrc.out()
            .println("%s  %-7s  %s".formatted(each.id(), each.severity().label(), each.title()));
      }
      return ExitCode.OK;
    }
    List<String> ids = Arrays.stream(Code.values()).map(Code::id).toList();
    Optional<Code> known =
        Arrays.stream(Code.values()).filter(c -> c.id().equalsIgnoreCase(id)).findFirst();
    if (known.isEmpty()) {
      String hint = Spelling.hint(id, ids).orElse("`blrc explain` lists all codes");
      throw new ParameterException(
          code.command().commandLine(), "there is no code `%s`: %s".formatted(id, hint));
    }
    blrc.out().print(Explanation.of(known.get()));
    return ExitCode.OK;
  }
}
