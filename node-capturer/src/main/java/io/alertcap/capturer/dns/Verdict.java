package io.alertcap.capturer.dns;

import java.util.List;

/**
 * The figures in one sentence.
 *
 * @param code the first of {@link VerdictCode} that applies
 * @param sentence what the packets show, with its numbers, and from whose side
 * @param also further codes that apply
 */
public record Verdict(VerdictCode code, String sentence, List<VerdictCode> also) {

  public Verdict {
    also = List.copyOf(also);
  }
}
