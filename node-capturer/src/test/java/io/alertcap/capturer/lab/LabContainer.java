package io.alertcap.capturer.lab;

import io.alertcap.capturer.container.ContainerId;

/**
 * A container that runs.
 *
 * @param podUid of the pod that its cgroup lies in
 * @param pid of its first process, as containerd says
 * @param shimPid of the process of the host that watches over it
 */
public record LabContainer(ContainerId id, String podUid, int pid, int shimPid) {}
