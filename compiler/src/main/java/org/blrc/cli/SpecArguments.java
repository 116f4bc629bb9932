package org.blrc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.check.Checker;
import org.blrc.derive.Derivation;
import org.blrc.derive.Deriver;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Spelling;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The spec that a command works on. */
final class SpecArguments {

  private final PositionalParamSpec spec = file();
  private final OptionSpec optimizer =
      Arguments.option(String.class, "NAME", "--optimizer")
          .description("The optimizer, where the file declares several.")
          .build();

  /** The argument that names a spec. */
  static PositionalParamSpec file() {
    return Arguments.positional(String.class, "SPEC")
        .description("The spec file; - reads standard input.")
        .build();
  }

  /** Adds them to those of a command. */
  CommandSpec to(CommandSpec command) {
    return command.addPositional(spec).addOption(optimizer);
  }

  /** The spec, checked; its warnings are shown. */
  Unit read(Blrc blrc) throws SpecException {
    return Checker.check(Loader.load(spec.getValue()), blrc::warn);
  }

  /** The optimizers that are meant, with their derivations, in the order of the file. */
  static List<Derivation> derive(Unit unit, List<Optimizer> optimizers) throws SpecException {
    List<Derivation> derivations = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Optimizer optimizer : optimizers) {
      try {
        derivations.add(Deriver.derive(unit, optimizer));
      } catch (SpecException e) {
        diagnostics.addAll(e.diagnostics());
      }
    }
    if (!diagnostics.isEmpty()) {
      throw new SpecException(diagnostics);
    }
    return derivations;
  }

  /** The optimizers that are meant: all, unless one was named. */
  List<Optimizer> chosen(Unit unit) throws SpecException {
    String file = spec.getValue();
    requireOptimizer(unit, file);
    String named = optimizer.getValue();
    if (named == null) {
      return unit.optimizers();
    }
    List<String> names = unit.optimizers().stream().map(o -> o.name().text()).toList();
    return List.of(
        unit.optimizer(named)
            .orElseThrow(
                () ->
                    new SpecException(
                        problem(
                            Code.NO_OPTIMIZER,
                            "`%s` declares no optimizer `%s`".formatted(file, named),
                            Optional.of("it declares " + Spelling.list(names, "and"))))));
  }

  /** Refuses a file without an optimizer. */
  static void requireOptimizer(Unit unit, String file) throws SpecException {
    if (unit.optimizers().isEmpty()) {
      throw new SpecException(
          problem(
              Code.NO_OPTIMIZER, "`%s` declares no optimizer".formatted(file), Optional.empty()));
    }
  }

  /** The one optimizer that is meant. */
  Optimizer one(Unit unit) throws SpecException {
    List<Optimizer> chosen = chosen(unit);
    if (chosen.size() > 1) {
      List<String> names = chosen.stream().map(o -> o.name().text()).toList();
      throw new SpecException(
          problem(
              Code.NO_OPTIMIZER,
              "`%s` declares several optimizers: choose one with --optimizer"
                  .formatted(spec.<String>getValue()),
              Optional.of("it declares " + Spelling.list(names, "and"))));
    }
    return chosen.getFirst();
  }

  private static Diagnostic problem(Code code, String message, Optional<String> note) {
    return new Diagnostic(code, message, Optional.empty(), note, Optional.empty());
  }
}
