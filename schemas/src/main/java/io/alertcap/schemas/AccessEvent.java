package io.alertcap.schemas;

/**
 * That somebody was given a file of a capture, on {@code alertcap.events}. It is no step in the
 * life of the capture: it changes no status, and makes no record.
 *
 * @param type always {@link #TYPE}
 */
public record AccessEvent(String type, CaptureId id, Access access) {

  public static final String TYPE = "accessed";

  public AccessEvent {
    Constraints.present(type, "type");
    if (!type.equals(TYPE)) {
      throw new InvalidField("type", "must be " + TYPE);
    }
    Constraints.present(id, "id");
    Constraints.present(access, "access");
  }

  public AccessEvent(CaptureId id, Access access) {
    this(TYPE, id, access);
  }
}
