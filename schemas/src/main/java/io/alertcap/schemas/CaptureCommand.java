package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the trigger service tells the capturer of one node, on {@code alertcap.commands}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CaptureCommand.Start.class, name = "start"),
  @JsonSubTypes.Type(value = CaptureCommand.Stop.class, name = "stop")
})
@JsonPropertyOrder("id")
public sealed interface CaptureCommand {

  /** The capture it is about; written always, but read only where no request tells it. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  CaptureId id();

  /** The node it is for: the key on Kafka. */
  String node();

  /** Run this capture, unless it was run already. */
  record Start(CaptureRequest request) implements CaptureCommand {

    public Start {
      Constraints.present(request, "request");
    }

    @Override
    public CaptureId id() {
      return request.id();
    }

    @Override
    public String node() {
      return request.target().node();
    }
  }

  /**
   * End this capture now and keep what it has; without effect on one that has ended.
   *
   * @param end {@code cancelled} or {@code resolved}
   */
  record Stop(
      @JsonProperty(access = JsonProperty.Access.READ_WRITE) CaptureId id,
      String node,
      CaptureEnd end)
      implements CaptureCommand {

    public Stop {
      Constraints.present(id, "id");
      Constraints.matching(node, Constraints.DNS_SUBDOMAIN, "node", "a DNS subdomain");
      if (Constraints.present(end, "end") != CaptureEnd.CANCELLED && end != CaptureEnd.RESOLVED) {
        throw new InvalidField("end", "must be cancelled or resolved");
      }
    }
  }
}
