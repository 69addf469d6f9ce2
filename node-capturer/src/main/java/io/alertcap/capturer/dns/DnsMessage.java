package io.alertcap.capturer.dns;

import java.util.Optional;

/**
 * A DNS message, read in place and reused from message to message (RFC 1035, 4). The bytes may be
 * anything and may end anywhere: what cannot be read is absent.
 */
final class DnsMessage {

  static final int HEADER_BYTES = 12;

  /** Records are only looked at up to here: more do not fit into a message of 64 KiB of sense. */
  private static final int MOST_RECORDS = 256;

  private final WireName name = new WireName();
  private final Question question = new Question();
  private final RecordReader records = new RecordReader();
  private byte[] data = new byte[0];
  private int start;
  private int end;
  private int flags;
  private int questionType;
  private int questionClass;
  private int questionEnd;

  /** Looks at a message; false if not even its header is whole. */
  boolean read(byte[] newData, int offset, int length) {
    data = newData;
    start = offset;
    end = offset + length;
    if (length < HEADER_BYTES) {
      return false;
    }
    flags = NetworkOrder.unsignedShort(data, start + 2);
    readQuestion();
    return true;
  }

  int id() {
    return NetworkOrder.unsignedShort(data, start);
  }

  boolean isResponse() {
    return (flags & 0x8000) != 0;
  }

  boolean isTruncated() {
    return (flags & 0x0200) != 0;
  }

  /** The four bits of the header, as every server sets them; EDNS may add more. */
  int rcode() {
    return flags & 0xf;
  }

  /** How many questions the header promises: one in practice, none in some refusals. */
  int questions() {
    return NetworkOrder.unsignedShort(data, start + 4);
  }

  int answers() {
    return NetworkOrder.unsignedShort(data, start + 6);
  }

  /** Whether there is a question, and all of it. */
  boolean hasQuestion() {
    return questionEnd > 0;
  }

  /** The first question, the same object for every message; ask {@link #hasQuestion} before. */
  Question question() {
    question.set(name, questionType, questionClass);
    return question;
  }

  boolean asks(Question other) {
    return hasQuestion() && other.isSame(name, questionType, questionClass);
  }

  /** The records of the answer section that can be read, the same object for every message. */
  RecordReader answerRecords() {
    return records.from(this, hasQuestion() ? Math.min(answers(), MOST_RECORDS) : 0);
  }

  /** The EDNS parameters (RFC 6891), absent without an OPT record that can be read. */
  Optional<Edns> edns() {
    int before = answers() + NetworkOrder.unsignedShort(data, start + 8);
    int all = before + NetworkOrder.unsignedShort(data, start + 10);
    RecordReader each = records.from(this, hasQuestion() ? Math.min(all, MOST_RECORDS) : 0);
    for (int i = 0; each.next(); i++) {
      if (i >= before && each.type() == DnsCodes.OPT) {
        return Optional.of(Edns.of(each));
      }
    }
    return Optional.empty();
  }

  private void readQuestion() {
    questionEnd = 0;
    if (questions() == 0) {
      return;
    }
    int at = name.read(data, start, start + HEADER_BYTES, end);
    if (at < 0 || at + 4 > end) {
      return;
    }
    questionType = NetworkOrder.unsignedShort(data, at);
    questionClass = NetworkOrder.unsignedShort(data, at + 2);
    questionEnd = questions() == 1 ? at + 4 : skipQuestions(at + 4);
  }

  /** More than one question is against RFC 9619, but nothing keeps a sender from it. */
  private int skipQuestions(int position) {
    WireName skipped = new WireName();
    int at = position;
    for (int i = Math.min(questions(), MOST_RECORDS); i > 1; i--) {
      at = skipped.read(data, start, at, end) + 4;
      if (at < 4 || at > end) {
        return end;
      }
    }
    return at;
  }

  /**
   * What a message's OPT record says.
   *
   * @param payloadBytes the largest UDP payload that its sender takes
   * @param extendedRcode the upper eight bits of the rcode
   * @param dnssecOk whether signatures are wanted
   */
  record Edns(int payloadBytes, int extendedRcode, int version, boolean dnssecOk) {

    private static Edns of(RecordReader opt) {
      int flags = (int) opt.ttlSeconds();
      return new Edns(opt.dnsClass(), flags >>> 24, (flags >>> 16) & 0xff, (flags & 0x8000) != 0);
    }
  }

  /** Goes from record to record, as far as they can be read. */
  static final class RecordReader {

    private static final int FIXED_BYTES = 10;

    private final WireName owner = new WireName();
    private final RecordData recordData = new RecordData();
    private byte[] data = new byte[0];
    private int message;
    private int end;
    private int left;
    private int type;
    private int dnsClass;
    private long ttlSeconds;
    private int dataStart;
    private int after;

    private RecordReader from(DnsMessage of, int most) {
      data = of.data;
      message = of.start;
      end = of.end;
      after = of.questionEnd;
      left = most;
      return this;
    }

    /** Goes on to the next record; false if there is none. */
    boolean next() {
      if (left == 0) {
        return false;
      }
      left--;
      int at = owner.read(data, message, after, end);
      boolean hasHead = at >= 0 && at + FIXED_BYTES <= end;
      if (hasHead) {
        type = NetworkOrder.unsignedShort(data, at);
        dnsClass = NetworkOrder.unsignedShort(data, at + 2);
        ttlSeconds = NetworkOrder.unsignedInt(data, at + 4);
        dataStart = at + FIXED_BYTES;
        after = dataStart + NetworkOrder.unsignedShort(data, at + 8);
      }
      boolean isWhole = hasHead && after <= end;
      left = isWhole ? left : 0;
      return isWhole;
    }

    /** The name that the record belongs to. */
    WireName owner() {
      return owner;
    }

    int type() {
      return type;
    }

    int dnsClass() {
      return dnsClass;
    }

    /** As it stands in the message, 0 to 4294967295. */
    long ttlSeconds() {
      return ttlSeconds;
    }

    /**
     * Adds the record's data in the form of zone files, escaped; {@code \# n hex} (RFC 3597) where
     * the type has no form here or the data is not what the type says.
     */
    void addData(TextLine to) {
      recordData.add(to, type, data, message, dataStart, after);
    }
  }
}
