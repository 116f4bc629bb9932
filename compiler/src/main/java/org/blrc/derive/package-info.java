/**
 * The derivation: passes from a checked spec to update equations and an update program. Equations
 * leave every pass in the form that {@link org.blrc.derive.EquationForm} describes; nothing here
 * knows a family or a rule by name.
 */
package org.blrc.derive;
