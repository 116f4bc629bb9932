package org.blrc.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blrc.derive.Derivation;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Axis;
import org.blrc.symbolic.Expr.Draw;
import org.blrc.symbolic.Expr.Expect;
import org.blrc.symbolic.Expr.Noise;
import org.blrc.symbolic.Expr.Oracle;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Walk;

/**
 * Writes the expressions of one of two derivations in the language that both share: the symbols of
 * the left one, with those of the right one that correspond to nothing beside them. What has no
 * image yet stands for itself, and is told from what the other derivation calls by the same name.
 */
final class Translation {

  /** Ranks of right symbols that stand for themselves begin above those of any spec. */
  private static final int FOREIGN = 1_000_000;

  private final boolean isRight;

  /** By component, of which there is one where the posterior is no mixture. */
  private final List<Map<Sym, Expr>> coordinates = new ArrayList<>();

  private final Map<Sym, Expr> images;
  private final Map<String, Image> functions;
  private final Map<Integer, Axis.Data> axes;
  private final Map<Integer, Noise> noises;

  /**
   * What a loss function is in the shared language.
   *
   * @param of the axis over whose examples it is the mean or the sum of the shared function
   */
  record Image(String function, int rank, Optional<Over> of) {}

  record Over(boolean mean, Axis.Data axis) {}

