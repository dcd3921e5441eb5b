package dev.holdfast.server;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.store.LeaseAnswer;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leases, for hosts. */
final class LeasesApi {
  private final HoldfastServer server;
  private final Door door;

  LeasesApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/v1/leases", this::ask);
  }

  private void ask(Context context) throws IOException {
    var _ = door.require(context, Role::mayHandIn);
    switch (server.leases().answer(Answers.fields(context))) {
      case LeaseAnswer.Granted(String lease) -> Answers.json(context, Map.of("lease", lease));
      case LeaseAnswer.Refused(List<Reason> reasons) -> refused(context, reasons);
    }
  }

  private static void refused(Context context, List<Reason> reasons) {
    MessageCatalogue catalogue =
        MessageCatalogue.in(Door.language(context.header("Accept-Language")));
    Map<String, @Nullable Object> body =
        new LinkedHashMap<>(
            Answers.problemJson(
                Problem.of(ErrorCode.NOT_ALLOWED, "there is no lease for this host now")));
    body.put(
        "reasons",
        reasons.stream()
            .map(each ->
                Map.of(
                    "code",
                    each.code(),
                    "arguments",
                    each.arguments(),
                    "sentence",
                    catalogue.say(each.code(), each.arguments())))
            .toList());
    context
        .status(403)
        .result(StateJson.mapper().writeValueAsBytes(body))
        .contentType(Answers.PROBLEM);
  }
}
