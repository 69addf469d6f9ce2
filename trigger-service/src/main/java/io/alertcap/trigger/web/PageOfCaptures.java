package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.json.Json;
import io.alertcap.trigger.record.CaptureRecords;
import io.alertcap.trigger.record.Cursor;
import io.alertcap.trigger.record.Page;
import io.alertcap.trigger.record.RecordUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page of the list on its way to a caller: some records at a time, and more only once those have
 * left, so that a caller who does not read holds little. It lives on one event loop, but for
 * reading from disk.
 */
final class PageOfCaptures implements Reply.Stream {

  private static final Logger log = LoggerFactory.getLogger(PageOfCaptures.class);

  /** Of JSON; one record that is larger goes alone. */
  private static final long AT_ONCE = 64 << 10;

  private final CaptureRecords records;
  private final Executor workers;
  private final Page page;
  private final boolean building;

  private int read;
  private boolean first = true;

  /**
   * Of this page.
   *
   * @param building whether captures may be missing in it
   */
  PageOfCaptures(CaptureRecords records, Executor workers, Page page, boolean building) {
    this.records = records;
    this.workers = workers;
    this.page = page;
    this.building = building;
  }

  @Override
  public void begin(HttpServerRequest request, Sending sending) {
    HttpServerResponse response = request.response();
    response.setChunked(true).putHeader("Content-Type", "application/json");
    sendMore(request, sending, Buffer.buffer("{\"captures\":["));
  }

  private void sendMore(HttpServerRequest request, Sending sending, Buffer before) {
    Context context = Objects.requireNonNull(Vertx.currentContext());
    List<CaptureId> ids = next();
    try {
      workers.execute(() -> {
        Buffer chunk = before;
        try {
          records.json(ids).forEach(json -> append(chunk, json));
        } catch (RecordUnavailable e) {
          log.warn("A list of captures broke off: {}", e.sentence());
          context.runOnContext(v -> request.connection().close());
          return;
        }
        context.runOnContext(v -> send(request, sending, chunk));
      });
    } catch (RejectedExecutionException e) {
      log.debug("A list of captures broke off: the workers are busy, or stopping");
      var unused = request.connection().close();
    }
  }

  private void append(Buffer chunk, byte[] json) {
    if (!first) {
      chunk.appendByte((byte) ',');
    }
    first = false;
    chunk.appendBytes(json);
  }

  /** On the event loop. */
  private void send(HttpServerRequest request, Sending sending, Buffer chunk) {
    if (request.response().closed()) {
      return;
    }
    boolean last = read == page.entries().size();
    if (last) {
      chunk.appendBytes(end());
    }
    sending
        .send(chunk, last)
        .onSuccess(sent -> {
          if (!last) {
            sendMore(request, sending, Buffer.buffer());
          }
        });
  }

  private List<CaptureId> next() {
    List<CaptureId> ids = new ArrayList<>();
    long bytes = 0;
    while (read < page.entries().size()) {
      Page.Entry entry = page.entries().get(read);
      bytes += entry.bytes();
      if (bytes > AT_ONCE && !ids.isEmpty()) {
        break;
      }
      ids.add(entry.id());
      read++;
    }
    return ids;
  }

  private byte[] end() {
    Buffer end = Buffer.buffer("]");
    if (page.next().isPresent()) {
      Cursor next = page.next().get();
      end.appendString(",\"next\":").appendBytes(Json.write(next.toString()));
    }
    if (building) {
      end.appendString(",\"building\":true");
    }
    return end.appendString("}").getBytes();
  }

  @Override
  public void abandon() {}
}
