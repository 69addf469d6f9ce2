package io.alertcap.standalone.bench;

import io.alertcap.capturer.capture.Capture;
import io.alertcap.capturer.capture.CaptureEnd;
import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CaptureLimits;
import io.alertcap.capturer.capture.CaptureOutcome;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketTap;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The capture engine, in this process. All threads count, the JVM's own too, but for the one that
 * starts the traffic and waits for it; so does counting a file's packets at the end.
 */
final class AlertcapCapturer implements Capturer {

  private static final CaptureLimits LIMITS = CaptureLimits.of(Duration.ofMinutes(10));

  @Override
  public String name() {
    return "alertcap";
  }

  @Override
  public Duration capture(List<Point> points, Traffic traffic)
      throws BenchFailed, InterruptedException {
    List<Running> running = new ArrayList<>();
    try {
      for (Point point : points) {
        running.add(started(point));
      }
      Duration before = CpuTime.ofThisProcess();
      Duration ownBefore = CpuTime.ofThisThread();
      traffic.flow();
      Thread.sleep(SETTLING);
      Duration own = CpuTime.ofThisThread().minus(ownBefore);
      running.forEach(each -> each.capture().stop(CaptureEnd.CANCELLED));
      for (Running each : running) {
        each.awaitFile();
      }
      return CpuTime.ofThisProcess().minus(before).minus(own);
    } finally {
      running.forEach(Running::close);
    }
  }

  private static Running started(Point point) throws BenchFailed {
    try (NetworkNamespace namespace = entered(Links.path(point.namespace()))) {
      CapturePlan plan =
          CapturePlan.of(
              new CaptureFilter(Links.FILTER), new InterfaceChoice.Named(Links.INTERFACE));
      TapOpening opening = new LibpcapPacketSource(Clock.systemUTC()).open(namespace, plan);
      if (!(opening instanceof TapOpening.Opened(PacketTap tap))) {
        throw new BenchFailed("No capture in " + point.namespace() + ": " + opening);
      }
      Capture capture = new Capture(tap, Clock.systemUTC());
      CompletableFuture<CaptureOutcome> outcome =
          CompletableFuture.supplyAsync(
              () -> capture.run(point.file(), LIMITS),
              task ->
                  Thread.ofPlatform().name("capture-" + point.namespace()).daemon().start(task));
      return new Running(tap, capture, outcome);
    }
  }

  private static NetworkNamespace entered(Path path) throws BenchFailed {
    try {
      NamespaceDoor.warmUp();
      LibpcapPacketSource.warmUp();
    } catch (IOException e) {
      throw new BenchFailed("Captures are not possible here: " + e.getMessage(), e);
    }
    Admission admission =
        new NamespaceDoor(Path.of("/proc"), List.of(path.getParent())).openPath(path, false);
    if (admission instanceof Admission.Granted(NetworkNamespace namespace)) {
      return namespace;
    }
    throw new BenchFailed("No way into " + path + ": " + admission);
  }

  private record Running(
      PacketTap tap, Capture capture, CompletableFuture<CaptureOutcome> outcome) {

    void awaitFile() throws BenchFailed {
      try {
        if (outcome.join() instanceof CaptureOutcome.Failed(String reason)) {
          throw new BenchFailed(reason);
        }
      } catch (CompletionException e) {
        throw new BenchFailed("The capture failed: " + e.getMessage(), e);
      }
    }

    void close() {
      capture.stop(CaptureEnd.CANCELLED);
      outcome.handle((result, failure) -> "over").join();
      tap.close();
    }
  }
}
