package io.alertcap.capturer.dns;

/**
 * What is asked for. Two are equal whatever the case of their names: resolvers vary it on purpose,
 * servers keep it or not.
 */
final class Question {

  static final int A = 1;
  static final int AAAA = 28;

  private final byte[] name;
  private final int type;
  private final int dnsClass;
  private final int nameHash;
  private final int hash;

  /** Keeps {@code name}, in wire form. */
  Question(byte[] name, int type, int dnsClass) {
    this.name = name;
    this.type = type;
    this.dnsClass = dnsClass;
    nameHash = nameHash(name);
    hash = 31 * (31 * nameHash + type) + dnsClass;
  }

  int type() {
    return type;
  }

  boolean isAddress() {
    return type == A || type == AAAA;
  }

  boolean isSame(WireName otherName, int otherType, int otherClass) {
    return type == otherType && dnsClass == otherClass && otherName.isSame(name);
  }

  /** Whether the names are the same, whatever is asked about them. */
  boolean isSameName(Question other) {
    return sameBytes(name, other.name);
  }

  /** The same for all questions about one name. */
  int nameHash() {
    return nameHash;
  }

  /** The name in wire form, not to be changed. */
  byte[] wire() {
    return name;
  }

  String nameText() {
    return WireName.text(name, name.length);
  }

  String typeText() {
    return DnsCodes.type(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Question that
        && hash == that.hash
        && type == that.type
        && dnsClass == that.dnsClass
        && sameBytes(name, that.name);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return nameText() + " " + typeText();
  }

  private static boolean sameBytes(byte[] a, byte[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (WireName.lower(a[i]) != WireName.lower(b[i])) {
        return false;
      }
    }
    return true;
  }

  private static int nameHash(byte[] name) {
    int h = 0;
    for (byte b : name) {
      h = 31 * h + WireName.lower(b);
    }
    return h;
  }
}
