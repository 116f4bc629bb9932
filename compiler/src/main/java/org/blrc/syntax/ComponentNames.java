package org.blrc.syntax;

/**
 * The names of components: what has several is one variable for each of them, and {@code [k]},
 * which no declared name holds, tells them apart.
 */
public final class ComponentNames {

  private ComponentNames() {}

  /**
   * The name of one component.
   *
   * @param number from 1
   */
  public static String of(String name, int number) {
    return name + "[" + number + "]";
  }

  /** The name of one component, where the whole is named. */
  static Term.Name of(Term.Name name, int number) {
    return new Term.Name(name.span(), of(name.text(), number));
  }

  /** The declared name that a component belongs to; any other name is its own. */
  public static String declared(String name) {
    return isComponent(name) ? name.substring(0, name.indexOf('[')) : name;
  }

  public static boolean isComponent(String name) {
    return name.endsWith("]");
  }
}
