package org.blrc.trial;

import java.util.List;

/** A trial cannot be made as asked; carries what to tell the user. */
public final class TrialException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public TrialException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public TrialException(String problem) {
    this(List.of(problem));
  }

  /** At least one; each is a whole sentence without a full stop. */
  public List<String> problems() {
    return problems;
  }
}
