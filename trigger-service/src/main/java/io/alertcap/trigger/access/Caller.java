package io.alertcap.trigger.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name as the operator calls them; absent where nobody is asked
 */
public record Caller(Optional<String> name, Set<Scope> scopes) {

  /** Where nobody is asked, everybody may do everything. */
  public static final Caller ANYBODY = new Caller(Optional.empty(), EnumSet.allOf(Scope.class));

  /** Where a request needs no scope, it is not looked who sent it. */
  public static final Caller NOBODY = new Caller(Optional.empty(), Set.of());

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }
}
