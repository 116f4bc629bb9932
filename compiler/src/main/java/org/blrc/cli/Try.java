package org.blrc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.blrc.check.Checker;
import org.blrc.derive.Derivation;
import org.blrc.derive.Deriver;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.blrc.trial.Contender;
import org.blrc.trial.CurvePlot;
import org.blrc.trial.Problem;
import org.blrc.trial.Problems;
import org.blrc.trial.Progress;
import org.blrc.trial.Trial;
import org.blrc.trial.TrialRequest;
import org.blrc.trial.TrialResult;
import org.blrc.trial.TrialTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code blrc try}: trains with the optimizers and compares them. */
final class Try implements Callable<Integer> {

  private final Blrc blrc;
  private final PositionalParamSpec spec = SpecArguments.file();
  private final OptionSpec against =
      Arguments.option(ArrayList.class, "SPEC", "--against")
          .auxiliaryTypes(String.class)
          .arity("1..*")
          .description("Further spec files to compare it with.")
          .initialValue(List.of())
          .build();
  private final OptionSpec problem =
      Arguments.option(String.class, "NAME", "--problem")
          .description(
              "One of %s; by default the first that fits the posterior."
                  .formatted(String.join(", ", Problems.names())))
          .build();
  private final OptionSpec settings =
      Arguments.option(LinkedHashMap.class, "NAME=VALUE", "--set")
          .auxiliaryTypes(String.class, Double.class)
          .description("Give a hyper-parameter a value; may be repeated.")
          .initialValue(Map.of())
          .build();
  private final OptionSpec seed =
      Arguments.option(long.class, "N", "--seed")
          .description("The seed of all randomness; 1 by default.")
          .initialValue(1L)
          .build();
  private final OptionSpec plot =
      Arguments.option(Path.class, "FILE", "--plot")
          .description(
              "Where to draw the training curves, as .svg or .png; try-PROBLEM.svg by default.")
          .build();

  private Try(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    Try self = new Try(blrc);
    return Arguments.command(self, "Train on a small problem with real gradients, and compare.")
        .addPositional(self.spec)
        .addOption(self.against)
        .addOption(self.problem)
        .addOption(self.settings)
        .addOption(self.seed)
        .addOption(self.plot);
  }

  @Override
  public Integer call() throws SpecException {
    Optional<Problems> named = Optional.ofNullable(problem.<String>getValue()).map(Problems::named);
    List<Contender<?>> contenders = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (String each :
        Stream.concat(Stream.of(spec.<String>getValue()), against.<List<String>>getValue().stream())
            .toList()) {
      try {
        Unit unit = Checker.check(Loader.load(each), blrc::warn);
        SpecArguments.requireOptimizer(unit, each);
        for (Optimizer optimizer : unit.optimizers()) {
          contenders.add(contender(unit, optimizer));
        }
      } catch (SpecException e) {
        diagnostics.addAll(e.diagnostics());
      }
    }
    if (!diagnostics.isEmpty()) {
      throw new SpecException(diagnostics);
    }
    Problem chosen = named.orElseGet(() -> Problems.byDefault(contenders)).make();
    Path drawing =
        Optional.ofNullable(plot.<Path>getValue()).orElse(Path.of("try-" + chosen.name() + ".svg"));
    CurvePlot.check(drawing);
    TrialRequest request =
        new TrialRequest(chosen, contenders, settings.getValue(), seed.<Long>getValue());
    TrialResult result = Trial.run(request, Progress.onTerminal());
    blrc.out().print(TrialTable.print(result));
    CurvePlot.write(result, drawing);
    blrc.out().println("curves: " + drawing);
    return ExitCode.OK;
  }

  private static Contender<double[]> contender(Unit unit, Optimizer optimizer)
      throws SpecException {
    Derivation derivation = Deriver.derive(unit, optimizer);
    return Contender.of(optimizer, derivation, Executable.of(optimizer, derivation.program()));
  }
}
