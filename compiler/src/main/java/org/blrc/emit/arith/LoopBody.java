package org.blrc.emit.arith;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.blrc.emit.arith.Arith.Call;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Literal;
import org.blrc.emit.arith.Arith.Negate;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Arith.Sum;
import org.blrc.emit.arith.Source.Element;
import org.blrc.emit.arith.Source.Local;

/**
 * The body of a loop over the coordinates. What is needed more than once gets a local variable, and
 * so do the program's own locals; all of them come before the first array is written.
 */
public final class LoopBody {

  /** What the loop is part of. */
  public interface Frame {

    ProgramPlan plan();

    Dialect dialect();

    /** What arrays hold. */
    Precision precision();

    /** A new name. */
    String fresh(String suggestion);

    /** The variable for what is the same for all coordinates. */
    String scalar(Arith arith);

    /** An element at the coordinate. */
    String element(Element element);

    /** The place in an array that belongs to the coordinate. */
    String place(String array, int row);

    /**
     * Declares a variable of the loop.
     *
     * @param value with the marks of {@link LineBreaks}
     */
    void declare(Precision type, String name, String value);

    /**
     * Assigns a value.
     *
     * @param value with the marks of {@link LineBreaks}
     */
    void assign(String left, String operator, String value);
  }

  /** What becomes of a value and what is there already. */
  public enum How {
    SET,
    ADD,
    LEAST,
    GREATEST
  }

  /**
   * An array to write.
   *
   * @param array the local variable that holds it
   * @param row of the array, from 0, where it has one for each component
   * @param element what it held before
   */
  public record Store(String array, int row, Element element, Arith value, How how) {

    public Store(String array, Element element, Arith value, How how) {
      this(array, 0, element, value, how);
    }

    /** The writing of a point, one row for each component. */
    public static List<Store> ofPoint(String array, List<Arith> components) {
      return IntStream.range(0, components.size())
          .mapToObj(row -> new Store(array, row, null, components.get(row), How.SET))
          .toList();
    }
  }

  /**
   * One of several loops.
   *
   * @param written the new states that earlier loops have written
   */
  public record Part(List<Store> stores, Set<Local> written) {}

  /** How wide a statement may be, given the indentation of loops. */
  private static final int WIDTH = 94;

  private static final int LONGEST_PART = 76;

  /** Sums and products have better names than calls. */
  private static final Comparator<Arith> BY_KIND =
      Comparator.comparing(arith -> !(arith instanceof Call));

  private final Frame frame;
  private final ProgramPlan plan;
  private final List<Store> stores;
  private final Set<Local> written;
  private final Map<Arith, Integer> uses = new HashMap<>();
  private final Set<Arith> named = new HashSet<>();
  private final Set<Arith> shortened = new HashSet<>();
  private final Map<Arith, String> variables = new HashMap<>();
  private final Precision precision;
  private final boolean intoVariables;
  private final Formula text;

  private LoopBody(Frame frame, Part part, Precision precision, boolean intoVariables) {
    this.frame = frame;
    this.plan = frame.plan();
    this.stores = part.stores();
    this.written = part.written();
    this.precision = precision;
    this.intoVariables = intoVariables;
    this.text = new Formula(frame.dialect(), precision, this::name, plan::expand);
  }

  /** Writes the body of a loop that writes arrays. */
  public static void write(Frame frame, Part part) {
    new LoopBody(frame, part, frame.precision(), false).write();
  }

  /** The same of one that adds to variables, in double precision whatever the arrays hold. */
  public static void sums(Frame frame, List<Store> stores) {
    new LoopBody(frame, new Part(stores, Set.of()), Precision.DOUBLE, true).write();
  }

  /** The same of one that finds the least and the greatest of some values. */
  public static void extremes(Frame frame, String least, String greatest, Arith value) {
    List<Store> stores =
        List.of(
            new Store(least, null, value, How.LEAST),
            new Store(greatest, null, value, How.GREATEST));
    new LoopBody(frame, new Part(stores, Set.of()), frame.precision(), true).write();
  }

  private void write() {
    stores.forEach(store -> count(store.value()));
    loadBeforeOverwriting();
    stores.forEach(store -> shorten(store.value(), true));
    stores.forEach(store -> declare(store.value()));
    stores.forEach(this::store);
  }

  /**
   * Locals stand for their definitions wherever these occur, and new states for themselves where an
   * earlier loop has written them.
   */
  private Arith canonical(Arith arith) {
    Arith named = plan.localFor(arith).<Arith>map(Ref::new).orElse(arith);
    return named instanceof Ref(Local local) && written.contains(local)
        ? new Ref(plan.state(local))
        : named;
  }

  private void count(Arith part) {
    Arith arith = canonical(part);
    if (arith instanceof Negate(Arith operand)) {
      count(operand);
    } else if (uses.merge(arith, 1, Integer::sum) == 1) {
      operands(arith).forEach(this::count);
    }
  }

