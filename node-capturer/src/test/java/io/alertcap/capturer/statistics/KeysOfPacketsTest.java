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

/** Whoever sends packets chooses what they are found by, and must not be able to choose it slow. */
class KeysOfPacketsTest {

  private static final int FLOWS = 1 << 14;

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

  /** Keys of maps define a hash, and every hash that is defined beside packets is seeded. */
  @Test
  void everyHashOfAKeyIsSeeded() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                "io.alertcap.capturer.dissect",
                "io.alertcap.capturer.dns",
                "io.alertcap.capturer.tcp");
    List<String> own =
        classes.stream()
            .filter(each -> !each.isRecord() || !isGenerated(each))
            .flatMap(each -> each.tryGetMethod("hashCode").stream())
            .filter(KeysOfPacketsTest::isNotSeeded)
            .map(JavaMethod::getFullName)
            .toList();

    assertThat(own).isEmpty();
    assertThat(classes.stream().filter(each -> each.tryGetMethod("hashCode").isPresent()))
        .hasSizeGreaterThan(3);
  }

  private static boolean isGenerated(JavaClass record) {
    return record.getMethod("hashCode").getMethodCallsFromSelf().isEmpty();
  }

  private static boolean isNotSeeded(JavaMethod hashCode) {
    return hashCode.getMethodCallsFromSelf().stream()
        .noneMatch(call -> call.getTargetOwner().isEquivalentTo(SeededHash.class));
  }
}
