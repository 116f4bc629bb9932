package org.blrc.trial;

import java.nio.file.Path;
import java.util.Arrays;
import org.blrc.check.Checker;
import org.blrc.derive.Derivation;
import org.blrc.derive.Deriver;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;

/** Contenders made from specs. */
final class Specs {

  /** The posterior of hand-written optimizers over weights. */
  static final Posterior NORMAL =
      contender(
              """
              optimizer Plain {
                hyper      a: positive = 0.1
                state      m: real
                posterior  each x ~ Normal(mean = m, precision = 1)
                loss       f(x)
                rate       a
                approximate
                  delta_method
              }
              """)
          .posterior();

  private Specs() {}

  /** An optimizer of the zoo. */
  static Contender<double[]> zoo(String name) {
    try {
      return contender(Loader.load(Path.of("..", "specs", "zoo", name + ".blr").toString()));
    } catch (SpecException e) {
      throw new AssertionError(e);
    }
  }

  /** The only optimizer of a text. */
  static Contender<double[]> contender(String text) {
    return contender(Loader.load(new SourceFile("test.blr", text), Path.of(".")));
  }

  private static Contender<double[]> contender(Loaded loaded) {
    try {
      Unit unit = Checker.check(loaded, _ -> {});
      Optimizer optimizer = unit.optimizers().getFirst();
      Derivation derivation = Deriver.derive(unit, optimizer);
      return Contender.of(optimizer, derivation, CompiledProgram.of(derivation.program()));
    } catch (SpecException e) {
      throw new AssertionError(Arrays.toString(e.diagnostics().toArray()), e);
    }
  }
}
