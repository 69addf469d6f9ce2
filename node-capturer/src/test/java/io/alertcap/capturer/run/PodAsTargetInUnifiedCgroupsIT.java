package io.alertcap.capturer.run;

import io.alertcap.capturer.lab.CgroupMount;
import io.alertcap.capturer.lab.ContainerdLab;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pods in cgroups of version 2. */
class PodAsTargetInUnifiedCgroupsIT extends PodAsTarget {

  @RegisterExtension
  static final ContainerdLab CONTAINERS = new ContainerdLab(CgroupMount.UNIFIED_ONLY);

  @Override
  ContainerdLab containers() {
    return CONTAINERS;
  }
}