  /** What a value is computed from, within the loop. */
  private List<Arith> operands(Arith arith) {
    return switch (arith) {
      case Hoisted _ -> List.of();
      case Ref(Local local) when !plan.isScalar(local) -> plan.definition(local).children();
      default -> arith.children();
    };
  }

  private boolean hasVariable(Arith arith) {
    boolean shared = uses.getOrDefault(arith, 0) > 1 || named.contains(arith);
    return switch (arith) {
      case Ref(Local local) -> !plan.isScalar(local) && (shared || !local.isNewState());
      // In double precision before anything is done with it.
      case Ref(Element _) -> shared || precision != frame.precision();
      case Sum _, Product _, Call _ -> shared;
      case Ref _, Literal _, Negate _, Hoisted _ -> false;
    };
  }

  /** An old value that is needed after its array was written has to be read before. */
  private void loadBeforeOverwriting() {
    Set<Element> written = new HashSet<>();
    for (Store store : stores) {
      List<Arith> read = new ArrayList<>();
      collectReads(canonical(store.value()), read);
      read.stream()
          .filter(part -> part instanceof Ref(Element element) && written.contains(element))
          .forEach(named::add);
      written.add(store.element());
    }
  }

  private void collectReads(Arith arith, List<Arith> reads) {
    if (!hasVariable(arith)) {
      reads.add(arith);
      operands(arith).forEach(part -> collectReads(canonical(part), reads));
    }
  }

  /** Gives names to parts of what would not fit on a line. */
  private void shorten(Arith part, boolean isStatement) {
    Arith arith = canonical(part);
    if (!shortened.add(arith)) {
      return;
    }
    operands(arith).forEach(operand -> shorten(operand, false));
    List<Arith> parts = new ArrayList<>();
    operands(arith).forEach(operand -> collectReads(canonical(operand), parts));
    parts.removeIf(p -> !(p instanceof Sum || p instanceof Product || p instanceof Call));
    boolean statement = isStatement || hasVariable(arith);
    String start = precision.keyword() + " " + variableName(arith) + " = ";
    while (statement && start.length() + value(arith).length() >= WIDTH) {
      parts.removeIf(p -> hasVariable(p) || text.write(p).length() > LONGEST_PART);
      if (parts.isEmpty()) {
        return;
      }
      named.add(Collections.max(parts, BY_KIND.thenComparingInt(p -> text.write(p).length())));
    }
  }

  private void declare(Arith part) {
    Arith arith = canonical(part);
    if (variables.containsKey(arith)) {
      return;
    }
    operands(arith).forEach(this::declare);
    if (hasVariable(arith)) {
      String value = value(arith);
      String name = frame.fresh(variableName(arith));
      variables.put(arith, name);
      frame.declare(precision, name, value);
    }
  }

  /** What stands on the right-hand side of the declaration of a variable. */
  private String value(Arith arith) {
    return switch (arith) {
      case Ref(Element element) -> frame.element(element);
      case Ref(Local local) when !plan.isScalar(local) -> text.writeOut(plan.definition(local));
      case Ref _, Hoisted _ -> text.write(arith);
      default -> text.writeOut(arith);
    };
  }

  private String variableName(Arith arith) {
    String plain = Suggestions.name(arith);
    return switch (arith) {
      case Ref(Source.StateValue state) ->
          written.stream().anyMatch(local -> plan.state(local).equals(state))
              ? plain + "New"
              : plain + "Old";
      case Ref(Source.NoiseValue _) -> plain + "Value";
      default -> plain;
    };
  }

  private String name(Arith part) {
    Arith arith = canonical(part);
    if (hasVariable(arith)) {
      String known = variables.get(arith);
      return known == null ? variableName(arith) : known;
    }
    return switch (arith) {
      case Ref(Element element) -> frame.element(element);
      case Ref(Local local) when !plan.isScalar(local) -> null;
      case Ref _, Hoisted _ -> frame.scalar(arith);
      default -> null;
    };
  }

  private void store(Store store) {
    boolean hasName = variables.containsKey(canonical(store.value()));
    Arith value = hasName ? store.value() : plan.expand(store.value());
    Arith before = new Ref(store.element());
    String operator =
        switch (store.how()) {
          case SET, LEAST, GREATEST -> "=";
          case ADD -> "+=";
        };
    if (store.how() == How.SET
        && value instanceof Sum(List<Arith> terms)
        && terms.size() == 2
        && terms.getFirst().equals(before)
        && !hasVariable(before)) {
      boolean subtracts = terms.getLast() instanceof Negate;
      operator = subtracts ? "-=" : "+=";
      value = subtracts ? Arith.negate(terms.getLast()) : terms.getLast();
    }
    String right = text.write(value);
    String result =
        switch (store.how()) {
          case SET, ADD -> right;
          case LEAST ->
              frame.dialect().call(Operation.MIN, List.of(store.array(), right), precision);
          case GREATEST ->
              frame.dialect().call(Operation.MAX, List.of(store.array(), right), precision);
        };
    String left = intoVariables ? store.array() : frame.place(store.array(), store.row());
    frame.assign(left, operator, result);
  }
}
