package io.alertcap.capturer.capture;

import com.sun.jna.Pointer;
import io.alertcap.capturer.capture.InterfaceSelection.NoneFits;
import io.alertcap.capturer.capture.InterfaceSelection.Selected;
import io.alertcap.capturer.netns.Capability;
import io.alertcap.capturer.netns.NamespaceInterfaces;
import io.alertcap.capturer.netns.NamespaceInterfaces.Link;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.capturer.netns.Visit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.pcap4j.core.HandlePointer;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * Taps made by libpcap, through pcap4j. The packet socket is opened inside the namespace, which
 * takes {@link Capability#NET_RAW}, and stays in it; everything else happens outside.
 */
public final class LibpcapPacketSource implements PacketSource {

  /** For how long the kernel may hold a packet back, to hand over many at a time. */
  static final Duration READ_TIMEOUT = Duration.ofMillis(100);

  /** {@code PCAP_ERROR_NO_SUCH_DEVICE} and so on, of {@code pcap/pcap.h}. */
  private static final int NO_SUCH_DEVICE = -5;

  private static final int PERMISSION_DENIED = -8;
  private static final int INTERFACE_NOT_UP = -9;

  /** {@code DLT_LINUX_SLL2} of {@code pcap/dlt.h}: says which interface a packet was seen on. */
  private static final DataLinkType LINUX_SLL2 = DataLinkType.getInstance(276);

  private final Clock clock;

  /**
   * @param clock tells when a filter became active
   */
  public LibpcapPacketSource(Clock clock) {
    this.clock = clock;
  }

  /**
   * Loads libpcap and pcap4j, so that no class is loaded and no thread started inside a namespace.
   * To be called once, before the first capture.
   *
   * @return libpcap's version
   * @throws IOException if libpcap is missing; the message says what to install
   */
  public static String warmUp() throws IOException {
    try (PcapHandle nothing = Pcaps.openDead(DataLinkType.EN10MB, 1)) {
      TapFilter udp = new TapFilter(new CaptureFilter("udp"), CaptureFilter.EVERYTHING);
      if (!udp.compilesFor(HandlePointer.of(nothing))) {
        throw new IOException("libpcap does not compile the simplest filter.");
      }
      return Pcaps.libVersion();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new IOException(
          "libpcap is missing: install the package libpcap0.8 (Debian, Ubuntu) or libpcap.", e);
    } catch (PcapNativeException e) {
      throw new IOException("libpcap does not work: " + e.getMessage(), e);
    }
  }

  @Override
  public TapOpening open(NetworkNamespace namespace, CapturePlan plan) {
    String threadName = Thread.currentThread().getName() + "-netns";
    Visit<Socket> visit = namespace.visit(threadName, () -> openInside(plan));
    return switch (visit) {
      case Visit.Made<Socket> made ->
          switch (made.result()) {
            case Socket.Open open -> filtered(open, plan);
            case Socket.NotOpen notOpen -> notOpen.reason();
          };
      case Visit.Denied<Socket> denied ->
          new TapOpening.PermissionDenied(
              denied.missing(),
              "Entering %s was denied: the capturer needs CAP_%s."
                  .formatted(namespace, denied.missing()));
      case Visit.Failed<Socket> failed ->
          new TapOpening.Failed("Entering %s failed: %s".formatted(namespace, failed.reason()));
    };
  }

  /** What the thread inside the namespace hands out. */
  private sealed interface Socket {
    record Open(PcapHandle handle, NamespaceInterfaces interfaces, Selected selected)
        implements Socket {}

    record NotOpen(TapOpening reason) implements Socket {}
  }

  private static Socket openInside(CapturePlan plan) {
    try {
      NamespaceInterfaces interfaces = NamespaceInterfaces.ofCurrentThread();
      Socket socket =
          switch (InterfaceSelection.of(plan.interfaceChoice(), interfaces.all())) {
            case Selected selected -> openOn(selected, interfaces, plan);
            case NoneFits(String reason) ->
                new Socket.NotOpen(new TapOpening.InterfaceNotFound(reason, names(interfaces)));
          };
      if (socket instanceof Socket.NotOpen) {
        interfaces.close();
      }
      return socket;
    } catch (IOException e) {
      return new Socket.NotOpen(
          new TapOpening.Failed("Listing the interfaces failed: " + e.getMessage()));
    }
  }

  private static Socket openOn(
      Selected selected, NamespaceInterfaces interfaces, CapturePlan plan) {
    PcapHandle.Builder builder =
        new PcapHandle.Builder(selected.deviceName())
            .snaplen(plan.snaplen())
            .bufferSize(plan.bufferBytes())
            .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
            .immediateMode(false)
            .timeoutMillis(Math.toIntExact(READ_TIMEOUT.toMillis()))
            .timestampPrecision(TimestampPrecision.NANO)
            .direction(
                switch (plan.direction()) {
                  case IN -> PcapDirection.IN;
                  case OUT -> PcapDirection.OUT;
                  case INOUT -> PcapDirection.INOUT;
                });
    try {
      return new Socket.Open(builder.build(), interfaces, selected);
    } catch (PcapNativeException e) {
      return new Socket.NotOpen(notActivated(e, selected.deviceName(), names(interfaces)));
    }
  }

  private static TapOpening notActivated(
      PcapNativeException e, String device, List<String> existing) {
    Integer code = e.getReturnCode();
    return switch (code == null ? 0 : code) {
      case NO_SUCH_DEVICE ->
          new TapOpening.InterfaceNotFound("The interface " + device + " is gone.", existing);
      case INTERFACE_NOT_UP ->
          new TapOpening.InterfaceNotFound("The interface " + device + " is down.", existing);
      case PERMISSION_DENIED ->
          new TapOpening.PermissionDenied(
              Capability.NET_RAW,
              "Opening " + device + " was denied: the capturer needs CAP_NET_RAW.");
      default -> new TapOpening.Failed("Opening " + device + " failed: " + e.getMessage());
    };
  }

  /**
   * Outside of the namespace, since compiling takes its time. What came into the ring before the
   * filter did, libpcap filters when it is read.
   */
  private TapOpening filtered(Socket.Open socket, CapturePlan plan) {
    PcapHandle handle = socket.handle();
    TapFilter filter =
        new TapFilter(
            plan.filter(),
            plan.policyFilter().orElse(CaptureFilter.EVERYTHING).and(socket.selected().only()));
    TapOpening opening;
    try {
      if (socket.selected().deviceName().equals(InterfaceSelection.ANY)) {
        handle.setDlt(LINUX_SLL2);
      }
      opening = filtered(socket, plan, filter);
    } catch (IOException | PcapNativeException | NotOpenException e) {
      opening = new TapOpening.Failed("Setting the filter failed: " + e.getMessage());
    }
    if (!(opening instanceof TapOpening.Opened)) {
      handle.close();
      socket.interfaces().close();
    }
    return opening;
  }

  /**
   * Nothing comes in while the counters are read, so that they count what passes the filter, and
   * that alone. What came before, libpcap filters when it is read.
   */
  private TapOpening filtered(Socket.Open open, CapturePlan plan, TapFilter filter)
      throws IOException, PcapNativeException, NotOpenException {
    PcapHandle handle = open.handle();
    Pointer pcap = HandlePointer.of(handle);
    if (filter.applyTo(pcap) instanceof TapFilter.Application.Invalid(String reason)) {
      return new TapOpening.InvalidFilter(reason);
    }
    PacketSocket socket = new PacketSocket(Libpcap.pcap_fileno(pcap));
    ByteBuffer inKernel = socket.filter();
    if (!inKernel.hasRemaining()) {
      return new TapOpening.InvalidFilter("The kernel cannot apply this filter on this interface");
    }
    OptionalInt loopback =
        open.interfaces().all().stream().filter(Link::loopback).mapToInt(Link::index).findFirst();
    socket.refuseAll();
    PacketCounters before = LibpcapTap.countersOf(handle);
    Instant countedFrom = clock.instant();
    socket.attach(SeenOnce.before(inKernel, plan.direction(), loopback));
    return new TapOpening.Opened(
        new LibpcapTap(
            handle,
            open.interfaces(),
            open.selected(),
            plan.snaplen(),
            socket,
            new LibpcapTap.FilterStart(before, countedFrom, clock.instant())));
  }

  private static List<String> names(NamespaceInterfaces interfaces) {
    return interfaces.all().stream().map(Link::name).toList();
  }
}
