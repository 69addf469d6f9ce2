package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureRecord;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of records, numbered, for all followers together: each of them only remembers
 * a number, so that a slow one takes no memory. Thread-safe.
 */
final class Changes {

  private static final Pattern ID = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

  /** Numbers of another process mean something else. */
  private final String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  private final @Nullable CaptureRecord[] latest;
  private long newest;

  /**
   * Remembers nothing yet.
   *
   * @param most changes that are remembered
   */
  Changes(int most) {
    this.latest = new CaptureRecord[most];
  }

  /**
   * The record after a change.
   *
   * @param number from 1 on, without gaps
   */
  record Change(long number, CaptureRecord capture) {}

  synchronized void add(CaptureRecord capture) {
    newest++;
    latest[(int) (newest % latest.length)] = capture;
  }

  /** The number of the newest change. */
  synchronized long newest() {
    return newest;
  }

  /** Whether every change after this number is still remembered. */
  synchronized boolean reachesBackTo(long number) {
    return number >= newest - latest.length;
  }

  /** The change that follows, if there is one; to be asked only for what is remembered. */
  synchronized Optional<Change> after(long number) {
    CaptureRecord next = latest[(int) ((number + 1) % latest.length)];
    return number >= newest || next == null
        ? Optional.empty()
        : Optional.of(new Change(number + 1, next));
  }

  /** How a follower names a change when it comes back. */
  String id(long number) {
    return run + "-" + number;
  }

  /** The number that an id means, if it is of this process and can be resumed after. */
  Optional<Long> resumable(String id) {
    Matcher matcher = ID.matcher(id);
    return Optional.of(matcher)
        .filter(it -> it.matches() && it.group(1).equals(run))
        .map(it -> Long.parseLong(it.group(2)))
        .filter(number -> number <= newest() && reachesBackTo(number));
  }
}