  Translation(Parts parts, boolean isRight) {
    this(isRight, new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (Map<Sym, Expr> inStates : parts.inStates()) {
      Map<Sym, Expr> own = new HashMap<>();
      inStates.forEach((coordinate, value) -> putCoordinate(coordinate, value, own));
      parts
          .choice()
          .ifPresent(
              choice ->
                  choice
                      .inStates()
                      .forEach((coordinate, value) -> putCoordinate(coordinate, value, own)));
      coordinates.add(own);
    }
  }

  private static void putCoordinate(Sym coordinate, Expr value, Map<Sym, Expr> coordinates) {
    if (!coordinate.equals(value)) {
      coordinates.put(coordinate, value);
      coordinates.put(Derivation.newValue(coordinate), renewed(value));
    }
  }

  private Translation(
      boolean isRight,
      Map<Sym, Expr> images,
      Map<String, Image> functions,
      Map<Integer, Axis.Data> axes,
      Map<Integer, Noise> noises) {
    this.isRight = isRight;
    this.images = images;
    this.functions = functions;
    this.axes = axes;
    this.noises = noises;
  }

  Translation copy() {
    Translation copy =
        new Translation(
            isRight,
            new HashMap<>(images),
            new HashMap<>(functions),
            new HashMap<>(axes),
            new HashMap<>(noises));
    copy.coordinates.addAll(coordinates);
    return copy;
  }

  void put(Sym symbol, Expr image) {
    images.put(symbol, image);
  }

  void put(String function, Image image) {
    functions.put(function, image);
  }

  void put(int rank, Axis.Data image) {
    axes.put(rank, image);
  }

  void put(Noise noise, Noise image) {
    noises.put(noise.rank(), image);
  }

  /** How a loss function is made of that of the other side, where it is not the same. */
  Optional<Over> over(String function) {
    return Optional.ofNullable(functions.get(function)).flatMap(Image::of);
  }

  boolean knows(Sym symbol) {
    return images.containsKey(symbol);
  }

  /** A line of the derivation in the shared language. */
  Expr of(Expr expr) {
    return of(expr, 1);
  }

  /**
   * A line about a component.
   *
   * @param component its number, from 1
   */
  Expr of(Expr expr, int component) {
    return translated(Walk.substitute(expr, coordinates.get(component - 1)), false);
  }

  /**
   * An expression whose loss functions are the answers that an update asks for: those of the
   * minibatch's mean, where the loss is a sum over data.
   */
  Expr ofAnswers(Expr expr) {
    return translated(expr, true);
  }

  private Expr translated(Expr expr, boolean answers) {
    return switch (expr) {
      case Sym symbol -> image(symbol);
      case Noise noise -> image(noise, noise.index().map(index -> translated(index, answers)));
      case Oracle oracle -> image(oracle, answers);
      case Draw(Sym variable, Expr index) ->
          new Draw((Sym) image(variable), translated(index, answers));
      case Expect(Sym variable, Expr body) ->
          new Expect((Sym) image(variable), translated(body, answers));
      case Reduce(boolean mean, Sym index, Axis axis, Expr body) ->
          reduced(mean, index(index), image(axis), translated(body, answers));
      default -> Walk.mapChildren(expr, child -> translated(child, answers));
    };
  }

  /** The normal form does not know that a sum is as many means as it has terms. */
  private static Expr reduced(boolean mean, Sym index, Axis axis, Expr body) {
    return !mean && axis instanceof Axis.Data(String _, int _, Expr size)
        ? Exprs.mul(size, new Reduce(true, index, axis, body))
        : new Reduce(mean, index, axis, body);
  }

  /** The image of a symbol; the new value of a state is that of its image. */
  Expr image(Sym symbol) {
    return switch (symbol.kind()) {
      case HYPER, STATE, VARIABLE ->
          images.containsKey(symbol) ? images.get(symbol) : itself(symbol);
      case NEW -> {
        Sym old = symbol.as(Sym.Kind.STATE);
        yield renewed(image(old));
      }
      case INDEX -> index(symbol);
      case CONSTANT, STEP_NUMBER, RATE -> symbol;
      case PARAMETER, ANSWER, LOCAL, META -> itself(symbol);
    };
  }

  /** A symbol without an image. */
  Sym itself(Sym symbol) {
    return isRight
        ? new Sym(
            symbol.kind(),
            symbol.name() + "'",
            symbol.rank() + FOREIGN,
            symbol.domain(),
            symbol.shared())
        : symbol;
  }

  /** Where old states stand, their new values. */
  static Expr renewed(Expr expr) {
    return expr instanceof Sym symbol && symbol.kind() == Sym.Kind.STATE
        ? Derivation.newValue(symbol)
        : Walk.mapChildren(expr, Translation::renewed);
  }

  private Noise image(Noise noise, Optional<Expr> index) {
    Noise known = noises.get(noise.rank());
    if (known != null) {
      return new Noise(known.name(), known.rank(), known.distribution(), index);
    }
    return isRight
        ? new Noise(noise.name() + "'", noise.rank() + FOREIGN, noise.distribution(), index)
        : new Noise(noise.name(), noise.rank(), noise.distribution(), index);
  }

  private Expr image(Oracle oracle, boolean answers) {
    Image own =
        isRight
            ? new Image(oracle.function() + "'", oracle.rank() + FOREIGN, Optional.empty())
            : new Image(oracle.function(), oracle.rank(), Optional.empty());
    Image image = functions.getOrDefault(oracle.function(), own);
    Expr point = translated(oracle.point(), answers);
    Optional<Expr> example = oracle.example().map(index -> translated(index, answers));
    Optional<Expr> along = oracle.direction().map(each -> translated(each, answers));
    if (image.of().isEmpty()) {
      return new Oracle(image.function(), image.rank(), oracle.order(), example, point, along);
    }
    Over over = image.of().get();
    if (answers) {
      Expr mean = new Oracle(image.function(), image.rank(), oracle.order(), example, point, along);
      return over.mean() ? mean : Exprs.mul(over.axis().size(), mean);
    }
    Sym index = indexOf(over.axis().rank());
    return reduced(
        over.mean(),
        index,
        over.axis(),
        new Oracle(
            image.function(), image.rank(), oracle.order(), Optional.of(index), point, along));
  }

  private Axis image(Axis axis) {
    return switch (axis) {
      case Axis.Data data -> image(data);
      case Axis.Batch(Axis.Data of) -> new Axis.Batch(image(of));
      case Axis.Draws(Expr count) -> new Axis.Draws(translated(count, false));
      case Axis.Coordinates _ -> axis;
    };
  }

  /** The image of a data axis. */
  Axis.Data image(Axis.Data axis) {
    Axis.Data known = axes.get(axis.rank());
    if (known != null) {
      return known;
    }
    Expr size = translated(axis.size(), false);
    return isRight
        ? new Axis.Data(axis.name() + "'", axis.rank() + FOREIGN, size)
        : new Axis.Data(axis.name(), axis.rank(), size);
  }

  /** Indices are told apart by the axis they run over; that of draws is the same everywhere. */
  private Sym index(Sym index) {
    if (index.rank() < 0 || index.domain().equals(Domain.REAL)) {
      return index;
    }
    Axis.Data known = axes.get(index.rank());
    return indexOf(known != null ? known.rank() : index.rank() + (isRight ? FOREIGN : 0));
  }

  static Sym indexOf(int axis) {
    return new Sym(Sym.Kind.INDEX, "i", axis, Domain.POSITIVE);
  }
}
