package org.blrc.syntax;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.Term.Name;

/** What a file declares. */
public sealed interface Declaration {

  Span span();

  Name name();

  /**
   * An exponential family: q(x) = exp(log h(x) + natural . statistics(x) - logPartition). Or, where
   * an identity is given, the distributions that a group makes of the one at its identity; these
   * have neither statistics nor natural parameters, and the log-partition is 0.
   *
   * @param sampler how to draw x from noise; absent where the family has none
   * @param cdf the cumulative distribution function at x; absent where it is not declared
   * @param identity the parameters of the group's identity; empty where the family is exponential
   */
  record Family(
      Span span,
      Name name,
      List<Parameter> parameters,
      Domain support,
      List<Term> statistics,
      List<Term> natural,
      Term logPartition,
      Optional<Term> baseMeasure,
      Optional<Sampler> sampler,
      Optional<Term> cdf,
      List<NamedTerm> identity)
      implements Declaration {

    /** Whether a group moves the distribution, and no natural parameters. */
    public boolean isGroup() {
      return !identity.isEmpty();
    }

    /** The number of components of the random variable; absent where it is one number. */
    public Optional<Integer> components() {
      return support instanceof Domain.Sized(Span _, Name _, Term size)
          ? WholeNumbers.value(size, Map.of())
          : Optional.empty();
    }
  }

  /**
   * A family for each number of components. {@link Templates} makes the one with a given number.
   *
   * @param size the name of that number; absent where there is one such family only
   */
  record Template(
      Span span,
      Name name,
      Optional<Name> size,
      List<Parameter> parameters,
      Domain support,
      List<Listed> statistics,
      List<Listed> natural,
      Term logPartition,
      Optional<Term> baseMeasure,
      Optional<Sampler> sampler,
      Optional<Term> cdf,
      List<NamedTerm> identity)
      implements Declaration {

    Set<String> parameterNames() {
      return parameters.stream().map(each -> each.name().text()).collect(Collectors.toSet());
    }
  }

  /**
   * A rule: rewrites of the update equations, with the state that it adds.
   *
   * @param target the state named after {@code of}, to which scopes may refer
   * @param subject the random variable, and the family it must have
   */
  record Rule(
      Span span,
      Name name,
      List<RuleParameter> parameters,
      Optional<Name> target,
      Optional<Subject> subject,
      Optional<Name> grade,
      Optional<String> source,
      List<Action> actions)
      implements Declaration {

    /** The name of the parameter that takes any number of states. */
    public Optional<String> several() {
      return parameters.stream()
          .filter(RuleParameter::several)
          .map(parameter -> parameter.name().text())
          .findFirst();
    }
  }

  /**
   * A spec proper: posterior, loss, rates and approximations.
   *
   * @param posterior where it is a mixture, and once {@link Components} has written it out, its
   *     first component
   * @param mixture the components of a posterior that is a mixture, once they are written out; else
   *     empty
   * @param choice the distribution of a mixture's component, once they are written out and where
   *     one is given
   */
  record Optimizer(
      Span span,
      Name name,
      List<Variable> hypers,
      List<Variable> states,
      List<DataAxis> data,
      Distribution posterior,
      List<Component> mixture,
      Optional<Distribution> choice,
      Optional<Distribution> prior,
      Term loss,
      Rates rates,
      Optional<Name> step,
      Optional<Name> gradient,
      List<Approximation> approximations)
      implements Declaration {

    /** The same with one distribution as its posterior. */
    public Optimizer with(Distribution single) {
      return new Optimizer(
          span,
          name,
          hypers,
          states,
          data,
          single,
          List.of(),
          Optional.empty(),
          prior,
          loss,
          rates,
          step,
          gradient,
          approximations);
    }

    /**
     * The same with the distribution of a mixture's component as its posterior, and without loss
     * and prior. Its probabilities move together, and its values are enumerated.
     */
    public Optimizer choosing(Distribution component) {
      Span span = component.span();
      return new Optimizer(
          this.span,
          name,
          hypers,
          states,
          data,
          component,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          new Term.Literal(span, Rational.ZERO),
          rates,
          Optional.empty(),
          Optional.of(new Name(span, "differences")),
          approximations);
    }
  }

  /**
   * A parameter of a family.
   *
   * @param count the number of its components; absent where it is one number, which is the case
   *     everywhere but in a {@link Template}
   * @param fixed whether it is no part of the exponential family, but tells one from another
   */
  record Parameter(Name name, Optional<Term> count, Domain domain, boolean fixed) {}

  /** {@code value for index in axis}: one after the other; or a value alone. */
  record Listed(Term value, Optional<Running> running) {}

  record Running(Name index, Term.Axis axis) {}

  /** {@code real}, {@code positive}, ..., an interval, or, as a support, a set of values. */
  sealed interface Domain {

    Span span();

    record Named(Span span, Name name) implements Domain {}

