package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * One step in the life of a capture, on {@code alertcap.events}. Events of one capture may arrive
 * twice and, as two services write them, out of order: {@link CaptureRecord} is the same for every
 * order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CaptureEvent.Requested.class, name = "requested"),
  @JsonSubTypes.Type(value = CaptureEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = CaptureEvent.Captured.class, name = "captured"),
  @JsonSubTypes.Type(value = CaptureEvent.Completed.class, name = "completed"),
  @JsonSubTypes.Type(value = CaptureEvent.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = CaptureEvent.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = CaptureEvent.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = CaptureEvent.Cancelled.class, name = "cancelled")
})
@JsonPropertyOrder("id")
public sealed interface CaptureEvent {

  /**
   * The capture it is about: the key on Kafka. Written always, but read only where no request tells
   * it.
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  default CaptureId id() {
    return switch (this) {
      case Requested e -> e.request.id();
      case Started e -> e.request.id();
      case Captured e -> e.request.id();
      case Completed e -> e.request.id();
      case Failed e -> e.request.id();
      case Rejected e -> e.id;
      case Expired e -> e.request.id();
      case Cancelled e -> e.request.id();
    };
  }

  /** When the step happened, by the clock of who took it. */
  Instant at();

  /** What was asked for; absent only where a command was too broken to tell. */
  default Optional<CaptureRequest> asked() {
    return switch (this) {
      case Requested e -> Optional.of(e.request);
      case Started e -> Optional.of(e.request);
      case Captured e -> Optional.of(e.request);
      case Completed e -> Optional.of(e.request);
      case Failed e -> Optional.of(e.request);
      case Rejected e -> e.request;
      case Expired e -> Optional.of(e.request);
      case Cancelled e -> Optional.of(e.request);
    };
  }

  /** The same about a request that is told in other words; of one that is absent nothing. */
  default CaptureEvent with(CaptureRequest other) {
    return switch (this) {
      case Requested e -> new Requested(other, e.at);
      case Started e -> new Started(other, e.at, e.networkInterface, e.linkType, e.filterActiveAt);
      case Captured e -> new Captured(other, e.at, e.result);
      case Completed e ->
          new Completed(
              other, e.at, e.result, e.artifact, e.enrichment, e.dns, e.tcp, e.transcript);
      case Failed e -> new Failed(other, e.at, e.failure, e.result);
      case Rejected e -> new Rejected(e.id, e.request.map(request -> other), e.at, e.failure);
      case Expired e -> new Expired(other, e.at, e.failure);
      case Cancelled e -> new Cancelled(other, e.at);
    };
  }

  /** The status that a capture has with this event; its code is the event's type. */
  default CaptureStatus status() {
    return switch (this) {
      case Requested e -> CaptureStatus.REQUESTED;
      case Started e -> CaptureStatus.STARTED;
      case Captured e -> CaptureStatus.CAPTURED;
      case Completed e -> CaptureStatus.COMPLETED;
      case Failed e -> CaptureStatus.FAILED;
      case Rejected e -> CaptureStatus.REJECTED;
      case Expired e -> CaptureStatus.EXPIRED;
      case Cancelled e -> CaptureStatus.CANCELLED;
    };
  }

  /** The trigger service has commanded it. */
  record Requested(CaptureRequest request, Instant at) implements CaptureEvent {
    public Requested {
      Constraints.present(request, "request");
      Constraints.present(at, "at");
    }
  }

  /**
   * The handle is open in the pod's network namespace.
   *
   * @param filterActiveAt from when on every packet that passes the filter is kept
   */
  record Started(
      CaptureRequest request,
      Instant at,
      @JsonProperty("interface") String networkInterface,
      String linkType,
      Instant filterActiveAt)
      implements CaptureEvent {
    public Started {
      Constraints.present(request, "request");
      Constraints.present(at, "at");
      Constraints.networkInterfaces(networkInterface, "interface");
      Constraints.linkType(linkType, "linkType");
      Constraints.present(filterActiveAt, "filterActiveAt");
    }
  }

  /** The file is complete on the node, and waits for its upload. */
  record Captured(CaptureRequest request, Instant at, CaptureResult result)
      implements CaptureEvent {
    public Captured {
      Constraints.present(request, "request");
      Constraints.present(at, "at");
      Constraints.present(result, "result");
    }
  }

  /**
   * The file is in S3; {@code at} is the moment S3 acknowledged it.
   *
   * @param enrichment what became of the file before its upload; absent where nothing was tried
   * @param dns what its DNS packets show; absent where nobody looked
   * @param tcp what its TCP packets show; absent where nobody looked
   * @param transcript key of the object that has a line for each DNS transaction
   */
  record Completed(
      CaptureRequest request,
      Instant at,
      CaptureResult result,
      Artifact artifact,
      Optional<Enrichment> enrichment,
      Optional<DnsReport> dns,
      Optional<TcpReport> tcp,
      Optional<String> transcript)
      implements CaptureEvent {
    public Completed {
      Constraints.present(request, "request");
      Constraints.present(at, "at");
      Constraints.present(result, "result");
      Constraints.present(artifact, "artifact");
      enrichment = Constraints.optional(enrichment);
      dns = Constraints.optional(dns);
      tcp = Constraints.optional(tcp);
      transcript = Constraints.optional(transcript);
      transcript.ifPresent(key -> Constraints.objectKey(key, "transcript"));
    }

    /** With a file as it was captured, which nobody looked at. */
    public Completed(CaptureRequest request, Instant at, CaptureResult result, Artifact artifact) {
      this(
          request,
          at,
          result,
          artifact,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * It was tried and came to nothing, or its file could not be delivered.
   *
   * @param result present if a file exists on the node
   */
  record Failed(CaptureRequest request, Instant at, Failure failure, Optional<CaptureResult> result)
      implements CaptureEvent {
    public Failed {
      Constraints.present(request, "request");
      Constraints.present(at, "at");
      Constraints.present(failure, "failure");
      result = Constraints.optional(result);
    }
  }

  /**
   * The node would not do it.
   *
   * @param request absent where the command could not be read
   */
  record Rejected(
      @JsonProperty(access = JsonProperty.Access.READ_WRITE) CaptureId id,
      Optional<CaptureRequest> request,
      Instant at,
      Failure failure)
      implements CaptureEvent {
    public Rejected {
      Constraints.present(id, "id");
      request = Constraints.optional(request);
      if (request.isPresent() && !request.get().id().equals(id)) {
        throw new InvalidField("id", "must be that of the request");
      }
      Constraints.present(at, "at");
      Constraints.present(failure, "failure");
    }
  }

  /** The command came too late. */
  record Expired(CaptureRequest request, Instant at, Failure failure) implements CaptureEvent {
    public Expired {
      Constraints.present(request, "request");
      Constraints.present(at, "at");
      Constraints.present(failure, "failure");
    }
  }

  /** It was called off before it began. */
  record Cancelled(CaptureRequest request, Instant at) implements CaptureEvent {
    public Cancelled {
      Constraints.present(request, "request");
      Constraints.present(at, "at");
    }
  }
}
