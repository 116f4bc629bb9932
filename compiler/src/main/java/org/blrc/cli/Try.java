package org.blrc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.program.Program.State;
import org.blrc.program.ProgramSignature;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import org.blrc.trial.Contender;
import org.blrc.trial.Numbers;
import org.blrc.trial.Problem;
import org.blrc.trial.Progress;
import org.blrc.trial.Roles;
import org.blrc.trial.Trial;
import org.blrc.trial.TrialRequest;
import org.blrc.trial.TrialTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code blrc try}: trains with the optimizers and compares them. */
@Command(name = "try", description = "Train on a small problem with real gradients, and compare.")
final class Try implements Callable<Integer> {

  @ParentCommand private Blrc blrc;

  @Parameters(paramLabel = "SPEC", description = "The spec file; - reads standard input.")
  private String spec;

  @Option(
      names = "--against",
      paramLabel = "SPEC",
      arity = "1..*",
      description = "Further spec files to compare it with.")
  private List<String> against = List.of();

  @Option(
      names = "--problem",
      paramLabel = "NAME",
      description = "quadratic (the default), logistic or digits.")
  private String problem = "quadratic";

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Give a hyper-parameter a value; may be repeated.")
  private Map<String, Double> settings = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of all randomness; 1 by default.")
  private long seed = 1;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "Where to draw the training curves, as .svg or .png; try-PROBLEM.svg by default.")
  private Path plot;

  @Override
  public Integer call() throws SpecException {
    Problem chosen = Problem.named(problem);
    List<Contender<?>> contenders = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (String each : Stream.concat(Stream.of(spec), against.stream()).toList()) {
      try {
        Unit unit = Checker.check(Loader.load(each), blrc::warn);
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
    Path drawing = plot == null ? Path.of("try-" + problem + ".svg") : plot;
    TrialRequest request =
        new TrialRequest(chosen, contenders, settings, seed, Optional.of(drawing));
    blrc.out().print(TrialTable.print(Trial.run(request, Progress.onTerminal())));
    blrc.out().println("curves: " + drawing);
    return ExitCode.OK;
  }

  private static Contender<double[]> contender(Unit unit, Optimizer optimizer)
      throws SpecException {
    Program program = Deriver.derive(unit, optimizer).program();
    CompiledProgram compiled = Executable.of(optimizer, program);
    List<String> open =
        program.states().stream()
            .filter(state -> state.initial().isEmpty())
            .map(State::name)
            .toList();
    return new Contender<>(
        ProgramSignature.of(program),
        Roles.of(optimizer, program),
        Numbers.DOUBLE,
        (initial, hypers) ->
            compiled.doubles(
                initial.length,
                hypers,
                open.stream().collect(Collectors.toMap(name -> name, _ -> initial))));
  }
}
