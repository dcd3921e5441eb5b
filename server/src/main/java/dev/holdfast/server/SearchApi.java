package dev.holdfast.server;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Questions to what can be read of a site. */
final class SearchApi {
  private final HoldfastServer server;
  private final Door door;
  private final Counter answered;

  SearchApi(HoldfastServer server, Door door, MeterRegistry metrics) {
    this.server = server;
    this.door = door;
    answered = metrics.counter("holdfast.questions.answered");
    metrics.gauge("holdfast.vectors.remembered", server.search(), SiteSearch::remembered);
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(
        "/api/v1/sites/{id}/search",
        context -> {
          JsonBody answer = server.search().ask(context.pathParam("id"), door.asked(context));
          answered.increment();
          Answers.json(context, answer.fields());
        });
  }
}