    record Interval(Span span, Term lower, boolean lowerClosed, Term upper, boolean upperClosed)
        implements Domain {}

    record Finite(Span span, List<Term> values) implements Domain {}

    /** {@code {lower..upper}}: the whole numbers from one to the other. */
    record Range(Span span, Term lower, Term upper) implements Domain {}

    /** {@code simplex[K]}, as a support: values of several components. */
    record Sized(Span span, Name name, Term size) implements Domain {}
  }

  /**
   * How a draw is made.
   *
   * @param values of the components of the variable; one, where it has none
   */
  record Sampler(Span span, List<Listed> values, List<Draw> draws) {

    /** The values, once {@link Templates} has written them out. */
    public List<Term> terms() {
      return values.stream().map(Listed::value).toList();
    }
  }

  /**
   * {@code eps ~ StandardNormal}.
   *
   * @param count the number of draws; absent where it is one, which is the case everywhere but in a
   *     {@link Template}
   */
  record Draw(Span span, Name name, Optional<Term> count, Name distribution) {}

  /**
   * A parameter of a rule.
   *
   * @param several whether it takes any number of states, which the rule changes together
   */
  record RuleParameter(Name name, boolean several, Optional<Term> byDefault) {

    /** As it stands in the head of the rule. */
    public String written() {
      return name.text()
          + (several ? "..." : "")
          + byDefault.map(value -> " = " + value.span().text()).orElse("");
    }
  }

  /** {@code for theta ~ Normal(mean, precision)}; without a family, any will do. */
  record Subject(Span span, Name variable, Optional<Name> family, List<Name> parameters) {}

  /** What a rule does, in order. */
  sealed interface Action {

    Span span();

    /** A new state. */
    record AddState(Span span, Variable variable) implements Action {}

    /** {@code z ~ StandardNormal}: noise of the rule's own, anew for each draw of each step. */
    record AddNoise(Span span, Draw draw) implements Action {}

    /** {@code v <- value}: the update of a state that the rule adds. */
    record Assign(Span span, Name state, Term value) implements Action {}

    /** {@code relax theta ~> value with u ~ Uniform}: another way to draw, for gradients. */
    record Relax(Span span, Name variable, Sampler sampler) implements Action {}

    /** {@code in scope: from ~> to}. */
    record Rewrite(Span span, Optional<Scope> scope, Term from, Term to) implements Action {}
  }

  record Scope(Span span, Part part, Name state) {

    public enum Part {
      /** X where the update reads x - rate * X. */
      DIRECTION,
      /** new(x) - x. */
      STEP,
      /** The new value of x as a whole. */
      UPDATE
    }
  }

  /**
   * A hyper-parameter or a state; without an initial value the caller has to supply one.
   *
   * @param count the number of its components; absent where it is one number, which is the case
   *     everywhere once {@link Components} has made one variable of each
   * @param running what the value is for: each component; absent where it is for all of them
   * @param shared whether a state is one for all coordinates
   */
  record Variable(
      Span span,
      Name name,
      Optional<Term> count,
      Domain domain,
      Optional<Term> value,
      Optional<Running> running,
      boolean shared) {}

  /** {@code data examples[N]}: an axis of N examples. */
  record DataAxis(Span span, Name name, Term size) {}

  /**
   * {@code each theta ~ Family(parameter = value, ...)}.
   *
   * @param size the number of components in {@code Family[size]}; absent once {@link Components}
   *     has made the arguments of each
   * @param mixing present where this is one for each component of a mixture; absent once {@link
   *     Components} has made each
   */
  record Distribution(
      Span span,
      Name variable,
      Name family,
      Optional<Term> size,
      List<NamedTerm> arguments,
      Optional<Mixing> mixing) {}

  /**
   * {@code mixture(index in axis) of ... with weights weight}, or {@code ... with index ~ choice}.
   *
   * @param span of the head
   * @param together whether all coordinates are in one component
   * @param weight of each component, up to a common factor; absent where they are equal or where a
   *     choice is given
   * @param choice the distribution of the component
   */
  record Mixing(
      Span span,
      Name index,
      Term.Axis axis,
      Optional<Term> weight,
      Optional<Distribution> choice,
      boolean together) {}

  /**
   * A component of a mixture.
   *
   * @param number the value that the mixture's index has in it
   * @param weight up to a factor that all of them have
   * @param together whether all coordinates are in one component
   */
  record Component(Distribution distribution, int number, Term weight, boolean together) {}

  record NamedTerm(Name name, Term value) {}

  sealed interface Rates {

    Span span();

    record Common(Span span, Term value) implements Rates {}

    record Blocks(Span span, List<NamedTerm> values) implements Rates {}
  }

  /** One entry of {@code approximate}. */
  sealed interface Approximation {

    Span span();

    record Inline(Span span, Action.Rewrite rewrite) implements Approximation {}

    record Use(Span span, Name rule, List<Term.Argument> arguments, Optional<Name> target)
        implements Approximation {}
  }
}
