package io.alertcap.trigger.web;

/** {@code GET /api/v1/events}: server-sent events, one for every change of a record. */
final class FollowCaptures implements Endpoint {

  private final CaptureFeed feed;

  FollowCaptures(CaptureFeed feed) {
    this.feed = feed;
  }

  @Override
  public Reply answer(Call call) {
    return feed.open(call.lastEventId())
        .<Reply>map(stream -> stream)
        .orElseGet(() ->
            Problem.unavailable(
                feed.mostFollowers() + " clients follow already, which is the limit"));
  }
}
