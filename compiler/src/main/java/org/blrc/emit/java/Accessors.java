package org.blrc.emit.java;

import java.util.Set;
import org.blrc.program.Program;
import org.blrc.program.Program.Hyper;
import org.blrc.program.Program.State;

/** The names of the methods that give access to hyper-parameters and states. */
final class Accessors {

  /** The methods of objects, of optimizers and of their builders. */
  private static final Set<String> RESERVED =
      Set.of(
          "getClass",
          "hashCode",
          "equals",
          "toString",
          "clone",
          "finalize",
          "notify",
          "notifyAll",
          "wait",
          "name",
          "dimension",
          "hyperParameters",
          "hyperParameter",
          "schedule",
          "group",
          "groups",
          "states",
          "state",
          "parameters",
          "direction",
          "refresh",
          "samples",
          "phases",
          "steps",
          "noise",
          "threads",
          "nonFinite",
          "skippedSteps",
          "outOfDomain",
          "shortenedSteps",
          "save",
          "load",
          "evaluate",
          "step",
          "point",
          "restore",
          "accumulate",
          "update",
          "updateFromOne",
          "range",
          "rangeFromOne",
          "backOff",
          "moveShared",
          "keepShared",
          "average",
          "hyper",
          "stepNumber",
          "normal",
          "uniform",
          "answer",
          "examples",
          "build",
          "builder",
          "start",
          "stepAndEvaluate",
          "execution",
          "signature",
          "hypers",
          "nextHypers",
          "takeHypers",
          "countSteps",
          "size",
          "total",
          "sum",
          "place",
          "scalars",
          "initial",
          "begin",
          "column",
          "device",
          "array",
          "arrayAt",
          "recordedSteps",
          "stochasticRounding",
          "requireBetweenSteps",
          "close",
          "tensors",
          "stateAt",
          "parametersAt",
          "startOf",
          "addGroup");

  private final Names names = Names.without(RESERVED);

  Accessors(Program program) {
    program.hypers().forEach(hyper -> names.claim(hyper.name(), hyper));
    program.states().forEach(state -> names.claim(state.name(), state));
  }

  String of(Hyper hyper) {
    return names.of(hyper);
  }

  String of(State state) {
    return names.of(state);
  }
}
