package io.alertcap.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.acceptance.Repository;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A line of the table of docs/operations.md that says what each service has to be allowed. */
record DocumentedRight(String user, AclOperation operation, ResourcePattern resource) {

  static final String TRIGGER = "the trigger service";
  static final String CAPTURER = "the node capturers";

  private static final Pattern LINE =
      Pattern.compile(
          "^\\| (the [a-z ]+) \\| ([A-Z][a-z]+) \\| (topic|groups that begin with) `([^`]+)` \\|$",
          Pattern.MULTILINE);

  static List<DocumentedRight> all() {
    List<DocumentedRight> all =
        LINE.matcher(Repository.text(Repository.path("docs/operations.md")))
            .results()
            .map(DocumentedRight::of)
            .toList();
    assertThat(all).extracting(DocumentedRight::user).contains(TRIGGER, CAPTURER);
    return all;
  }

  private static DocumentedRight of(MatchResult line) {
    boolean topic = line.group(3).equals("topic");
    return new DocumentedRight(
        line.group(1),
        AclOperation.valueOf(line.group(2).toUpperCase(Locale.ROOT)),
        new ResourcePattern(
            topic ? ResourceType.TOPIC : ResourceType.GROUP,
            line.group(4),
            topic ? PatternType.LITERAL : PatternType.PREFIXED));
  }

  /** The user's name at the broker. */
  String principal() {
    return user.equals(TRIGGER) ? "trigger" : "capturer";
  }

  @Override
  public String toString() {
    return "%s: %s %s".formatted(user, operation, resource.name());
  }
}
