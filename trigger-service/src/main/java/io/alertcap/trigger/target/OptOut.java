package io.alertcap.trigger.target;

import java.util.Map;

/**
 * How the owners of a pod, or of a namespace, keep it from being captured without asking the
 * operator: by an annotation.
 */
public final class OptOut {

  public static final String ANNOTATION = "alertcap.io/capture";

  /** What the documents tell people to write. */
  public static final String DISABLED = "disabled";

  private static final String ENABLED = "enabled";

  private OptOut() {}

  /**
   * Any other value than {@code enabled} opts out: who misspells it did not mean to be captured.
   */
  public static boolean isIn(Map<String, String> annotations) {
    return !annotations.getOrDefault(ANNOTATION, ENABLED).equals(ENABLED);
  }

  /**
   * The clause for people.
   *
   * @param what whose annotation it is: {@code pod shop/web-0}
   */
  public static String of(String what) {
    return what + " opted out by its annotation " + ANNOTATION;
  }
}
