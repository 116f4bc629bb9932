package org.blrc.syntax;

import java.util.Optional;
import org.blrc.syntax.Term.Name;

/** How many components something has. */
final class Counts {

  /** More are no components, but an axis. */
  private static final int MOST = 256;

  private Counts() {}

  /** The number that is declared for a name; reports what is none. */
  static Optional<Integer> of(Name name, Term declared, ComponentScope scope) {
    Optional<Integer> count = scope.number(declared);
    if (count.isPresent() && (count.get() < 1 || count.get() > MOST)) {
      scope
          .report()
          .accept(
              Diagnostic.at(
                      declared.span(),
                      Code.SHAPE,
                      "`%s` cannot have %d components".formatted(name.text(), count.get()))
                  .withHint("a number from 1 to %d is possible".formatted(MOST)));
      return Optional.empty();
    }
    return count;
  }
}
