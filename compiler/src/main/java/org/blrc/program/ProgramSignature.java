package org.blrc.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.State;
import org.blrc.runtime.Guard;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Interval;
import org.blrc.runtime.Question;
import org.blrc.runtime.Signature;
import org.blrc.runtime.SumPass;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Sym;

/** What a program looks like to the users of its optimizers. */
public final class ProgramSignature {

  private ProgramSignature() {}

  /** The signature of the optimizers that run a program. */
  public static Signature of(Program program) {
    return new Signature(
        program.name(),
        program.hypers().stream().map(ProgramSignature::hyperParameter).toList(),
        program.states().stream().map(State::name).toList(),
        program.phases().stream()
            .map(
                phase ->
                    phase.answers().stream()
                        .map(answer -> question(answer, program.components()))
                        .toList())
            .toList(),
        program.samples().isPresent(),
        program.sumPasses().stream()
            .map(pass -> new SumPass(pass.getFirst().after(), pass.size()))
            .toList(),
        program.safeguard().guarded().stream().map(each -> guard(program, each)).toList(),
        !program.safeguard().backOff().isEmpty(),
        program.states().stream().filter(State::shared).map(State::name).toList(),
        common(program));
  }

  /** The hyper-parameters on which the new values of shared states and means depend. */
  private static List<String> common(Program program) {
    List<Expr> shared = new ArrayList<>();
    program.update().stream().map(Program.Assign::target).filter(Sym::shared).forEach(shared::add);
    program.sums().stream()
        .filter(CoordinateSum::mean)
        .map(CoordinateSum::body)
        .forEach(shared::add);
    Set<String> used = new Definitions(program).hypers(shared);
    return program.hypers().stream().map(Hyper::name).filter(used::contains).toList();
  }

  private static Guard guard(Program program, Sym guarded) {
    return new Guard(
        program.states().stream().map(State::name).toList().indexOf(guarded.name()),
        interval(guarded.domain()));
  }

  /** A domain as the runtime sees it. */
  public static Interval interval(Domain domain) {
    return new Interval(domain.lower(), domain.lowerClosed(), domain.upper(), domain.upperClosed());
  }

  /**
   * The values of a program's hyper-parameters, in its order.
   *
   * @param given by name; the others take their defaults
   * @throws IllegalArgumentException if a value is missing, lies outside its domain, or belongs to
   *     no hyper-parameter
   */
  public static double[] hyperValues(Program program, Map<String, Double> given) {
    for (String name : given.keySet()) {
      if (program.hypers().stream().noneMatch(hyper -> hyper.name().equals(name))) {
        throw new IllegalArgumentException(
            "%s has no hyper-parameter %s".formatted(program.name(), name));
      }
    }
    return program.hypers().stream().mapToDouble(hyper -> value(hyper, given)).toArray();
  }

  private static double value(Hyper hyper, Map<String, Double> given) {
    Double value = given.get(hyper.name());
    if (value == null) {
      value =
          hyper
              .byDefault()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "hyper-parameter %s has no default: give its value"
                              .formatted(hyper.name())));
    }
    return hyperParameter(hyper).check(value);
  }

  /** A hyper-parameter as the runtime sees it. */
  private static HyperParameter hyperParameter(Hyper hyper) {
    Domain domain = hyper.domain();
    return new HyperParameter(
        hyper.name(),
        domain.lower(),
        domain.lowerClosed(),
        domain.upper(),
        domain.upperClosed(),
        hyper.byDefault().orElse(Double.NaN));
  }

  private static Question question(Answer answer, int components) {
    return new Question(
        answer.function(),
        answer.kind().label(),
        answer.kind().perExample(),
        answer.kind().order() == 0 ? 1 : components);
  }
}
