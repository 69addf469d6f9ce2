package io.alertcap.schemas;

/**
 * A field whose value the contract does not allow. The message is a clause without a subject ("must
 * be …"); the subject is {@link #field()}.
 */
public final class InvalidField extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;

  public InvalidField(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field's name as JSON spells it, relative to the object that holds it. */
  public String field() {
    return field;
  }
}
