package org.blrc.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blrc.syntax.Code;
import org.blrc.syntax.Explanation;
import org.blrc.syntax.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code blrc explain}: what the code of a diagnostic means. */
@Command(name = "explain", description = "Explain the code of a diagnostic.")
final class Explain implements Callable<Integer> {

  @ParentCommand private Blrc blrc;
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "CODE",
      arity = "0..1",
      description = "A code such as BLR0201; without one, all codes are listed.")
  private String id;

  @Override
  public Integer call() throws IOException {
    if (id == null) {
      for (Code code : Code.values()) {
        blrc.out()
            .println("%s  %-7s  %s".formatted(code.id(), code.severity().label(), code.title()));
      }
      return ExitCode.OK;
    }
    List<String> ids = Arrays.stream(Code.values()).map(Code::id).toList();
    Optional<Code> code =
        Arrays.stream(Code.values()).filter(c -> c.id().equalsIgnoreCase(id)).findFirst();
    if (code.isEmpty()) {
      String hint = Spelling.hint(id, ids).orElse("`blrc explain` lists all codes");
      throw new ParameterException(
          command.commandLine(), "there is no code `%s`: %s".formatted(id, hint));
    }
    blrc.out().print(Explanation.of(code.get()));
    return ExitCode.OK;
  }
}
