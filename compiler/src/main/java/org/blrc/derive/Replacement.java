package org.blrc.derive;

import org.blrc.symbolic.Expr;

/** What a rule replaced at one place, and what it put there. */
public record Replacement(Expr from, Expr to) {}
