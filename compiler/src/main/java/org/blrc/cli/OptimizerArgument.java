package org.blrc.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.blrc.check.Checker;
import org.blrc.derive.Deriver;
import org.blrc.diff.Subject;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * An argument that says which optimizer of which spec: {@code FILE} or {@code FILE:NAME}.
 *
 * @param name absent where the file declares one only
 */
record OptimizerArgument(String file, Optional<String> name) {

  private static final String STANDARD_INPUT = "-";

  /** The argument at a place of the command line. */
  static PositionalParamSpec at(int index, String label) {
    return PositionalParamSpec.builder()
        .type(String.class)
        .index(Integer.toString(index))
        .arity("1")
        .required(true)
        .paramLabel(label)
        .description(
            index == 0
                ? "A spec file, with :NAME after it where it declares several optimizers; - reads"
                    + " standard input."
                : "Another one, or the same file with another :NAME.")
        .build();
  }

  /** A file may have a colon in its own name. */
  static OptimizerArgument of(String argument) {
    int colon = argument.lastIndexOf(':');
    return colon < 0 || exists(argument)
        ? new OptimizerArgument(argument, Optional.empty())
        : new OptimizerArgument(
            argument.substring(0, colon), Optional.of(argument.substring(colon + 1)));
  }

  private static boolean exists(String file) {
    try {
      return Files.exists(Path.of(file));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  static boolean isStandardInput(String argument) {
    return of(argument).file().equals(STANDARD_INPUT);
  }

  /** The optimizer that is meant, with its derivation; warnings about the spec are shown. */
  static Subject read(String argument, Blrc blrc) throws SpecException {
    OptimizerArgument meant = of(argument);
    Unit unit = Checker.check(Loader.load(meant.file()), blrc::warn);
    Optimizer optimizer =
        SpecArguments.one(
            unit,
            meant.file(),
            meant.name(),
            "choose one as in `" + meant.file() + ":" + firstName(unit) + "`");
    return new Subject(unit.source().name(), optimizer, Deriver.derive(unit, optimizer));
  }

  private static String firstName(Unit unit) {
    return unit.optimizers().stream().map(each -> each.name().text()).findFirst().orElse("NAME");
  }
}
