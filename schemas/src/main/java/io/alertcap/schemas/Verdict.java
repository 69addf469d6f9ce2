package io.alertcap.schemas;

import java.util.List;

/**
 * The figures in one sentence.
 *
 * @param code the first of {@link VerdictCode} that applies
 * @param sentence what the packets show, with its numbers, and from whose side
 * @param also further codes that apply
 */
public record Verdict(VerdictCode code, String sentence, List<VerdictCode> also) {

  private static final int MAX_LENGTH = 2048;

  /** More than there are codes: newer versions have more. */
  private static final int MAX_ALSO = 32;

  public Verdict {
    Constraints.present(code, "code");
    Constraints.atMost(sentence, MAX_LENGTH, "sentence");
    also = Constraints.list(also, MAX_ALSO, "also");
  }

  /** The same, with one more sentence; empty for none. */
  public Verdict and(String more) {
    return more.isEmpty() ? this : new Verdict(code, sentence + " " + more, also);
  }
}
