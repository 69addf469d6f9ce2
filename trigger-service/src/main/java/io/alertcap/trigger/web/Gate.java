package io.alertcap.trigger.web;

import io.alertcap.trigger.access.AccessControl;
import io.alertcap.trigger.access.Admission;
import io.alertcap.trigger.access.Caller;
import io.alertcap.trigger.access.Presented;
import io.alertcap.trigger.access.Scope;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Asks who is calling, before a byte of the body is taken. */
record Gate(AccessControl access) {

  /** Whether a request may go on. */
  sealed interface Outcome {
    record Passed(Caller caller) implements Outcome {}

    record Refused(Refusal reason, String detail, Answer answer) implements Outcome {}
  }

  Outcome pass(Route route, HttpServerRequest request) {
    if (route.scope().isEmpty()) {
      return new Outcome.Passed(Caller.NOBODY);
    }
    Scope scope = route.scope().get();
    return switch (access.admit(presented(request))) {
      case Admission.Known(Caller caller) when caller.may(scope) -> new Outcome.Passed(caller);
      case Admission.Known(Caller caller) -> {
        String detail = caller.name().orElse("This caller") + " lacks the scope '" + scope + "'";
        yield new Outcome.Refused(Refusal.FORBIDDEN, detail, Problem.forbidden(detail));
      }
      case Admission.Unknown unknown ->
          new Outcome.Refused(Refusal.UNAUTHENTICATED, unknown.reason(), refusal(unknown));
    };
  }

  /** A 401 has to say what would help; where nothing that HTTP knows would, it is a 403. */
  private static Answer refusal(Admission.Unknown unknown) {
    return unknown.challenges().isEmpty()
        ? Problem.forbidden(unknown.reason())
        : Problem.unauthorized(unknown.reason(), String.join(", ", unknown.challenges()));
  }

  private static Presented presented(HttpServerRequest request) {
    return new Presented(
        Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)),
        Optional.ofNullable(request.connection().sslSession()).flatMap(Gate::commonName));
  }

  private static Optional<String> commonName(SSLSession session) {
    try {
      return new LdapName(session.getPeerPrincipal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .findFirst();
    } catch (SSLPeerUnverifiedException | InvalidNameException e) {
      return Optional.empty(); // no certificate, or none with a name
    }
  }
}
