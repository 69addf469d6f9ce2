package io.alertcap.capturer.dns;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line for each transaction, written when it is over, so that lines are in the order of answers.
 * Columns are separated by tabs: time of the query, client, server, name, type, rcode, latency,
 * upstream with its latency, notes, answers with their TTLs; {@code -} where there is nothing.
 * Names and data are escaped as in zone files, so that nothing in a packet can break a line, and a
 * character is a byte. Where there are too many transactions, the last line says how many are left
 * out.
 */
public final class Transcript implements TransactionObserver, AutoCloseable {

  private static final String HEAD =
      "# time\tclient\tserver\tname\ttype\trcode\tlatency\tupstream\tnotes\tanswers\n";
  private static final int MOST_ANSWERS = 32;
  private static final long SECOND = 1_000_000_000L;

  /** Kept free for the line that says what is left out. */
  private static final int LAST_LINE_BYTES = 128;

  private static final DateTimeFormatter TO_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Writer writer;
  private final long mostBytes;
  private final StringBuilder line = new StringBuilder(256);
  private long bytes;
  private long leftOut;
  private @Nullable IOException failure;
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  /** Writes to {@code writer}, which should be buffered, and closes it. */
  public Transcript(Writer writer) {
    this(writer, Long.MAX_VALUE);
  }

  /**
   * As {@link #Transcript(Writer)}, and never more than so many bytes, at least some hundred: from
   * the first line on that there is no room for, lines are counted and not written.
   */
  public Transcript(Writer writer, long mostBytes) {
    this.writer = writer;
    this.mostBytes = mostBytes;
    line.append(HEAD);
    write();
  }

  @Override
  public void answered(Transaction transaction, DnsMessage message) {
    if (isFull()) {
      return;
    }
    begin(transaction);
    line.append(DnsCodes.rcode(transaction.rcode())).append('\t');
    millis(transaction.latencyNanos());
    upstream(transaction);
    notes(transaction, "");
    answers(message);
    write();
  }

  @Override
  public void ended(Transaction transaction, End end) {
    if (isFull()) {
      return;
    }
    begin(transaction);
    line.append("-\t-");
    upstream(transaction);
    notes(
        transaction,
        switch (end) {
          case UNANSWERED -> "unanswered";
          case CAPTURE_ENDED -> "capture-ended";
          case FORGOTTEN -> "forgotten";
        });
    line.append("\t-\n");
    write();
  }

  /**
   * Ends the transcript, after its last transaction; once.
   *
   * @return how many transactions are left out
   */
  public long finish() {
    if (leftOut > 0) {
      line.append("# ").append(leftOut).append(" more are left out: this file takes no more than ");
      line.append(mostBytes).append(" bytes\n");
      append();
    }
    return leftOut;
  }

  /**
   * Closes the writer.
   *
   * @throws IOException also if writing failed before; nothing was written after that
   */
  @Override
  public void close() throws IOException {
    try (writer) {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Counts the transaction if there is no room for any more. */
  private boolean isFull() {
    leftOut += leftOut > 0 ? 1 : 0;
    return leftOut > 0;
  }

  private void begin(Transaction transaction) {
    time(transaction.askedAt());
    line.append('\t').append(transaction.client());
    line.append('\t').append(transaction.server());
    line.append('\t').append(transaction.question().nameText());
    line.append('\t').append(transaction.question().typeText()).append('\t');
  }

  private void time(long epochNanos) {
    long newSecond = Math.floorDiv(epochNanos, SECOND);
    if (newSecond != second) {
      second = newSecond;
      secondText = TO_SECONDS.format(Instant.ofEpochSecond(newSecond));
    }
    line.append(secondText).append('.');
    digits(Math.floorMod(epochNanos, SECOND) / 1_000, 100_000);
    line.append('Z');
  }

  private void millis(long nanos) {
    long micros = Math.max(0, nanos) / 1_000;
    line.append(micros / 1_000).append('.');
    digits(micros % 1_000, 100);
    line.append("ms");
  }

  private void digits(long value, long highest) {
    for (long place = highest; place > 0; place /= 10) {
      line.append((char) ('0' + value / place % 10));
    }
  }

  private void upstream(Transaction transaction) {
    line.append('\t');
    transaction
        .upstream()
        .ifPresentOrElse(
            upstream -> {
              line.append(upstream.server()).append(' ');
              if (upstream.isAnswered()) {
                millis(upstream.latencyNanos());
              } else {
                line.append("unanswered");
              }
            },
            () -> line.append('-'));
  }

  private void notes(Transaction transaction, String end) {
    line.append('\t');
    int from = line.length();
    note(transaction.exchange().isTcp(), "tcp", from);
    note(transaction.isTruncated(), "truncated", from);
    note(transaction.isAgain(), "again", from);
    note(!end.isEmpty(), end, from);
    if (line.length() == from) {
      line.append('-');
    }
  }

  private void note(boolean applies, String text, int from) {
    if (applies) {
      line.append(line.length() > from ? "," : "").append(text);
    }
  }

  private void answers(DnsMessage message) {
    line.append('\t');
    List<DnsRecord> records = message.answerRecords();
    int shown = Math.min(records.size(), MOST_ANSWERS);
    for (int i = 0; i < shown; i++) {
      DnsRecord each = records.get(i);
      line.append(i == 0 ? "" : ", ").append(each.typeText()).append(' ').append(each.data());
      line.append(' ').append(each.ttlSeconds()).append('s');
    }
    if (message.answers() > shown) {
      line.append(shown == 0 ? "" : ", ").append('+').append(message.answers() - shown);
    }
    line.append(message.answers() == 0 ? "-\n" : "\n");
  }

  private void write() {
    if (bytes + line.length() > mostBytes - LAST_LINE_BYTES) {
      leftOut++;
      line.setLength(0);
    } else {
      append();
    }
  }

  private void append() {
    bytes += line.length();
    if (failure == null) {
      try {
        writer.append(line);
      } catch (IOException e) {
        failure = e;
      }
    }
    line.setLength(0);
  }
}
