package io.alertcap.schemas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who was given the files of a capture.
 *
 * @param count of all times
 * @param last the last 100, the newest first
 */
public record Accesses(long count, List<Access> last) {

  /** Most that are kept one by one. */
  public static final int MAX_LAST = 100;

  private static final Comparator<Access> NEWEST_FIRST =
      Comparator.comparing(Access::at)
          .reversed()
          .thenComparing(access -> access.by().orElse(""))
          .thenComparing(Access::what);

  public Accesses {
    Constraints.count(count, "count");
    last = Constraints.list(last, MAX_LAST, "last");
  }

  static Accesses of(Access access) {
    return new Accesses(1, List.of(access));
  }

  /** One more; what is among the last already is told again, and changes nothing. */
  Accesses with(Access access) {
    if (last.contains(access)) {
      return this;
    }
    List<Access> all = new ArrayList<>(last);
    all.add(access);
    all.sort(NEWEST_FIRST);
    return new Accesses(count + 1, all.subList(0, Math.min(all.size(), MAX_LAST)));
  }
}
