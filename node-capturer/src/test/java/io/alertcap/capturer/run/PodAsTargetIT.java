package io.alertcap.capturer.run;

import io.alertcap.capturer.lab.CgroupMount;
import io.alertcap.capturer.lab.ContainerdLab;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pods in the cgroups that this machine has. */
class PodAsTargetIT extends PodAsTarget {

  @RegisterExtension
  static final ContainerdLab CONTAINERS = new ContainerdLab(CgroupMount.AS_MOUNTED);

  @Override
  ContainerdLab containers() {
    return CONTAINERS;
  }
}
