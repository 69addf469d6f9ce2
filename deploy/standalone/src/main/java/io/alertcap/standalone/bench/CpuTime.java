package io.alertcap.standalone.bench;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** CPU time, in user space and in the kernel, exact to the microsecond: getrusage(2). */
final class CpuTime {

  private static final int RUSAGE_SELF = 0;
  private static final int RUSAGE_CHILDREN = -1;

  /** {@code include/uapi/linux/resource.h}. */
  private static final int RUSAGE_THREAD = 1;

  /** {@code struct rusage}: two times of two longs each, and fourteen more longs. */
  private static final int RUSAGE_BYTES = 18 * Long.BYTES;

  static {
    Native.register(CpuTime.class, NativeLibrary.getProcess());
  }

  private CpuTime() {}

  private static native int getrusage(int who, Pointer usage);

  /** Of all threads of this process, those that have ended among them. */
  static Duration ofThisProcess() {
    return of(RUSAGE_SELF);
  }

  /** Of the calling thread. */
  static Duration ofThisThread() {
    return of(RUSAGE_THREAD);
  }

  /** Of all children that have ended and been waited for. */
  static Duration ofEndedChildren() {
    return of(RUSAGE_CHILDREN);
  }

  /** Of a process that is running, its main thread only. */
  static Duration ofMainThread(long pid) throws BenchFailed {
    try {
      String[] fields =
          Files.readString(Path.of("/proc", Long.toString(pid), "schedstat")).split(" ", -1);
      return Duration.ofNanos(Long.parseLong(fields[0]));
    } catch (IOException e) {
      throw new BenchFailed("Process " + pid + " has ended too early.", e);
    }
  }

  private static Duration of(int who) {
    try (Memory usage = new Memory(RUSAGE_BYTES)) {
      if (getrusage(who, usage) != 0) {
        throw new IllegalStateException("getrusage failed: errno " + Native.getLastError());
      }
      return time(usage, 0).plus(time(usage, 2 * Long.BYTES));
    }
  }

  private static Duration time(Pointer usage, long offset) {
    return Duration.ofSeconds(usage.getLong(offset))
        .plus(usage.getLong(offset + Long.BYTES), ChronoUnit.MICROS);
  }
}
