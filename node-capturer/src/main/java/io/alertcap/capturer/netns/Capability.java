package io.alertcap.capturer.netns;

/**
 * What the capturer must be allowed beyond an ordinary process (capabilities(7)). All three, and no
 * others: promiscuous mode, which would need {@code NET_ADMIN}, is never used.
 */
public enum Capability {
  /** To open {@code /proc/PID/ns/net} of another user's or a more privileged process. */
  SYS_PTRACE,
  /** To enter the namespace: setns(2). */
  SYS_ADMIN,
  /** To open a packet socket: packet(7). */
  NET_RAW
}
