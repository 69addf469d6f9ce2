package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the DNS packets of a capture say, in the order in which it is looked for. */
public enum VerdictCode {
  /** No DNS message at all. */
  NO_DNS,
  /** Too few queries for any share of them to mean something. */
  TOO_LITTLE_TRAFFIC,
  /** Of two queries sent at the same moment one is lost, and comes again after 5 s. */
  CONNTRACK_RACE,
  /** Queries get no answer. */
  QUERIES_UNANSWERED,
  /** Answers are slow, for the most part because those whom the target asks are. */
  UPSTREAM_SLOW,
  /** Answers of the target are slow, and not because of those whom it asks. */
  SERVER_SLOW,
  /** Answers do not fit into UDP, and are asked for again over TCP. */
  TRUNCATION_FALLBACK,
  /** Most answers say that the name does not exist. */
  NXDOMAIN_STORM,
  /** None of these. */
  HEALTHY,
  /** What a newer version says, and this one does not know: read, never written of one's own. */
  @JsonEnumDefaultValue
  UNKNOWN;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return code();
  }
}
