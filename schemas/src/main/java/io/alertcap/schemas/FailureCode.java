package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a capture did not happen, or did not arrive. */
public enum FailureCode {
  CONTAINER_NOT_FOUND,
  CONTAINER_EXITED,
  NO_PROCESS_ON_HOST,
  HOST_NETWORK_DENIED,
  INTERFACE_NOT_FOUND,
  INVALID_FILTER,
  INVALID_COMMAND,
  PERMISSION_DENIED,
  POLICY_DENIED,
  BUDGET_EXCEEDED,
  DISK_FULL,
  UPLOAD_FAILED,
  EXPIRED,
  NODE_SILENT,
  INTERNAL,
  /** What a newer version says, and this one does not know: read, never written of one's own. */
  @JsonEnumDefaultValue
  UNKNOWN;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
