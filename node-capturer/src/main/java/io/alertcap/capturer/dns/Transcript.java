package io.alertcap.capturer.dns;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
  private static final int BUFFER_BYTES = 64 << 10;
  private static final long SECOND = 1_000_000_000L;

  /** Kept free for the line that says what is left out. */
  private static final int LAST_LINE_BYTES = 128;

  private static final DateTimeFormatter TO_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

  private final OutputStream out;
  private final long mostBytes;

  /** Lines that wait to be written, and the one that is being made. */
  private final TextLine text = new TextLine();

  private int lineStart;
  private long writtenBytes;
  private long leftOut;
  private @Nullable IOException failure;
  private long secondNanos;
  private String secondText = "";

  /** Writes to {@code out} in large pieces, and closes it. */
  public Transcript(OutputStream out) {
    this(out, Long.MAX_VALUE);
  }

  /**
   * As {@link #Transcript(OutputStream)}, and never more than so many bytes, at least some hundred:
   * from the first line on that there is no room for, lines are counted and not written.
   */
  public Transcript(OutputStream out, long mostBytes) {
    this.out = out;
    this.mostBytes = mostBytes;
    text.put(HEAD);
    lineStart = text.length();
  }

  @Override
  public void answered(Transaction transaction, DnsMessage message) {
    if (isFull()) {
      return;
    }
    begin(transaction);
    text.put(DnsCodes.rcode(transaction.rcode())).put('\t');
    millis(transaction.latencyNanos());
    upstream(transaction);
    notes(transaction, "");
    answers(message);
    end();
  }

  @Override
  public void ended(Transaction transaction, End end) {
    if (isFull()) {
      return;
    }
    begin(transaction);
    text.put("-\t-");
    upstream(transaction);
    notes(
        transaction,
        switch (end) {
          case UNANSWERED -> "unanswered";
          case CAPTURE_ENDED -> "capture-ended";
          case FORGOTTEN -> "forgotten";
        });
    text.put("\t-");
    end();
  }

  /**
   * Ends the transcript, after its last transaction; once.
   *
   * @return how many transactions are left out
   * @throws IOException also if writing failed before; nothing was written after that
   */
  public long finish() throws IOException {
    if (leftOut > 0) {
      text.put("# ").number(leftOut).put(" more are left out: this file takes no more than ");
      text.number(mostBytes).put(" bytes\n");
    }
    write();
    if (failure != null) {
      throw failure;
    }
    out.flush();
    return leftOut;
  }

  /**
   * Closes the stream, and writes what waits to be written before.
   *
   * @throws IOException also if writing failed before; nothing was written after that
   */
  @Override
  public void close() throws IOException {
    try (out) {
      write();
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Counts the transaction if there is no room for any more. */
  private boolean isFull() {
    leftOut += leftOut > 0 ? 1 : 0;
    return leftOut > 0 || failure != null;
  }

  private void begin(Transaction transaction) {
    Exchange exchange = transaction.exchange();
    Question question = transaction.question();
    time(transaction.askedAt());
    text.put('\t').address(exchange.clientHigh(), exchange.clientLow());
    text.put('\t').address(exchange.serverHigh(), exchange.serverLow());
    text.put('\t').name(question.wire(), question.nameBytes());
    text.put('\t').put(question.typeText()).put('\t');
  }

  private void time(long epochNanos) {
    long nanos = epochNanos - secondNanos;
    if (nanos < 0 || nanos >= SECOND || secondText.isEmpty()) {
      long second = Math.floorDiv(epochNanos, SECOND);
      secondText = TO_SECONDS.format(Instant.ofEpochSecond(second));
      secondNanos = second * SECOND;
      nanos = epochNanos - secondNanos;
    }
    text.put(secondText).digits((int) nanos / 1_000, 6).put('Z');
  }

  private void millis(long nanos) {
    long micros = Math.max(0, nanos) / 1_000;
    text.number(micros / 1_000).put('.').digits((int) (micros % 1_000), 3).put("ms");
  }

  private void upstream(Transaction transaction) {
    text.put('\t');
    Transaction upstream = transaction.upstream();
    if (upstream == null) {
      text.put('-');
      return;
    }
    text.address(upstream.exchange().serverHigh(), upstream.exchange().serverLow()).put(' ');
    if (upstream.isAnswered()) {
      millis(upstream.latencyNanos());
    } else {
      text.put("unanswered");
    }
  }

  private void notes(Transaction transaction, String end) {
    text.put('\t');
    int from = text.length();
    note(transaction.exchange().isTcp(), "tcp", from);
    note(transaction.isTruncated(), "truncated", from);
    note(transaction.isAgain(), "again", from);
    note(!end.isEmpty(), end, from);
    if (text.length() == from) {
      text.put('-');
    }
  }

  private void note(boolean applies, String note, int from) {
    if (applies) {
      text.put(text.length() > from ? "," : "").put(note);
    }
  }

  private void answers(DnsMessage message) {
    text.put('\t');
    int promised = message.answers();
    int shown = 0;
    DnsMessage.RecordReader each = message.answerRecords();
    while (shown < MOST_ANSWERS && each.next()) {
      text.put(shown == 0 ? "" : ", ").put(DnsCodes.type(each.type())).put(' ');
      each.addData(text);
      text.put(' ').number(each.ttlSeconds()).put('s');
      shown++;
    }
    if (promised > shown) {
      text.put(shown == 0 ? "" : ", ").put('+').number(promised - shown);
    }
    if (promised == 0) {
      text.put('-');
    }
  }

  private void end() {
    text.put('\n');
    if (writtenBytes + text.length() > mostBytes - LAST_LINE_BYTES) {
      text.cut(lineStart);
      leftOut++;
    } else if (text.length() >= BUFFER_BYTES) {
      write();
    }
    lineStart = text.length();
  }

  private void write() {
    writtenBytes += text.length();
    if (failure == null) {
      try {
        text.writeTo(out);
      } catch (IOException e) {
        failure = e;
      }
    }
    text.cut(0);
  }
}
