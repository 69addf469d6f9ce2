package io.alertcap.trigger.web;

import java.time.Duration;

/**
 * What one sender, or all together, may take of the server.
 *
 * @param connections at a time
 * @param handshake from connecting to the end of TLS's handshake, where TLS is spoken; until then a
 *     connection is none of {@code connections}: it costs a file descriptor and some kilobytes
 * @param first from connecting to the end of the first request's headers
 * @param next from one answer to the end of the next request's headers; an idle timeout would never
 *     end for a sender that trickles a header byte by byte
 * @param body from the end of a request's headers to the end of its body
 * @param linger how long a refused sender may go on sending before its connection is closed.
 *     Closing at once would reset it, and the answer would be lost (RFC 9112, section 9.6)
 * @param buffered bytes of all bodies together, and of what is kept of them until it is answered
 * @param unsent bytes of all answers together that were not read yet
 */
record HttpLimits(
    int connections,
    Duration handshake,
    Duration first,
    Duration next,
    Duration body,
    Duration linger,
    long buffered,
    long unsent) {

  static final HttpLimits DEFAULT =
      new HttpLimits(
          1024,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(90),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Runtime.getRuntime().maxMemory() / 4,
          Runtime.getRuntime().maxMemory() / 8);
}
