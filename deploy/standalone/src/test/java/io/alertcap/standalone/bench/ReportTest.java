package io.alertcap.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.schemas.json.Json;
import io.alertcap.standalone.bench.Measured.Contender;
import io.alertcap.standalone.bench.Measured.Load;
import io.alertcap.standalone.bench.Measured.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Contender OURS =
      new Contender("alertcap", List.of(Figure.of("cost", "ms", List.of(120.0, 90.0, 110.0))));
  private static final Contender THEIRS =
      new Contender("other", List.of(Figure.of("cost", "ms", List.of(100.0, 100.0, 1000.0))));

  @Test
  void takesTheMiddleOfTheRounds() {
    assertThat(Figure.quantile(List.of(3.0, 1.0, 2.0), 0.5)).isEqualTo(2);
    assertThat(Figure.quantile(List.of(1.0, 2.0), 0.5)).isEqualTo(1.5);
    assertThat(Figure.quantile(List.of(7.0), 0.95)).isEqualTo(7);
    assertThat(Figure.of("x", "", List.of(1.0, 5.0, 3.0)).largest()).isEqualTo(5);
  }

  @Test
  void judgesByTheMedians() {
    assertThat(Verdict.atMost(1.1, OURS, THEIRS, "cost"))
        .isEqualTo(new Verdict("cost at most 1.1 × other's", true, "1.10 ×"));
    assertThat(Verdict.atMost(1.0, OURS, THEIRS, "cost").met()).isFalse();
  }

  @Test
  void judgesLossByTheWorstRound() {
    Contender none = losing(0, 0, 0);
    Contender some = losing(0, 0, 12);

    assertThat(CaptureVerdicts.noneLost(none).met()).isTrue();
    assertThat(CaptureVerdicts.noneLost(some).met()).isFalse();
    assertThat(CaptureVerdicts.noMoreLostThan(some, none).met()).isTrue();
    assertThat(CaptureVerdicts.noMoreLostThan(none, some).met()).isFalse();
  }

  @Test
  void saysInATableWhatWasMetAndWhatWasMissed() {
    assertThat(Table.of(report()))
        .contains("A processor × 2, 4,096 MiB")
        .contains("cost: What does it cost?")
        .containsPattern("median of rounds +alertcap +other")
        .containsPattern("cost, ms +110 +100")
        .contains("load average 0.1 before, 0.2 after")
        .contains("met     never: 1.10 ×")
        .contains("MISSED  ever: 2.00 ×");
  }

  @Test
  void holdsTheFiguresOfEveryRoundAsJson() {
    assertThat(Json.pretty(report()))
        .contains("\"median\" : 110.0", "\"values\" : [ 120.0, 90.0, 110.0 ]", "\"met\" : false");
  }

  @Test
  void boundsWhatABenchMaySend() {
    assertThatIllegalArgumentException().isThrownBy(() -> workbench(5, 10_000_001));
    assertThatIllegalArgumentException().isThrownBy(() -> workbench(0, 1000));
    assertThat(workbench(1, 10_000_000).packets()).isEqualTo(10_000_000);
  }

  @Test
  void refusesWhatFindsNoRoom() {
    assertThatThrownBy(() -> workbench(1, 1000).needRoom(Long.MAX_VALUE))
        .isInstanceOf(BenchFailed.class)
        .hasMessageContaining("choose fewer by --packets");
  }

  @Test
  void knowsEveryMeasureByItsName() {
    assertThat(Measures.ALL)
        .allSatisfy(measure -> assertThat(Measures.named(measure.name())).contains(measure));
    assertThat(Measures.named("nothing")).isEmpty();
  }

  private static Workbench workbench(int rounds, int packets) {
    return new Workbench(rounds, packets, 1, Path.of("."), ignored -> {});
  }

  private static Contender losing(double... packets) {
    List<Double> rounds = Arrays.stream(packets).boxed().toList();
    return new Contender("x", List.of(Figure.of(CaptureContest.LOST, "", rounds)));
  }

  private static Report report() {
    return new Report(
        Instant.EPOCH,
        new Machine("A processor", 2, 4096, "6.1", "A system", "A JDK", List.of("a tool")),
        List.of(
            new Measured(
                "cost",
                "What does it cost?",
                List.of("as it is"),
                new Load(0.1, 0.2),
                List.of(OURS, THEIRS),
                List.of(
                    new Verdict("never", true, "1.10 ×"), new Verdict("ever", false, "2.00 ×")))));
  }
}
