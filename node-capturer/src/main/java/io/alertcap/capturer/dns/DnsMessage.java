package io.alertcap.capturer.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A DNS message, read in place and reused from message to message (RFC 1035, 4). The bytes may be
 * anything and may end anywhere: what cannot be read is absent.
 */
final class DnsMessage {

  static final int HEADER_BYTES = 12;

  /** Records are only looked at up to here: more do not fit into a message of 64 KiB of sense. */
  private static final int MOST_RECORDS = 256;

  private final WireName name = new WireName();
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

  /** The first question; ask {@link #hasQuestion} before. */
  Question question() {
    return new Question(name.copy(), questionType, questionClass);
  }

  boolean asks(Question question) {
    return hasQuestion() && question.isSame(name, questionType, questionClass);
  }

  /** The records of the answer section that can be read. */
  List<DnsRecord> answerRecords() {
    List<DnsRecord> found = new ArrayList<>();
    int at = questionEnd;
    for (int i = Math.min(answers(), MOST_RECORDS); i > 0 && hasQuestion(); i--) {
      DnsRecord each = records.read(data, start, at, end);
      if (each == null) {
        break;
      }
      found.add(each);
      at = records.after();
    }
    return found;
  }

  /** The EDNS parameters (RFC 6891), absent without an OPT record that can be read. */
  Optional<Edns> edns() {
    Edns found = null;
    int before = answers() + NetworkOrder.unsignedShort(data, start + 8);
    int all = before + NetworkOrder.unsignedShort(data, start + 10);
    int at = questionEnd;
    for (int i = 0; i < Math.min(all, MOST_RECORDS) && hasQuestion() && found == null; i++) {
      if (!records.skip(data, start, at, end)) {
        break;
      }
      found = i < before ? null : records.edns();
      at = records.after();
    }
    return Optional.ofNullable(found);
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
  record Edns(int payloadBytes, int extendedRcode, int version, boolean dnssecOk) {}

  /** Finds its way from record to record. */
  private static final class RecordReader {

    private final WireName owner = new WireName();
    private final RecordData recordData = new RecordData();
    private byte[] data = new byte[0];
    private int type;
    private int dnsClass;
    private long ttl;
    private int dataStart;
    private int after;

    int after() {
      return after;
    }

    boolean skip(byte[] newData, int message, int position, int end) {
      data = newData;
      int at = owner.read(data, message, position, end);
      if (at < 0 || at + 10 > end) {
        return false;
      }
      type = NetworkOrder.unsignedShort(data, at);
      dnsClass = NetworkOrder.unsignedShort(data, at + 2);
      ttl = NetworkOrder.unsignedInt(data, at + 4);
      dataStart = at + 10;
      after = dataStart + NetworkOrder.unsignedShort(data, at + 8);
      return after <= end;
    }

    @Nullable DnsRecord read(byte[] newData, int message, int position, int end) {
      if (!skip(newData, message, position, end)) {
        return null;
      }
      String text = recordData.text(type, data, message, dataStart, after);
      return new DnsRecord(owner.toString(), type, ttl, text);
    }

    @Nullable Edns edns() {
      return type == DnsCodes.OPT
          ? new Edns(dnsClass, (int) ttl >>> 24, (int) (ttl >>> 16) & 0xff, (ttl & 0x8000) != 0)
          : null;
    }
  }
}
