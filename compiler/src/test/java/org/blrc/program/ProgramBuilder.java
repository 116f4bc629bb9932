package org.blrc.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.program.Program.Accumulator;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.CoordinateSum;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.NoiseInput;
import org.blrc.program.Program.Phase;
import org.blrc.program.Program.State;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Exprs;

/** Builds update programs by hand, for tests. */
public final class ProgramBuilder {

  public static final Sym T = new Sym(Kind.STEP_NUMBER, "t", 0, Domain.POSITIVE);

  private final String name;
  private final List<Hyper> hypers = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final List<NoiseInput> noises = new ArrayList<>();
  private final List<Assign> scalars = new ArrayList<>();
  private final List<Phase> phases = new ArrayList<>();
  private final List<CoordinateSum> sums = new ArrayList<>();
  private final List<Accumulator> accumulators = new ArrayList<>();
  private final List<Assign> update = new ArrayList<>();
  private Optional<Expr> samples = Optional.empty();
  private int rank;

  public ProgramBuilder(String name) {
    this.name = name;
  }

  public Sym hyper(String hyperName, Domain domain) {
    Sym symbol = symbol(Kind.HYPER, hyperName, domain);
    hypers.add(new Hyper(symbol, Optional.empty()));
    return symbol;
  }

  public Sym hyper(String hyperName, Domain domain, double byDefault) {
    Sym symbol = symbol(Kind.HYPER, hyperName, domain);
    hypers.add(new Hyper(symbol, Optional.of(byDefault)));
    return symbol;
  }

  public Sym state(String stateName) {
    Sym symbol = symbol(Kind.STATE, stateName, Domain.REAL);
    states.add(new State(symbol, Optional.empty()));
    return symbol;
  }

  public Sym state(String stateName, Expr initial) {
    Sym symbol = symbol(Kind.STATE, stateName, Domain.REAL);
    states.add(new State(symbol, Optional.of(initial)));
    return symbol;
  }

  public Expr noise(String noiseName, Distribution distribution) {
    noises.add(new NoiseInput(noiseName, distribution));
    return new Expr.Noise(noiseName, noises.size(), distribution, Optional.empty());
  }

  public void samples(Expr count) {
    samples = Optional.of(count);
  }

  public Sym scalar(String localName, Expr value) {
    Sym symbol = symbol(Kind.LOCAL, localName, Domain.REAL);
    scalars.add(new Assign(symbol, value));
    return symbol;
  }

  /** A phase that asks one question. */
  public Sym ask(Expr point, AnswerKind kind, String answerName) {
    return ask(List.of(), point, kind, answerName);
  }

  /** A phase with locals that asks one question. */
  public Sym ask(List<Assign> locals, Expr point, AnswerKind kind, String answerName) {
    Sym symbol = symbol(Kind.ANSWER, answerName, Domain.REAL);
    phases.add(new Phase(locals, point, List.of(new Answer(symbol, "ell", kind))));
    return symbol;
  }

  /** A phase with any number of questions. */
  public void phase(Phase phase) {
    phases.add(phase);
  }

  /** A sum over all coordinates that is taken after a number of phases. */
  public Sym sum(String localName, Expr body, int after) {
    Sym symbol = symbol(Kind.LOCAL, localName, Domain.REAL);
    sums.add(new CoordinateSum(symbol, false, body, after));
    return symbol;
  }

  public Sym accumulate(String localName, Expr body) {
    Sym symbol = symbol(Kind.LOCAL, localName, Domain.REAL);
    accumulators.add(new Accumulator(symbol, body));
    return symbol;
  }

  /** Returns the new value of the state. */
  public Sym update(Sym state, Expr value) {
    Sym symbol = symbol(Kind.NEW, state.name(), state.domain());
    update.add(new Assign(symbol, value));
    return symbol;
  }

  public Sym local(String localName, Expr value) {
    Sym symbol = symbol(Kind.LOCAL, localName, Domain.REAL);
    update.add(new Assign(symbol, value));
    return symbol;
  }

  public Program build(Expr rest) {
    return new Program(
        name, hypers, states, noises, samples, scalars, phases, sums, accumulators, update, rest);
  }

  public Sym symbol(Kind kind, String symbolName, Domain domain) {
    return new Sym(kind, symbolName, rank++, domain);
  }

  /** The mean of {@code body} over the examples of the minibatch. */
  public static Expr batchMean(Expr body) {
    Sym index = new Sym(Kind.INDEX, "i", 0, Domain.REAL);
    Axis.Data data = new Axis.Data("examples", 0, Exprs.ONE);
    return new Expr.Reduce(true, index, new Axis.Batch(data), body);
  }
}
