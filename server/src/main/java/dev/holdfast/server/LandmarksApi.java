package dev.holdfast.server;

import io.javalin.router.JavalinDefaultRoutingApi;

/** Landmarks: how they do, which contradict others, and where one more would help. */
final class LandmarksApi {
  private final HoldfastServer server;
  private final Door door;

  LandmarksApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(
        "/api/v1/landmarks",
        context -> Answers.list(context, server.fleet().landmarks(door.asked(context))));
    // Before the ones by id: the first that fits answers.
    routes.get(
        "/api/v1/landmarks/audit",
        context -> Answers.json(context, server.landmarks().audit(door.asked(context)).fields()));
    routes.get(
        "/api/v1/landmarks/advice",
        context -> Answers.json(context, server.landmarks().advice(door.asked(context)).fields()));
    routes.get(
        "/api/v1/landmarks/{id}",
        context ->
            Answers.json(
                context,
                server.fleet().landmark(context.pathParam("id"), door.asked(context)).fields()));
  }
}
