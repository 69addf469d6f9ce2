package io.alertcap.capturer.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.alertcap.capturer.dissect.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sends packets chooses what they are found by, and must not be able to choose it slow. */
class KeysOfPacketsTest {

  private static final int FLOWS = 1 << 14;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(
              "io.alertcap.capturer.dissect",
              "io.alertcap.capturer.dns",
              "io.alertcap.capturer.tcp");

  /** A sum with factors of 31, as hashes of objects are, is the same for all of these. */
  @Test
  void flowsThatWereChosenToCollideDoNot() {
    Set<Integer> hashes = new HashSet<>();
    for (long i = 0; i < FLOWS; i++) {
      hashes.add(SeededHash.ofFlow(i, -31 * i, 1, 2, 53));
      assertThat(i * 31 + -31 * i).isZero();
    }

    assertThat(hashes).hasSizeGreaterThan(FLOWS - 16);
  }

  /** The hash of a record of two longs is 0 for all of these. */
  @Test
  void addressesThatWereChosenToCollideDoNot() {
    List<Integer> hashes =
        LongStream.range(0, FLOWS)
            .mapToObj(i -> new IpAddress(i << 32 | i, i << 32 | i).hashCode())
            .distinct()
            .toList();

    assertThat(hashes).hasSizeGreaterThan(FLOWS - 16);
  }

  /** Named one by one: a record's own hash, which is not seeded, makes no call to be found by. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.alertcap.capturer.dissect.IpAddress",
        "io.alertcap.capturer.dns.Question",
        "io.alertcap.capturer.dns.TcpMessages$Direction",
        "io.alertcap.capturer.tcp.FlowKey"
      })
  void theHashOfAKeyIsSeeded(String key) {
    assertThat(CLASSES.get(key).tryGetMethod("hashCode"))
        .hasValueSatisfying(hashCode -> assertThat(isNotSeeded(hashCode)).isFalse());
  }

  @Test
  void everyHashThatIsWrittenBesidePacketsIsSeeded() {
    List<String> own =
        CLASSES.stream()
            .filter(each -> !each.isRecord() || !isGenerated(each))
            .flatMap(each -> each.tryGetMethod("hashCode").stream())
            .filter(KeysOfPacketsTest::isNotSeeded)
            .map(JavaMethod::getFullName)
            .toList();

    assertThat(own).isEmpty();
  }

  private static boolean isGenerated(JavaClass record) {
    return record.getMethod("hashCode").getMethodCallsFromSelf().isEmpty();
  }

  private static boolean isNotSeeded(JavaMethod hashCode) {
    return hashCode.getMethodCallsFromSelf().stream()
        .noneMatch(call -> call.getTargetOwner().isEquivalentTo(SeededHash.class));
  }
}
