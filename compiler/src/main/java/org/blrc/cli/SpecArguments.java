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
    return chosen(unit, spec.getValue(), Optional.ofNullable(optimizer.getValue()));
  }

  /** The one optimizer that is meant. */
  Optimizer one(Unit unit) throws SpecException {
    return one(
        unit,
        spec.getValue(),
        Optional.ofNullable(optimizer.getValue()),
        "choose one with --optimizer");
  }

  /**
   * The one optimizer that is meant.
   *
   * @param hint how to choose one
   */
  static Optimizer one(Unit unit, String file, Optional<String> named, String hint)
      throws SpecException {
    List<Optimizer> chosen = chosen(unit, file, named);
    if (chosen.size() > 1) {
      throw new SpecException(
          problem(
              Code.NO_OPTIMIZER,
              "`%s` declares several optimizers: %s".formatted(file, hint),
              Optional.of("it declares " + names(unit))));
    }
    return chosen.getFirst();
  }

  private static List<Optimizer> chosen(Unit unit, String file, Optional<String> named)
      throws SpecException {
    requireOptimizer(unit, file);
    if (named.isEmpty()) {
      return unit.optimizers();
    }
    return List.of(
        unit.optimizer(named.get())
            .orElseThrow(
                () ->
                    new SpecException(
                        problem(
                            Code.NO_OPTIMIZER,
                            "`%s` declares no optimizer `%s`".formatted(file, named.get()),
                            Optional.of("it declares " + names(unit))))));
  }

  /** Refuses a file without an optimizer. */
  static void requireOptimizer(Unit unit, String file) throws SpecException {
    if (unit.optimizers().isEmpty()) {
      throw new SpecException(
          problem(
              Code.NO_OPTIMIZER, "`%s` declares no optimizer".formatted(file), Optional.empty()));
    }
  }

  private static String names(Unit unit) {
    return Spelling.list(unit.optimizers().stream().map(o -> o.name().text()).toList(), "and");
  }

  private static Diagnostic problem(Code code, String message, Optional<String> note) {
    return new Diagnostic(code, message, Optional.empty(), note, Optional.empty());
  }
}
