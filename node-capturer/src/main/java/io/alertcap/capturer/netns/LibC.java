package io.alertcap.capturer.netns;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The few calls of the C library that Java does not offer. Each returns -1 on failure, with the
 * reason in {@link Native#getLastError()} of the same thread.
 */
final class LibC {

  /** {@code include/uapi/asm-generic/fcntl.h}: the same on x86-64 and arm64. */
  static final int O_RDONLY = 0;

  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;

  /** {@code include/uapi/linux/sched.h}. */
  static final int CLONE_NEWNET = 0x40000000;

  /** {@code _IO(0xb7, 0x3)} of {@code include/uapi/linux/nsfs.h}: which kind of namespace it is. */
  static final NativeLong NS_GET_NSTYPE = new NativeLong(0xb703);

  /** {@code include/uapi/linux/sockios.h}: the flags of an interface, by its name. */
  static final NativeLong SIOCGIFFLAGS = new NativeLong(0x8913);

  /** Likewise: its index. */
  static final NativeLong SIOCGIFINDEX = new NativeLong(0x8933);

  static final int AF_INET = 2;
  static final int SOCK_DGRAM_CLOEXEC = 2 | O_CLOEXEC;

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EACCES = 13;
  static final int ENODEV = 19;

  static {
    // The process already holds its C library, whatever its file is called (glibc, musl).
    Native.register(LibC.class, NativeLibrary.getProcess());
  }

  private LibC() {}

  static native int open(String path, int flags);

  static native int close(int fd);

  static native int setns(int fd, int namespaceType);

  static native int socket(int domain, int type, int protocol);

  static native int ioctl(int fd, NativeLong request, @Nullable Pointer argument);

  private static native Pointer strerror(int errno);

  /** The reason why the last call of this thread failed, for a person to read. */
  static String reason(int errno) {
    return strerror(errno).getString(0) + " (errno " + errno + ")";
  }

  /** A failure that no caller can foresee. */
  static IOException failure(String call, int errno) {
    return new IOException(call + ": " + reason(errno));
  }
}
