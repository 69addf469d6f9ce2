package io.alertcap.capturer;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** Who may know whom: the packages of a capture's way know as little as possible of each other. */
class PackageDirectionTest {

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.alertcap.capturer");

  @Test
  void noTwoPackagesNeedEachOther() {
    slices().matching("io.alertcap.capturer.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyRunKnowsTheWholeWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy("io.alertcap.capturer")
        .layer("run")
        .definedBy("..capturer.run..")
        .layer("command")
        .definedBy("..capturer.command..")
        .layer("capture")
        .definedBy("..capturer.capture..")
        .layer("netns")
        .definedBy("..capturer.netns..")
        .layer("container")
        .definedBy("..capturer.container..")
        .layer("spool")
        .definedBy("..capturer.spool..")
        .layer("prepare")
        .definedBy("..capturer.prepare..")
        .layer("upload")
        .definedBy("..capturer.upload..")
        .layer("event")
        .definedBy("..capturer.event..")
        .layer("policy")
        .definedBy("..capturer.policy..")
        .layer("web")
        .definedBy("..capturer.web..")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("main", "run")
        .whereLayer("capture")
        .mayOnlyBeAccessedByLayers("main", "run")
        .whereLayer("netns")
        .mayOnlyBeAccessedByLayers("main", "run", "capture")
        .whereLayer("container")
        .mayOnlyBeAccessedByLayers("main", "run", "netns")
        .whereLayer("spool")
        .mayOnlyBeAccessedByLayers("main", "run", "prepare", "upload", "event")
        .whereLayer("prepare")
        .mayOnlyBeAccessedByLayers("main", "upload")
        .whereLayer("upload")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("event")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("main", "run")
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("main")
        .check(classes);
  }

  @Test
  void pcap4jStaysBehindItsInterface() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("..capturer.capture..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.pcap4j..")
        .check(classes);
  }

  @Test
  void theS3ClientStaysBehindItsInterface() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages("..capturer.upload..", "io.alertcap.capturer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(classes);
  }

  /** The JDK's schedules end in silence with the first thing that their task throws. */
  @Test
  void whatIsDoneAgainAndAgainGoesOnWhateverItThrows() {
    ArchRuleDefinition.noClasses()
        .should()
        .callMethodWhere(target(nameMatching("scheduleWithFixedDelay|scheduleAtFixedRate")))
        .because("RecurringTasks log what a task throws, and go on")
        .check(classes);
  }
}
