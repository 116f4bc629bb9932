package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Literal;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Formula;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Suggestions;
import org.blrc.program.Program.State;
import org.blrc.runtime.cuda.Argument;

/**
 * What is the same for all coordinates of a kernel. What the host knows before the launch is
 * passed; what depends on sums or on shared states is computed by each thread, in double precision.
 */
final class KernelScalars {

  private final ProgramPlan plan;
  private final Precision precision;
  private final Names names;
  private final boolean later;
  private final List<HostScalar> passed = new ArrayList<>();
  private final Map<Arith, String> working = new HashMap<>();
  private final Map<Arith, String> exact = new HashMap<>();
  private final Set<Argument> arguments = EnumSet.noneOf(Argument.class);
  private final Code computed = new Code(1);
  private final Formula text;

  /**
   * @param later whether they are those of the step that follows
   */
  KernelScalars(ProgramPlan plan, Precision precision, Names names, boolean later) {
    this.later = later;
    this.plan = plan;
    this.precision = precision;
    this.names = names;
    this.text = new Formula(CudaDialect.CUDA, Precision.DOUBLE, this::exactName, part -> part);
  }

  List<HostScalar> passed() {
    return passed;
  }

  /** Which other arguments are read. */
  Set<Argument> arguments() {
    return arguments;
  }

  /** The declarations at the head of the kernel. */
  Code code() {
    Code code = new Code(1);
    for (HostScalar scalar : passed) {
      code.line(
          "const %s %s = scalars.%s;"
              .formatted(
                  (scalar.exact() ? Precision.DOUBLE : precision).keyword(),
                  scalar.name(),
                  scalar.name()));
    }
    return code.add(computed);
  }

  /** The variable, in the working precision, for a value. */
  String name(Arith arith) {
    String known = working.get(arith);
    if (known == null) {
      known = isOfHost(arith) ? pass(arith, false) : compute(arith);
      working.put(arith, known);
    }
    return known;
  }

  /** A value in double precision, as text. */
  String value(Arith arith) {
    return text.write(arith);
  }

  private String pass(Arith arith, boolean exactly) {
    String name = names.fresh(Suggestions.name(arith));
    passed.add(new HostScalar(name, bare(arith), exactly, later));
    return name;
  }

  private static Arith bare(Arith arith) {
    return arith instanceof Hoisted(Arith value) ? value : arith;
  }

  private String compute(Arith arith) {
    String value = text.writeCast(bare(arith), precision);
    String name = names.fresh(Suggestions.name(arith));
    computed.statement("const %s %s = ".formatted(precision.keyword(), name), value);
    return name;
  }

  /**
   * A value that others are made of is computed once: written out, it would be so again and again.
   */
  private String declare(Arith local, Arith definition) {
    String known = exact.get(local);
    if (known == null) {
      String value = text.write(bare(definition));
      known = names.fresh(Suggestions.name(local));
      computed.statement("const double %s = ".formatted(known), value);
      exact.put(local, known);
    }
    return known;
  }

  /** Whether the host knows a value before the kernel is launched. */
  private boolean isOfHost(Arith arith) {
    return plan.sources(bare(arith)).stream()
        .allMatch(
            source ->
                switch (source) {
                  case Source.HyperValue _,
                      Source.StepNumber _,
                      Source.Constant _,
                      Source.Share _,
                      Source.DrawWeight _,
                      Source.ExampleWeight _,
                      Source.Local _ ->
                      true;
                  case Source.Total _, Source.SharedValue _, Source.SharedNext _ -> false;
                  case Source.Element _ -> false;
                });
  }

  private String exactName(Arith part) {
    return switch (part) {
      case Literal _ -> null;
      case Ref(Source.Constant constant) -> CudaDialect.constant(constant);
      case Ref(Source.Total(var sum)) -> {
        arguments.add(Argument.TOTALS);
        String total = "totals[%s]".formatted(plan.program().sums().indexOf(sum));
        yield sum.mean() ? "(%s / totals[%s])".formatted(total, coordinates()) : total;
      }
      case Ref(Source.SharedValue(State state)) -> {
        arguments.add(Argument.SHARED);
        yield "shared[%s]".formatted(shared().indexOf(state));
      }
      case Ref(Source.SharedNext(State state)) -> {
        arguments.add(Argument.NEXT);
        yield "next[%s]".formatted(shared().indexOf(state));
      }
      case Ref(Source.Local local) when !isOfHost(part) -> declare(part, plan.definition(local));
      default -> isOfHost(part) ? exact.computeIfAbsent(part, each -> pass(each, true)) : null;
    };
  }

  /** Behind the sums stands the number of coordinates. */
  private int coordinates() {
    return plan.program().sums().size();
  }

  private List<State> shared() {
    return plan.program().states().stream().filter(State::shared).toList();
  }
}
