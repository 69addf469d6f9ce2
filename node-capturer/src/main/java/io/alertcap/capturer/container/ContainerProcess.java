package io.alertcap.capturer.container;

/**
 * A container's first process, with what is needed to recognise it again: a PID is given to another
 * process as soon as its own has ended, but never together with the same start time.
 *
 * @param pid the process ID, as the configured {@code /proc} counts
 * @param startTime clock ticks from the host's boot to the start of the process (field 22 of {@code
 *     /proc/PID/stat}, see proc_pid_stat(5))
 * @param container the ID that the process's cgroup carries
 * @param cgroup the cgroup's path, as it was found: within its hierarchy, or as {@code
 *     /proc/PID/cgroup} shows it
 */
public record ContainerProcess(int pid, long startTime, ContainerId container, String cgroup) {}
