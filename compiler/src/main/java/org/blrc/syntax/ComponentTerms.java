package org.blrc.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blrc.symbolic.Rational;
import org.blrc.syntax.ComponentScope.Place;
import org.blrc.syntax.Declaration.Domain;
import org.blrc.syntax.Declaration.Listed;
import org.blrc.syntax.Term.Argument;
import org.blrc.syntax.Term.Axis;
import org.blrc.syntax.Term.Name;
import org.blrc.syntax.Term.Operator;

/**
 * Writes expressions over things with components out, as expressions over the single components:
 * {@code sum(k in 1..2) p[k]} as {@code p[1] + p[2]}, where the operands are plain names.
 */
record ComponentTerms(ComponentScope scope) {

  /** A function of two values nests with each further one, which sums do not. */
  private static final int DEEPEST = 100;

  /** The same for one component of something. */
  ComponentTerms at(Place component) {
    return new ComponentTerms(scope.at(component));
  }

  Term term(Term term) {
    return switch (term) {
      case Term.Literal literal -> literal;
      case Term.Reference(Span span, String name) -> reference(span, name);
      case Term.Component(Span span, Name of, Term index) -> component(span, of, index);
      case Term.Fold fold -> fold(fold);
      case Term.Negate(Span span, Term operand) -> new Term.Negate(span, term(operand));
      case Term.Binary(Span span, Operator operator, Term left, Term right) ->
          new Term.Binary(span, operator, term(left), term(right));
      case Term.Apply(Span span, Term head, List<Argument> arguments) ->
          new Term.Apply(
              span, head instanceof Term.Reference ? head : term(head), arguments(arguments));
      case Term.Expectation(Span span, Term body) -> new Term.Expectation(span, term(body));
      case Term.Reduction reduction -> reduction(reduction);
    };
  }

  List<Argument> arguments(List<Argument> arguments) {
    return arguments.stream()
        .map(argument -> new Argument(argument.name(), term(argument.value())))
        .toList();
  }

  private Term reference(Span span, String name) {
    if (scope.numbers().containsKey(name)) {
      return new Term.Literal(span, Rational.of(scope.numbers().get(name)));
    }
    Integer count = scope.counts().get(name);
    if (count == null) {
      return new Term.Reference(span, name);
    }
    if (scope.place().isEmpty()) {
      return refuse(
          span,
          "`%s` has %s, and one number is expected here".formatted(name, components(count)),
          "write one of them, as in `%s`, or take them together, as in `sum(k in 1..%d) %s[k]`"
              .formatted(ComponentNames.of(name, 1), count, name));
    }
    if (scope.place().get().count() != count) {
      return refuse(
          span,
          "`%s` has %s, but %s has %d"
              .formatted(
                  name, components(count), scope.place().get().of(), scope.place().get().count()),
          "things that are put together component by component have the same number of them");
    }
    return new Term.Reference(span, ComponentNames.of(name, scope.place().get().number()));
  }

  private static String components(int count) {
    return count + (count == 1 ? " component" : " components");
  }

  private Term component(Span span, Name of, Term index) {
    Integer count = scope.counts().getOrDefault(of.text(), scope.wholes().get(of.text()));
    if (count == null) {
      List<String> known =
          Stream.of(scope.counts(), scope.wholes())
              .flatMap(names -> names.keySet().stream())
              .sorted()
              .toList();
      return refuse(
          of.span(),
          "`%s` has no components".formatted(of.text()),
          known.isEmpty()
              ? "what has several is declared with their number, as in `%s[3]: real`"
                  .formatted(of.text())
              : "with components are " + Spelling.list(known, "and"));
    }
    Optional<Integer> number = scope.number(index);
    if (number.isPresent() && number.get() >= 1 && number.get() <= count) {
      return new Term.Reference(span, ComponentNames.of(of.text(), number.get()));
    }
    return number.isEmpty()
        ? placeholder(span)
        : refuse(
            index.span(),
            "`%s` has no component %d".formatted(of.text(), number.get()),
            count == 1
                ? "its only one is `%s`".formatted(ComponentNames.of(of.text(), 1))
                : "they are counted from 1 to %d".formatted(count));
  }

