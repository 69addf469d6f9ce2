package io.alertcap.schemas.json;

import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads one event after the other. Every event of a capture embeds the same request, which is most
 * of its bytes: where those bytes stood in a recent event they are not read again, and the two
 * events hold the same object. What is read differs in nothing from {@link Json#read}.
 *
 * <p>Not thread-safe.
 */
public final class EventReader {

  /** More captures than run at a time. */
  private static final int MOST_REQUESTS = 1024;

  /** Of a request, so that all that are remembered take a few MiB: most have 1 to 2 KiB. */
  private static final int MOST_BYTES = 4096;

  private final Map<ByteBuffer, CaptureRequest> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, CaptureRequest> eldest) {
          return size() > MOST_REQUESTS;
        }
      };

  private byte[] event = {};

  /** Never throws for what the bytes hold. */
  public Reading<CaptureEvent> read(byte[] utf8) {
    event = utf8;
    Reading<CaptureEvent> reading = Json.read(utf8, CaptureEvent.class, this);
    // which field is wrong in a request is told by reading all of it in one go
    return reading instanceof Reading.Invalid ? Json.read(utf8, CaptureEvent.class) : reading;
  }

  /** The same of every message on the topic, those included that are no step of a capture. */
  public EventMessage readMessage(byte[] utf8) {
    return switch (read(utf8)) {
      case Reading.Valid<CaptureEvent>(CaptureEvent step) -> new EventMessage.Step(step);
      case Reading.Invalid<CaptureEvent> invalid when isOfType(AccessEvent.TYPE, invalid) ->
          access(utf8);
      case Reading.Invalid<CaptureEvent> invalid when isOfType("", invalid) ->
          new EventMessage.UnknownType(invalid.sentence());
      case Reading.Invalid<CaptureEvent> invalid -> new EventMessage.Malformed(invalid);
    };
  }

  private static EventMessage access(byte[] utf8) {
    return switch (Json.read(utf8, AccessEvent.class)) {
      case Reading.Valid<AccessEvent>(AccessEvent access) -> new EventMessage.Accessed(access);
      case Reading.Invalid<AccessEvent> invalid -> new EventMessage.Malformed(invalid);
    };
  }

  private static boolean isOfType(String type, Reading.Invalid<CaptureEvent> event) {
    return event.path().equals("type") && event.message().startsWith(Misfit.UNKNOWN_TYPE + type);
  }

  /**
   * The request that stands in the event.
   *
   * @param reading makes it of its bytes, if it has to
   */
  CaptureRequest request(int start, int end, Supplier<CaptureRequest> reading) {
    CaptureRequest known = recent.get(ByteBuffer.wrap(event, start, end - start));
    if (known != null) {
      return known;
    }
    CaptureRequest request = reading.get();
    if (end - start <= MOST_BYTES) {
      recent.put(ByteBuffer.wrap(Arrays.copyOfRange(event, start, end)), request);
    }
    return request;
  }

  byte[] event() {
    return event;
  }
}
