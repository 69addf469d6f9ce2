package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.SeededHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What is asked for. Two are equal whatever the case of their names: resolvers vary it on purpose,
 * servers keep it or not. An object can be set to one question after the other; whoever keeps one
 * that may change copies it.
 */
final class Question {

  static final int A = 1;
  static final int AAAA = 28;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Names are kept in multiples of so many bytes, zeros at the end. */
  private static final int STEP_BYTES = 32;

  private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
  private static final long LOW_BITS = 0x7f * EVERY_BYTE;

  private byte[] name = new byte[STEP_BYTES];
  private int length = 1;
  private int type;
  private int dnsClass;
  private int nameHash;

  /** Makes this a question for a name. */
  void set(WireName newName, int newType, int newClass) {
    setName(newName.bytes(), newName.length());
    type = newType;
    dnsClass = newClass;
    nameHash = hash(name, length);
  }

  /** Makes this equal to another question. */
  void set(Question other) {
    setName(other.name, other.length);
    type = other.type;
    dnsClass = other.dnsClass;
    nameHash = other.nameHash;
  }

  Question copy() {
    Question copy = new Question();
    copy.set(this);
    return copy;
  }

  int type() {
    return type;
  }

  boolean isAddress() {
    return type == A || type == AAAA;
  }

  boolean isSame(WireName otherName, int otherType, int otherClass) {
    return type == otherType
        && dnsClass == otherClass
        && WireName.isSame(name, length, otherName.bytes(), otherName.length());
  }

  /** Whether the names are the same, whatever is asked about them. */
  boolean isSameName(Question other) {
    return nameHash == other.nameHash && WireName.isSame(name, length, other.name, other.length);
  }

  /** The same for all questions about one name. */
  int nameHash() {
    return nameHash;
  }

  /** The name in wire form, not to be changed; {@link #nameBytes} bytes of it. */
  byte[] wire() {
    return name;
  }

  /** Length of the name in wire form, with its final zero. */
  int nameBytes() {
    return length;
  }

  String nameText() {
    return new TextLine().name(name, length).toString();
  }

  String typeText() {
    return DnsCodes.type(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Question that
        && type == that.type
        && dnsClass == that.dnsClass
        && isSameName(that);
  }

  @Override
  public int hashCode() {
    return SeededHash.of(
        SeededHash.part(0, nameHash) + SeededHash.part(1, (dnsClass << 16) | type));
  }

  @Override
  public String toString() {
    return nameText() + " " + typeText();
  }

  private void setName(byte[] bytes, int newLength) {
    int kept = (newLength + STEP_BYTES - 1) & -STEP_BYTES;
    if (name.length < kept) {
      name = new byte[kept];
    }
    System.arraycopy(bytes, 0, name, 0, newLength);
    length = newLength;
  }

  private static int hash(byte[] name, int length) {
    long sum = SeededHash.part(0, length);
    int word = 1;
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      sum += SeededHash.part(word++, lower((long) LONGS.get(name, at)));
    }
    if (at < length) {
      long beyond = -1L << ((length - at) * Byte.SIZE);
      sum += SeededHash.part(word, lower((long) LONGS.get(name, at)) & ~beyond);
    }
    return SeededHash.of(sum);
  }

  /** Eight bytes with their ASCII letters in lower case; a label's length is below any letter. */
  private static long lower(long bytes) {
    long low = bytes & LOW_BITS;
    long fromA = low + (0x80 - 'A') * EVERY_BYTE;
    long beyondZ = low + (0x7f - 'Z') * EVERY_BYTE;
    long upper = ~bytes & (fromA ^ beyondZ) & ~LOW_BITS;
    return bytes | (upper >>> 2);
  }
}