  private Term reduction(Term.Reduction reduction) {
    Span span = reduction.span();
    Name index = reduction.index();
    if (!(reduction.axis() instanceof Axis.Range(Span _, Term lower, Term upper))
        || scope.draws()) {
      Axis axis =
          switch (reduction.axis()) {
            case Axis.Range(Span at, Term from, Term to) ->
                new Axis.Range(at, term(from), term(to));
            case Axis.Named _, Axis.Sub _ -> reduction.axis();
          };
      return new Term.Reduction(
          span,
          reduction.kind(),
          index,
          axis,
          new ComponentTerms(scope.without(index.text())).term(reduction.body()));
    }
    List<Term> terms = each(index, lower, upper, reduction.body());
    boolean mean = reduction.kind() == Term.Reduction.Kind.MEAN;
    if (terms.isEmpty()) {
      return mean
          ? refuse(reduction.axis().span(), "a mean needs something to run over", "use a sum")
          : new Term.Literal(span, Rational.ZERO);
    }
    List<Operator> plus = Collections.nCopies(terms.size() - 1, Operator.ADD);
    Term sum = new Chain(terms, plus, (_, _) -> span).term();
    Term size = new Term.Literal(span, Rational.of(terms.size()));
    return mean ? new Term.Binary(span, Operator.DIVIDE, sum, size) : sum;
  }

  /** {@code max(k in 1..3) p[k]} is {@code max(max(p[1], p[2]), p[3])}. */
  private Term fold(Term.Fold fold) {
    if (!(fold.axis() instanceof Axis.Range(Span _, Term lower, Term upper))) {
      return refuse(
          fold.axis().span(),
          "`%s` runs over whole numbers".formatted(fold.function().text()),
          "write the first and the last one, as in `1..3`");
    }
    List<Term> values = each(fold.index(), lower, upper, fold.body());
    if (values.size() > DEEPEST) {
      return refuse(
          fold.axis().span(),
          "this is too long to be written out",
          "functions take at most %d components".formatted(DEEPEST));
    }
    Term head = new Term.Reference(fold.function().span(), fold.function().text());
    return values.stream()
        .reduce(
            (left, right) ->
                new Term.Apply(
                    fold.span(),
                    head,
                    Stream.of(left, right)
                        .map(each -> new Argument(Optional.empty(), each))
                        .toList()))
        .orElseGet(
            () ->
                refuse(
                    fold.axis().span(),
                    "`%s` has nothing to run over here".formatted(fold.function().text()),
                    "the last number comes before the first"));
  }

  /** What an expression is at each value of an index. */
  private List<Term> each(Name index, Term lower, Term upper, Term body) {
    return scope.each(index, lower, upper).stream()
        .map(at -> new ComponentTerms(at).term(body))
        .toList();
  }

  /** The entries of a list. */
  List<Term> listed(List<Listed> entries) {
    List<Term> terms = new ArrayList<>();
    for (Listed entry : entries) {
      if (entry.running().isEmpty()) {
        terms.add(term(entry.value()));
      } else if (entry.running().get().axis() instanceof Axis.Range(Span _, Term from, Term to)) {
        Name index = entry.running().get().index();
        terms.addAll(each(index, from, to, entry.value()));
      } else {
        refuse(
            entry.running().get().axis().span(),
            "a list runs over whole numbers",
            "write the first and the last one, as in `for k in 1..3`");
      }
    }
    return terms;
  }

  Domain domain(Domain domain) {
    return switch (domain) {
      case Domain.Named named -> named;
      case Domain.Interval(Span span, Term lower, boolean from, Term upper, boolean to) ->
          new Domain.Interval(span, term(lower), from, term(upper), to);
      case Domain.Finite(Span span, List<Term> values) ->
          new Domain.Finite(span, values.stream().map(this::term).toList());
      case Domain.Range(Span span, Term lower, Term upper) -> {
        Name index = new Name(span, "");
        List<Term> values = each(index, lower, upper, new Term.Reference(span, ""));
        if (values.isEmpty()) {
          refuse(
              span,
              "the range `%s` is empty".formatted(span.excerpt()),
              "write the first one first");
        }
        yield new Domain.Finite(span, values);
      }
      case Domain.Sized(Span span, Name name, Term size) ->
          new Domain.Sized(
              span,
              name,
              Counts.of(name, size, scope)
                  .<Term>map(count -> new Term.Literal(size.span(), Rational.of(count)))
                  .orElse(size));
    };
  }

  /** Reports; something has to stand there all the same. */
  private Term refuse(Span span, String message, String hint) {
    scope.refuse(span, message, hint);
    return placeholder(span);
  }

  private static Term placeholder(Span span) {
    return new Term.Literal(span, Rational.ONE);
  }
}
