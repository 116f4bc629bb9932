package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.LoopBody.How;
import org.blrc.emit.arith.LoopBody.Store;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Questions;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.AnswerValue;
import org.blrc.emit.arith.Source.Reduced;
import org.blrc.emit.arith.Source.StateValue;
import org.blrc.program.Program;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.State;
import org.blrc.runtime.cuda.Purpose;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;

/** The kernels of a program. */
final class Kernels {

  private final Program program;
  private final Precision precision;
  private final ProgramPlan plan;
  private final Columns columns;
  private final int last;

  Kernels(Program program, Numbers numbers) {
    this.program = program;
    this.precision = numbers.precision();
    this.plan = new ProgramPlan(program, program.samples().isPresent());
    this.columns = new Columns(plan, numbers);
    this.last = program.phases().size() - 1;
  }

  Columns columns() {
    return columns;
  }

  /** In the order in which they run; those that come late decide what those before keep. */
  List<Written> write() {
    List<Written> late = new ArrayList<>();
    if (plan.draws()) {
      late.add(updateFromOne());
      updateAndPoint().ifPresent(late::add);
    }
    late.addFirst(update());
    late.addAll(safeguards());
    if (plan.draws()) {
      late.addFirst(accumulate(false));
      late.addFirst(accumulate(true));
    }
    List<Written> sums = new ArrayList<>();
    for (int pass = program.sumPasses().size() - 1; pass >= 0; pass--) {
      sums.addFirst(sums(pass));
    }
    List<Written> points = new ArrayList<>();
    for (int phase = last; phase >= 0; phase--) {
      point(phase).ifPresent(points::addFirst);
    }
    List<Written> all = new ArrayList<>(points);
    all.addAll(sums);
    all.addAll(late);
    restore().ifPresent(all::add);
    return all;
  }

  private KernelWriter writer(ProgramPlan of, int answered) {
    return new KernelWriter(columns, of, precision, answered);
  }

  /** Reductions over the examples of the last phase that some values need. */
  private static Map<Reduce, Arith> needed(ProgramPlan of, int answered, List<Arith> values) {
    Map<Reduce, Arith> needed = new LinkedHashMap<>(of.reductions(answered));
    needed
        .keySet()
        .removeIf(
            reduce ->
                values.stream().noneMatch(each -> of.sources(each).contains(new Reduced(reduce))));
    return needed;
  }

  private Written update() {
    KernelWriter kernel = writer(plan, last);
    if (!plan.draws()) {
      kernel.reduce(needed(plan, last, values(plan)));
    }
    kernel.loop(stores(plan, kernel));
    return kernel.write(
        "update",
        new Purpose.Update(),
        plan.draws() ? "The new states, from what the draws have added up to." : "The new states.");
  }

  private Written updateFromOne() {
    ProgramPlan ofOne = new ProgramPlan(program, false);
    KernelWriter kernel = writer(ofOne, last);
    kernel.reduce(needed(ofOne, last, values(ofOne)));
    kernel.loop(stores(ofOne, kernel));
    return kernel.write(
        "updateFromOne", new Purpose.UpdateFromOne(), "The new states, from a single draw.");
  }

  /** What looks at a step before it is made, and what makes a part of it. */
  private List<Written> safeguards() {
    List<Written> written = new ArrayList<>();
    if (!program.safeguard().guarded().isEmpty()) {
      written.add(range("range", plan, !plan.draws()));
      if (plan.draws()) {
        written.add(range("rangeFromOne", new ProgramPlan(program, false), true));
      }
    }
    if (!program.safeguard().backOff().isEmpty()) {
      ProgramPlan part =
          new ProgramPlan(
              program.withUpdate(program.safeguard().backOff()), program.samples().isPresent());
      KernelWriter kernel = writer(part, last);
      if (!plan.draws()) {
        kernel.reduce(needed(part, last, values(part)));
      }
      kernel.loop(stores(part, kernel));
      written.add(kernel.write("backOff", new Purpose.BackOff(), "A share of the step."));
    }
    return written;
  }

  private Written range(String name, ProgramPlan of, boolean reduces) {
    KernelWriter kernel = writer(of, last);
    List<Arith> guarded =
        program.safeguard().guarded().stream().map(symbol -> of.update().get(symbol)).toList();
    if (reduces) {
      kernel.reduce(needed(of, last, guarded));
    }
    kernel.extremes(guarded);
    return kernel.write(
        name,
        new Purpose.Range(plan.draws() && reduces),
        "The least and the greatest new value of each state that is looked at, in each chunk.");
  }

  /**
   * The step from a single draw and the first point of the step that follows, where no sum and no
   * shared state comes between the two.
   */
  private Optional<Written> updateAndPoint() {
    boolean apart =
        program.sums().stream().anyMatch(sum -> sum.after() == 0)
            || !plan.shared().isEmpty()
            || plan.direction(0).isPresent()
            || plan.aliased().isPresent();
    if (apart) {
      return Optional.empty();
    }
    ProgramPlan ofOne = new ProgramPlan(program, false);
    KernelWriter kernel = writer(ofOne, last);
    kernel.reduce(needed(ofOne, last, new ArrayList<>(ofOne.update().values())));
    kernel.loop(states(ofOne, kernel));
    kernel.laterLoop(Store.ofPoint(kernel.output(columns.parameters(), 0), ofOne.point(0)));
    return Optional.of(
        kernel.write(
            "updateAndPoint",
            new Purpose.UpdateAndPoint(),
            "The new states, from a single draw, and the first point of the step that follows."));
  }

