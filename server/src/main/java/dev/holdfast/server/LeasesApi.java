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

/**
 * Leases, for hosts; what was answered to them and what licences stand, for people; another key for
 * leases.
 */
final class LeasesApi {
  private final HoldfastServer server;
  private final Door door;

  LeasesApi(HoldfastServer server, Door door) {
    this.server = server;
    this.door = door;
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/v1/leases", this::ask);
    routes.post("/api/v1/leases/keys", this::change);
    routes.get(
        "/api/v1/leases",
        context -> Answers.list(context, server.leaseBook().answers(door.asked(context))));
    routes.get(
        "/api/v1/licences",
        context -> Answers.list(context, server.licences().list(door.asked(context))));
  }

  private void change(Context context) {
    var _ = door.require(context, role -> role == Role.ADMIN);
    Answers.json(context, Map.of("key", server.leaseKeys().change().id().hex()));
  }

  private void ask(Context context) throws IOException {
    Tokens.Token token = door.require(context, Role::mayHandIn);
    switch (server.leases().answer(Answers.fields(context), token.name())) {
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
    body.put("reasons", reasons.stream().map(each -> LeaseBook.body(each, catalogue)).toList());
    context
        .status(403)
        .result(StateJson.mapper().writeValueAsBytes(body))
        .contentType(Answers.PROBLEM);
  }
}
