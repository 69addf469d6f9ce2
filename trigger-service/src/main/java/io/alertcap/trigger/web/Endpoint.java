package io.alertcap.trigger.web;

/** What a route leads to. */
public interface Endpoint {

  /** Answers; may block only where the route's executor is one of {@link Workers}. */
  Reply answer(Call call);
}