  /** The new states, and the parameters that belong to them. */
  private List<Arith> values(ProgramPlan of) {
    List<Arith> values = new ArrayList<>(of.update().values());
    values.addAll(of.updatedRest());
    return values;
  }

  private List<Store> stores(ProgramPlan of, KernelWriter kernel) {
    List<Store> stores = states(of, kernel);
    if (plan.aliased().isEmpty()) {
      stores.addAll(Store.ofPoint(kernel.output(columns.parameters(), 0), of.updatedRest()));
    }
    return stores;
  }

  private List<Store> states(ProgramPlan of, KernelWriter kernel) {
    List<Store> stores = new ArrayList<>();
    of.update()
        .forEach(
            (symbol, value) -> {
              if (!symbol.shared()) {
                State state = state(symbol);
                String array = kernel.output(columns.state(state), 0);
                stores.add(new Store(array, new StateValue(state), value, How.SET));
              }
            });
    return stores;
  }

  private State state(Sym symbol) {
    return program.states().stream()
        .filter(state -> state.name().equals(symbol.name()))
        .findFirst()
        .orElseThrow();
  }

  private Written accumulate(boolean first) {
    KernelWriter kernel = writer(plan, last);
    List<Arith> values = program.accumulators().stream().map(plan::contribution).toList();
    kernel.reduce(needed(plan, last, values));
    List<Store> stores = new ArrayList<>();
    for (Accumulator accumulator : program.accumulators()) {
      Source.Sum sum = new Source.Sum(accumulator);
      stores.add(
          new Store(
              kernel.sum(sum, first),
              sum,
              plan.contribution(accumulator),
              first ? How.SET : How.ADD));
    }
    kernel.loop(stores);
    return kernel.write(
        first ? "accumulateFirst" : "accumulate",
        new Purpose.Accumulate(first),
        first ? "What the first draw of a step contributes." : "What a further draw contributes.");
  }

  private Written sums(int number) {
    List<CoordinateSum> pass = program.sumPasses().get(number);
    boolean overDraws = pass.getFirst().after() > program.phases().size();
    int answered = overDraws ? last : pass.getFirst().after() - 1;
    KernelWriter kernel = writer(plan, answered);
    List<Arith> summands = pass.stream().map(plan::summand).toList();
    kernel.reduce(needed(plan, answered, summands));
    kernel.sums(summands);
    return kernel.write(
        Questions.ordinal(number) + "Sums",
        new Purpose.Sums(number),
        "Sums over all coordinates: the part of each chunk.");
  }

  private Optional<Written> restore() {
    if (plan.aliased().isPresent()) {
      return Optional.empty();
    }
    KernelWriter kernel = writer(plan, -1);
    kernel.loop(Store.ofPoint(kernel.output(columns.parameters(), 0), plan.rest()));
    return Optional.of(
        kernel.write("restore", new Purpose.Restore(), "What the model reads between steps."));
  }

  /**
   * The point of a phase, and what is kept of the phase before; absent where there is nothing to
   * write.
   */
  private Optional<Written> point(int phase) {
    KernelWriter kernel = writer(plan, phase - 1);
    List<Arith> values = new ArrayList<>(plan.point(phase));
    plan.direction(phase).ifPresent(values::add);
    if (phase > 0) {
      keep(kernel, phase - 1, values);
    }
    plan.direction(phase)
        .ifPresent(
            direction ->
                kernel.loop(
                    Store.ofPoint(kernel.output(columns.direction(), 0), List.of(direction))));
    if (plan.aliased().isEmpty()) {
      kernel.loop(Store.ofPoint(kernel.output(columns.parameters(), 0), plan.point(phase)));
    }
    return kernel.isEmpty()
        ? Optional.empty()
        : Optional.of(
            kernel.write(
                Questions.ordinal(phase) + "Point",
                new Purpose.Point(phase),
                "Where the loss is asked in phase %s.".formatted(phase + 1)));
  }

  private void keep(KernelWriter kernel, int phase, List<Arith> values) {
    Map<Reduce, Arith> reductions = new LinkedHashMap<>(plan.reductions(phase));
    Set<Reduce> used = needed(plan, phase, values).keySet();
    reductions
        .keySet()
        .removeIf(reduce -> !used.contains(reduce) && !columns.keeps(new Reduced(reduce)));
    kernel.reduce(reductions);
    reductions.keySet().stream().map(Reduced::new).filter(columns::keeps).forEach(kernel::keep);
    for (Answer answer : program.phases().get(phase).answers()) {
      for (int component = 1; component <= program.components(); component++) {
        AnswerValue value = new AnswerValue(answer, component);
        if (columns.keeps(value)) {
          kernel.keep(value);
        }
      }
    }
  }
}
