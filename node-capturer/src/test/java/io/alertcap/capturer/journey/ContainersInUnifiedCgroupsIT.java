package io.alertcap.capturer.journey;

import io.alertcap.capturer.lab.CgroupMount;
import io.alertcap.capturer.lab.ContainerdLab;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Containers in cgroups of v2, on a machine that has v1 as well too. */
class ContainersInUnifiedCgroupsIT extends RealContainers {

  @RegisterExtension
  static final ContainerdLab CONTAINERS = new ContainerdLab(CgroupMount.UNIFIED_ONLY);

  @Override
  ContainerdLab containers() {
    return CONTAINERS;
  }
}
