package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blrc.emit.arith.Arith;
import org.blrc.emit.arith.LoopBody;
import org.blrc.emit.arith.LoopBody.How;
import org.blrc.emit.arith.LoopBody.Store;
import org.blrc.emit.arith.ProgramPlan;
import org.blrc.emit.arith.Source;
import org.blrc.emit.arith.Source.Reduced;
import org.blrc.emit.arith.Source.Row;
import org.blrc.symbolic.Expr.Reduce;

/**
 * Sums over the examples of a minibatch. The block of coordinates stays in the cache while the rows
 * pass by; the row is copied, so that its index is that of the other arrays.
 */
final class BatchWriter {

  private final MethodWriter method;
  private final ProgramPlan plan;

  BatchWriter(MethodWriter method) {
    this.method = method;
    this.plan = method.plan();
  }

  /**
   * Computes reductions into fields of their own, and adds what depends on the rows to other
   * arrays.
   */
  void write(Map<Reduce, Arith> reductions, List<Store> others) {
    Set<Reduce> pending = new LinkedHashSet<>(reductions.keySet());
    List<Store> stores = new ArrayList<>();
    reductions.forEach(
        (reduce, body) -> {
          Reduced result = new Reduced(reduce);
          String array = method.array(result);
          method.body().addStatement("$T.fill($N, from, to, 0)", Arrays.class, array);
          stores.add(new Store(array, result, ProgramPlan.weighted(reduce, body), How.ADD));
        });
    stores.addAll(others);
    while (!stores.isEmpty()) {
      List<Store> ready =
          stores.stream().filter(store -> !dependsOn(store.value(), pending)).toList();
      pass(ready);
      stores.removeAll(ready);
      ready.stream()
          .map(Store::element)
          .filter(Reduced.class::isInstance)
          .forEach(result -> pending.remove(((Reduced) result).reduce()));
    }
  }

  private boolean dependsOn(Arith body, Set<Reduce> pending) {
    return plan.sources(body).stream()
        .anyMatch(source -> source instanceof Reduced(Reduce reduce) && pending.contains(reduce));
  }

  /** The number of a row among those of all examples and components. */
  private String place(Row row) {
    int components = plan.program().components();
    if (row.answer().kind().order() == 0 || components == 1) {
      return "example";
    }
    return row.component() == 1
        ? "example * " + components
        : "(example * %d + %d)".formatted(components, row.component() - 1);
  }

  /** One pass over the examples. */
  private void pass(List<Store> stores) {
    Set<Source> sources = new LinkedHashSet<>();
    stores.forEach(store -> sources.addAll(plan.sources(store.value())));
    CodeBlock.Builder body = method.body();
    body.beginControlFlow(
        "for (int example = 0; example < $N; example++)", method.scalars().examples());
    for (Source source : sources) {
      if (source instanceof Row row) {
        body.addStatement(
            "$T.arraycopy($N, $L * $N + from, $N, from, to - from)",
            System.class,
            method.rows(row),
            place(row),
            method.scalars().rowLength(),
            method.array(row));
      }
    }
    body.beginControlFlow("for (int i = from; i < to; i++)");
    LoopBody.write(method, new LoopBody.Part(stores, Set.of()));
    body.endControlFlow().endControlFlow();
  }
}
