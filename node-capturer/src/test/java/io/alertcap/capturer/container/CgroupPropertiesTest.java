package io.alertcap.capturer.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for cgroups of every shape. Each case is made from a number, so that it can be had
 * again; {@code -Dalertcap.test.cases=10000} tries more of them.
 */
class CgroupPropertiesTest {

  private static final long START_TIME = 500;

  @TempDir Path directory;

  static LongStream numbers() {
    return LongStream.range(0, Long.getLong("alertcap.test.cases", 60));
  }

  /** Fewer, for each is a tree of files. */
  static LongStream numbersOfHosts() {
    return numbers().filter(number -> number % 5 == 0);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void anIdIsSixtyFourDigitsOrRefusedInAShortSentence(long number) {
    RandomCgroups random = new RandomCgroups(number);
    for (int i = 0; i < 20; i++) {
      String text = random.idText();

      Throwable refusal =
          catchThrowable(() -> assertThat(text).endsWith(ContainerId.parse(text).hex()));

      if (refusal != null) {
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        assertThat(refusal.getMessage()).hasSizeLessThan(250);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void aPathIsTheContainersIfAndOnlyIfItLeadsThroughItsCgroup(long number) {
    RandomCgroups random = new RandomCgroups(number);
    for (int i = 0; i < 20; i++) {
      ContainerId container = random.id();
      String impostor = random.impostor(container);
      String own = random.naming().of(container);

      assertThat(CgroupName.pathIsWithin(container, random.path("kubepods", own, "init.scope")))
          .as(own)
          .isTrue();
      assertThat(CgroupName.pathIsWithin(container, random.path("kubepods", impostor, "x")))
          .as(impostor)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("numbersOfHosts")
  void everyContainerIsFoundAmongImpostorsAndNoneWhereThereIsNone(long number) {
    RandomCgroups random = new RandomCgroups(number);
    FakeHost host = new FakeHost(directory);
    String hierarchy = "";
    if (random.upTo(1) == 0) {
      hierarchy = random.oneOf(List.of("systemd/", "pids/", "memory/", "unified/"));
      host.withHierarchies();
    }
    Map<ContainerId, Integer> firstProcesses = populate(host, hierarchy, random);

    assertEachIsFound(host, firstProcesses, random.id());
  }

  @ParameterizedTest
  @MethodSource("numbersOfHosts")
  void theSameIsFoundInProcWhereCgroupsCannotBeSeen(long number) {
    RandomCgroups random = new RandomCgroups(number);
    FakeHost host = new FakeHost(directory);
    Map<ContainerId, Integer> firstProcesses = new LinkedHashMap<>();
    int pid = 10;
    for (int i = 0; i <= random.upTo(6); i++) {
      ContainerId container = random.id();
      String name = random.naming().of(container);
      host.process(pid++, START_TIME - 1, "1", line(random, random.impostor(container)));
      firstProcesses.put(container, pid);
      host.process(pid, START_TIME, pid++ + "\t1", line(random, name), "3:cpu:/", "1:a:b:/c");
      host.process(pid, START_TIME + 1, pid++ + "\t7", line(random, name));
    }

    assertEachIsFound(host, firstProcesses, random.id());
  }

  /** Pods of one runtime, impostors beside and inside of them, and odd things anywhere. */
  private static Map<ContainerId, Integer> populate(
      FakeHost host, String hierarchy, RandomCgroups random) {
    Map<ContainerId, Integer> firstProcesses = new LinkedHashMap<>();
    RandomCgroups.Naming naming = random.naming();
    String parent = hierarchy + random.parent();
    int pid = 10;
    for (int i = 0; i <= random.upTo(6); i++) {
      String pod = parent + "/" + random.oneOf(List.of("pod" + i, "kubepods-pod" + i + ".slice"));
      ContainerId container = random.id();
      List<String> others = new ArrayList<>();
      others.add(pod + "/" + random.impostor(container));
      others.add(parent + "/" + random.impostor(container));
      others.add(parent + "/" + random.oddFileName());
      others.add(pod + "/" + random.oddFileName() + "/" + random.impostor(container));
      for (String other : others) {
        host.cgroup(other, pid).process(pid++, START_TIME - 1, "1", "0::/" + other);
      }
      String own = pod + "/" + naming.of(container);
      firstProcesses.put(container, pid);
      host.cgroup(own, pid, pid + 1)
          .process(pid, START_TIME, pid++ + "\t1", "0::/" + own)
          .process(pid, START_TIME + 1, pid++ + "\t7", "0::/" + own);
      String below = own + "/" + random.oddFileName();
      host.cgroup(below, pid).process(pid, START_TIME + 2, pid++ + "\t8", "0::/" + below);
    }
    return firstProcesses;
  }

  private static void assertEachIsFound(
      FakeHost host, Map<ContainerId, Integer> firstProcesses, ContainerId missing) {
    CgroupContainerProcesses processes = new CgroupContainerProcesses(host.proc(), host.cgroup());
    firstProcesses.forEach((container, pid) ->
        assertThat(processes.find(container))
            .isInstanceOfSatisfying(
                ProcessLookup.Found.class,
                found -> assertThat(found.process().pid()).isEqualTo(pid)));
    assertThat(processes.find(missing)).isEqualTo(new ProcessLookup.NotFound());
  }

  private static String line(RandomCgroups random, String name) {
    return random.oneOf(List.of("0::", "12:pids:", "1:name=systemd:", "4:cpu,cpuacct:"))
        + random.path("..", "kubepods", name);
  }
}
