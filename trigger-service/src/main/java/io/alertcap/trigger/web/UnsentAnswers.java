package io.alertcap.trigger.web;

import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was answered and not read yet, of all connections together. Where it is too much, whoever
 * has read nothing for the longest is disconnected: answers that are read leave at once, so those
 * who read never pay for those who do not. Thread-safe.
 */
final class UnsentAnswers {

  private final long most;

  /** Of a connection that was sent something, in the order in which that was. */
  private final Map<HttpConnection, Long> unsent = new LinkedHashMap<>();

  private long bytes;

  /**
   * Holds nothing yet.
   *
   * @param most bytes of the heap, and of what Netty copies of it
   */
  UnsentAnswers(long most) {
    this.most = most;
  }

  /** So many bytes are given to the connection; blocks for nothing. */
  void sending(HttpConnection connection, long added) {
    add(connection, added).forEach(Connections::cutOff);
  }

  private synchronized List<HttpConnection> add(HttpConnection connection, long added) {
    unsent.merge(connection, added, Long::sum);
    bytes += added;
    List<HttpConnection> slow = new ArrayList<>();
    while (bytes > most) {
      Map.Entry<HttpConnection, Long> oldest = unsent.entrySet().iterator().next();
      unsent.remove(oldest.getKey());
      bytes -= oldest.getValue();
      slow.add(oldest.getKey());
    }
    return slow;
  }

  /** These bytes have left, or never will. */
  synchronized void sent(HttpConnection connection, long removed) {
    Long known = unsent.remove(connection);
    if (known == null) {
      return;
    }
    long rest = Math.max(0, known - removed);
    bytes -= known - rest;
    if (rest > 0) {
      unsent.put(connection, rest); // it reads: now others are slower
    }
  }
}
