package io.alertcap.trigger;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The packages can be read in the order of an alert's journey, because they depend in that order.
 */
class ArchitectureTest {

  private static final String ROOT = "io.alertcap.trigger";

  private static final List<String> JOURNEY =
      List.of(
          "alertmanager",
          "target",
          "kubernetes",
          "docker",
          "rule",
          "decision",
          "dispatch",
          "record",
          "node",
          "access",
          "web");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void noPackageKnowsALaterOne() {
    for (int i = 0; i < JOURNEY.size(); i++) {
      String[] later =
          JOURNEY.subList(i + 1, JOURNEY.size()).stream()
              .map(name -> ROOT + "." + name + "..")
              .toArray(String[]::new);
      if (later.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(ROOT + "." + JOURNEY.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .check(CLASSES);
      }
    }
  }

  @Test
  void onlyTheWiringSeesAllOfThem() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOther() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheFrontKnowsTheWebFramework() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx..")
        .check(CLASSES);
  }

  @Test
  void nobodyButTheMainsEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(RulesMain.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .check(CLASSES);
  }

  /** The JDK's schedules end in silence with the first thing that their task throws. */
  @Test
  void whatIsDoneAgainAndAgainGoesOnWhateverItThrows() {
    noClasses()
        .should()
        .callMethodWhere(target(nameMatching("scheduleWithFixedDelay|scheduleAtFixedRate")))
        .because("RecurringTasks log what a task throws, and go on")
        .check(CLASSES);
  }
}
