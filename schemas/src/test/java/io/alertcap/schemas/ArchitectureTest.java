package io.alertcap.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String BASE = "io.alertcap.schemas";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @Test
  void theTypesKnowNeitherJsonNorKafka() {
    noClasses()
        .that()
        .resideInAPackage(BASE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + ".json", BASE + ".kafka", "tools.jackson..", "org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void jsonDoesNotKnowKafka() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".json")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + ".kafka", "org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.alertcap.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingElseIsNeeded() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            BASE + "..",
            "java..",
            "org.jspecify.annotations",
            "com.fasterxml.jackson.annotation",
            "tools.jackson..",
            "org.apache.kafka..")
        .check(CLASSES);
  }
}
