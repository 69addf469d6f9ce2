package io.alertcap.capturer.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The filter in the kernel of a packet socket (socket(7)), past libpcap: which would apply a new
 * filter also to packets that the socket holds already. Filters are {@code struct sock_filter} one
 * after the other ({@code include/uapi/linux/filter.h}), in the machine's byte order.
 */
final class PacketSocket {

  static final int INSTRUCTION_BYTES = 8;

  /** {@code include/uapi/asm-generic/socket.h}: the same on x86-64 and arm64. */
  private static final int SOL_SOCKET = 1;

  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_GET_FILTER = 26;

  private static final ByteBuffer NOTHING =
      new Instruction(Instruction.RETURN, 0, 0, 0).appendTo(instructions(1)).flip();

  static {
    Native.register(PacketSocket.class, NativeLibrary.getProcess());
  }

  private final int descriptor;

  PacketSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Lets no packet in from now on. What the socket holds stays. */
  void refuseAll() throws IOException {
    attach(NOTHING.duplicate().order(ByteOrder.nativeOrder()));
  }

  /** Lets in from now on what the filter accepts. */
  void attach(ByteBuffer filter) throws IOException {
    int bytes = filter.remaining();
    try (Memory instructions = new Memory(bytes);
        Memory program = new Memory(2L * Native.POINTER_SIZE)) {
      instructions.getByteBuffer(0, bytes).put(filter);
      program.clear();
      program.setShort(0, (short) (bytes / INSTRUCTION_BYTES));
      program.setPointer(Native.POINTER_SIZE, instructions);
      int length = Math.toIntExact(program.size());
      if (setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, program, length) != 0) {
        throw new IOException("SO_ATTACH_FILTER failed, errno " + Native.getLastError());
      }
    }
  }

  /** The filter that the kernel applies now; empty where there is none. */
  ByteBuffer filter() throws IOException {
    int length = filter(null, 0);
    ByteBuffer filter = instructions(length);
    if (length > 0) {
      try (Memory program = new Memory((long) length * INSTRUCTION_BYTES)) {
        int unused = filter(program, length);
        filter.put(program.getByteBuffer(0, program.size())).flip();
      }
    }
    return filter;
  }

  /** Copies the filter, where there is room for it; how many instructions it has. */
  private int filter(@Nullable Pointer to, int room) throws IOException {
    IntByReference length = new IntByReference(room);
    if (getsockopt(descriptor, SOL_SOCKET, SO_GET_FILTER, to, length) != 0) {
      throw new IOException("SO_GET_FILTER failed, errno " + Native.getLastError());
    }
    return length.getValue();
  }

  static ByteBuffer instructions(int count) {
    return ByteBuffer.allocate(count * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
  }

  /** One {@code struct sock_filter}. */
  record Instruction(int code, int jumpIfTrue, int jumpIfFalse, int operand) {

    /** {@code BPF_RET | BPF_K}: keep that many bytes. */
    static final int RETURN = 0x06;

    /** {@code BPF_LD | BPF_W | BPF_ABS}. */
    static final int LOAD = 0x20;

    /** {@code BPF_JMP | BPF_JEQ | BPF_K}: jumps are counted from the next instruction. */
    static final int JUMP_IF_EQUAL = 0x15;

    ByteBuffer appendTo(ByteBuffer filter) {
      return filter
          .putShort((short) code)
          .put((byte) jumpIfTrue)
          .put((byte) jumpIfFalse)
          .putInt(operand);
    }
  }

  private static native int setsockopt(int socket, int level, int name, Pointer value, int length);

  private static native int getsockopt(
      int socket, int level, int name, @Nullable Pointer value, IntByReference length);
}
