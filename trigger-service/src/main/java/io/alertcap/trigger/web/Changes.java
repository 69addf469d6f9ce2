package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest changes of records, numbered, for all followers together: each of them only remembers
 * a number, so that a slow one takes no memory. Bounded in number and in bytes. Thread-safe.
 */
final class Changes {

  private static final Pattern ID = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

  /** Numbers of another process mean something else. */
  private final String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  private final int mostChanges;
  private final long mostBytes;
  private final NavigableMap<Long, String> latest = new TreeMap<>();
  private long bytes;
  private long newest;

  /**
   * Remembers nothing yet.
   *
   * @param mostChanges that are remembered
   * @param mostBytes of their JSON; the newest is remembered however large it is
   */
  Changes(int mostChanges, long mostBytes) {
    this.mostChanges = mostChanges;
    this.mostBytes = mostBytes;
  }

  /**
   * The record after a change.
   *
   * @param number from 1 on, without gaps
   */
  record Change(long number, String json) {}

  void add(CaptureRecord capture) {
    add(new String(Json.write(capture), StandardCharsets.UTF_8));
  }

  private synchronized void add(String json) {
    newest++;
    latest.put(newest, json);
    bytes += json.length();
    while (latest.size() > mostChanges || (bytes > mostBytes && latest.size() > 1)) {
      bytes -= latest.pollFirstEntry().getValue().length();
    }
  }

  /** The number of the newest change. */
  synchronized long newest() {
    return newest;
  }

  /** Whether every change after this number is still remembered. */
  synchronized boolean reachesBackTo(long number) {
    return number >= newest - latest.size();
  }

  /** The change that follows, if there is one; to be asked only for what is remembered. */
  synchronized Optional<Change> after(long number) {
    return Optional.ofNullable(latest.higherEntry(number))
        .map(next -> new Change(next.getKey(), next.getValue()));
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
