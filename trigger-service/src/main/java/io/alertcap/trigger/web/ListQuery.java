package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureStatus;
import io.alertcap.trigger.record.Cursor;
import io.alertcap.trigger.record.RecordQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The query of {@code GET /api/v1/captures}. A parameter that nobody knows is refused: a mistyped
 * filter would otherwise answer with everything.
 */
final class ListQuery {

  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "namespace",
              "pod",
              "node",
              "rule",
              "alertname",
              "status",
              "since",
              "limit",
              "cursor"));

  private final Map<String, List<String>> query;

  private ListQuery(Map<String, List<String>> query) {
    this.query = query;
  }

  /** A parameter is not as it must be. */
  static final class InvalidParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    private InvalidParameter(String parameter, String message) {
      super(message);
      this.parameter = parameter;
    }

    String parameter() {
      return parameter;
    }
  }

  /**
   * Reads the parameters.
   *
   * @throws InvalidParameter for the first that is wrong
   */
  static RecordQuery read(Map<String, List<String>> query) {
    return new ListQuery(query).read();
  }

  private RecordQuery read() {
    for (String name : new TreeSet<>(query.keySet())) {
      if (!KNOWN.contains(name)) {
        throw new InvalidParameter(name, "is unknown; known are " + String.join(", ", KNOWN));
      }
    }
    int limit = parameter("limit", ListQuery::limit).orElse(RecordQuery.DEFAULT_LIMIT);
    return new RecordQuery(
        parameter("namespace", Function.identity()),
        parameter("pod", Function.identity()),
        parameter("node", Function.identity()),
        parameter("rule", Function.identity()),
        parameter("alertname", Function.identity()),
        parameter("status", ListQuery::status),
        parameter("since", ListQuery::time),
        limit,
        parameter("cursor", Cursor::parse));
  }

  private <T> Optional<T> parameter(String name, Function<String, T> parse) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new InvalidParameter(name, "must be given once");
    }
    try {
      return values.stream().findFirst().map(parse);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      throw new InvalidParameter(name, message == null ? "is not valid" : message);
    }
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= RecordQuery.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("must be a number from 1 to " + RecordQuery.MAX_LIMIT);
  }

  private static CaptureStatus status(String text) {
    return Arrays.stream(CaptureStatus.values())
        .filter(status -> status.code().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of "
                    + Arrays.stream(CaptureStatus.values())
                        .map(CaptureStatus::code)
                        .collect(Collectors.joining(", "))));
  }

  private static Instant time(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() < 0 || time.getYear() > 9999) {
        throw new DateTimeException("RFC 3339 has years of four digits");
      }
      return time.toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be an RFC 3339 time such as 2026-11-22T22:33:35Z", e);
    }
  }
}
