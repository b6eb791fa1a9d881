package dev.fanfare.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import dev.fanfare.gateway.quota.QuotaWindow;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An app without limits, whose users, group and push credential are those of the document's examples. */
record Scene(ZimBackEnd app) {

    private static final int MOST_CALLS = 1_000_000;

    static Scene set() {
        ZimBackEnd app = ZimBackEnd.create()
                .change(Map.of(
                        "limits", QuotaWindow.all().collect(Collectors.toMap(QuotaWindow::name, w -> MOST_CALLS))))
                .with("tom", "rose", "online-rose");
        app.onRongCloud()
                .post(
                        "/group/create.json",
                        Form.of("userId", "tom")
                                .and("userId", "rose")
                                .and("groupId", "g1")
                                .and("groupName", "Group 1"))
                .isSuccess();
        Answer credential = BackEnd.admin("PUT", "/" + app.appKey() + "/push/apns", Map.of("key", "k"));
        assertThat(credential.status()).isEqualTo(200);
        Answer token = BackEnd.admin(
                BackEnd.rootToken(), "POST", "/tokens", Map.of("name", adminTokenOf(app), "scopes", List.of("read")));
        assertThat(token.status()).isEqualTo(201);
        return new Scene(app);
    }

    Answer send(Call call) {
        Operation operation = call.operation();
        String path = path(call) + query(call);
        HttpRequest.Builder request = operation.isSecuredBy(Operation.ZIM)
                ? HttpRequest.newBuilder(BackEnd.url(path))
                : operation.isSecuredBy(Operation.ADMIN)
                        ? HttpRequest.newBuilder(BackEnd.url(path))
                                .header("Authorization", "Bearer " + BackEnd.rootToken())
                        : app.onRongCloud().signed(path, "");
        if (call.body() == null) {
            return BackEnd.send(
                    request.method(operation.method(), BodyPublishers.noBody()).build());
        }
        String type = operation.body().getKey();
        String body =
                type.equals(BackEnd.FORM) ? form(call.body()) : call.body().toString();
        return BackEnd.send(request.header("Content-Type", type)
                .method(operation.method(), BodyPublishers.ofString(body))
                .build());
    }

    /** A token that is there. */
    private static String adminTokenOf(ZimBackEnd app) {
        return "reader-of-" + app.appKey();
    }

    private String path(Call call) {
        String path = call.operation().path().replace("{key}", app.appKey()).replace("{name}", adminTokenOf(app));
        for (Entry<String, JsonNode> parameter : call.parameters().entrySet()) {
            path = path.replace(
                    "{" + parameter.getKey() + "}", parameter.getValue().asText());
        }
        return path;
    }

    private String query(Call call) {
        Map<String, String> common =
                call.operation().isSecuredBy(Operation.ZIM) ? app.common(call.name()) : new LinkedHashMap<>();
        String query = Stream.concat(
                        common.entrySet().stream().map(parameter -> pair(parameter.getKey(), parameter.getValue())),
                        call.operation()
                                .parameters()
                                .filter(parameter ->
                                        parameter.path("in").asText().equals("query"))
                                .map(parameter -> parameter.path("name").asText())
                                .filter(call.parameters()::containsKey)
                                .flatMap(name -> pairs(name, call.parameters().get(name))))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** Lists are repeated, objects as {@code name[key]}. */
    private static String form(JsonNode body) {
        return body.properties().stream()
                .flatMap(field -> pairs(field.getKey(), field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static Stream<String> pairs(String name, JsonNode value) {
        Function<JsonNode, String> pair = each -> pair(name, each.asText());
        return value.isObject()
                ? value.properties().stream()
                        .map(entry -> pair(
                                name + "[" + entry.getKey() + "]",
                                entry.getValue().asText()))
                : value.isArray()
                        ? StreamSupport.stream(value.spliterator(), false).map(pair)
                        : Stream.of(pair.apply(value));
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
