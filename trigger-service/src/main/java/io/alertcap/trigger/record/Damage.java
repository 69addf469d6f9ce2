package io.alertcap.trigger.record;

import java.sql.SQLException;
import java.util.zip.DataFormatException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a file of which nothing can be believed from one that only cannot be written. */
final class Damage {

  /** The low byte of an extended result code is the result code: sqlite.org/rescode.html. */
  private static final int RESULT_CODE = 0xff;

  private Damage() {}

  /** The file is another application's, or of another version. */
  static final class Foreign extends SQLException {
    private static final long serialVersionUID = 1L;

    Foreign(Exception cause) {
      super("it is of another version, or no record of captures", cause);
    }
  }

  static boolean is(Exception e) {
    return switch (e) {
      case DataFormatException unreadable -> true;
      case Foreign foreign -> true;
      case SQLiteException sqlite ->
          is(sqlite, SQLiteErrorCode.SQLITE_CORRUPT) || is(sqlite, SQLiteErrorCode.SQLITE_NOTADB);
      default -> false;
    };
  }

  private static boolean is(SQLiteException e, SQLiteErrorCode code) {
    return (e.getResultCode().code & RESULT_CODE) == code.code;
  }
}
