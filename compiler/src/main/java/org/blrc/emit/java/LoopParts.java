package org.blrc.emit.java;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.Arith.Call;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Arith.Sum;
import org.blrc.emit.arith.LoopBody;
import org.blrc.emit.arith.LoopBody.Store;
import org.blrc.emit.arith.Operation;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source.Element;
import org.blrc.emit.arith.Source.Local;

/**
 * Distributes what one loop could do over several loops. HotSpot gives up on vectorising a loop
 * whose body is large; a block of coordinates stays in the cache between loops, so that several
 * small ones cost little. A later loop reads new states where an earlier one has written them.
 */
final class LoopParts {

  /**
   * HotSpot's limit is about 60 nodes before the loop is unrolled (LoopUnrollLimit), of which the
   * control of the loop and address arithmetic take a share that is not counted here.
   */
  private static final int LARGEST = 40;

  private static final int NODES_OF_AN_ARRAY = 2;
  private static final int NODES_OF_A_CALL = 3;

  private final ProgramPlan plan;

  LoopParts(ProgramPlan plan) {
    this.plan = plan;
  }

  List<LoopBody.Part> of(List<Store> stores) {
    List<LoopBody.Part> parts = new ArrayList<>();
    Set<Local> written = new HashSet<>();
    List<Store> current = new ArrayList<>();
    for (int i = 0; i < stores.size(); i++) {
      List<Store> longer = new ArrayList<>(current);
      longer.add(stores.get(i));
      if (!current.isEmpty()
          && size(longer, written) > LARGEST
          && onlyNeedNewValues(stores.subList(i, stores.size()), written, current)) {
        parts.add(new LoopBody.Part(current, Set.copyOf(written)));
        written.addAll(newStates(current));
        longer = List.of(stores.get(i));
      }
      current = new ArrayList<>(longer);
    }
    parts.add(new LoopBody.Part(current, Set.copyOf(written)));
    return parts;
  }

  /** Whether nothing that follows needs what a state held before these stores. */
  private boolean onlyNeedNewValues(List<Store> following, Set<Local> written, List<Store> stores) {
    Set<Local> then = new HashSet<>(written);
    then.addAll(newStates(stores));
    Reading reading = new Reading(then);
    following.forEach(store -> reading.visit(store.value()));
    return stores.stream().noneMatch(store -> reading.old.contains(store.element()));
  }

  private static Set<Local> newStates(List<Store> stores) {
    Set<Local> result = new HashSet<>();
    for (Store store : stores) {
      if (store.value() instanceof Ref(Local local) && local.isNewState()) {
        result.add(local);
      }
    }
    return result;
  }

  private int size(List<Store> stores, Set<Local> written) {
    Reading reading = new Reading(written);
    stores.forEach(store -> reading.visit(store.value()));
    Set<Object> arrays = new HashSet<>(reading.old);
    arrays.addAll(reading.known);
    stores.forEach(store -> arrays.add(store.element() == null ? store : store.element()));
    int loads = reading.old.size() + reading.known.size();
    return reading.operations + loads + stores.size() + NODES_OF_AN_ARRAY * arrays.size();
  }

  /** What a loop computes and reads, each thing once. */
  private final class Reading {
    private final Set<Local> written;
    private final Set<Element> old = new HashSet<>();
    private final Set<Local> known = new HashSet<>();
    private final Set<Arith> seen = new HashSet<>();
    private int operations;

    Reading(Set<Local> written) {
      this.written = written;
    }

    void visit(Arith part) {
      Arith arith = plan.localFor(part).<Arith>map(Ref::new).orElse(part);
      if (!seen.add(arith)) {
        return;
      }
      switch (arith) {
        case Hoisted _ -> {}
        case Ref(Local local) when written.contains(local) -> known.add(local);
        case Ref(Local local) when !plan.isScalar(local) -> compute(plan.definition(local));
        case Ref(Element element) -> old.add(element);
        case Ref _ -> {}
        default -> compute(arith);
      }
    }

    private void compute(Arith arith) {
      int parts = arith.children().size();
      operations +=
          switch (arith) {
            case Sum _, Product _ -> parts - 1;
            case Call(Operation function, _) ->
                JavaDialect.isOverloaded(function) ? 1 : NODES_OF_A_CALL;
            default -> 0;
          };
      if (arith instanceof Ref) {
        visit(arith);
      } else {
        arith.children().forEach(this::visit);
      }
    }
  }
}
