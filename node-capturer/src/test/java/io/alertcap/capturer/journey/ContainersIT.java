package io.alertcap.capturer.journey;

import io.alertcap.capturer.lab.CgroupMount;
import io.alertcap.capturer.lab.ContainerdLab;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Containers in the cgroups that this machine has. */
class ContainersIT extends RealContainers {

  @RegisterExtension
  static final ContainerdLab CONTAINERS = new ContainerdLab(CgroupMount.AS_MOUNTED);

  @Override
  ContainerdLab containers() {
    return CONTAINERS;
  }
}
