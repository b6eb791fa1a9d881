package dev.fanfare.benchmark.product;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.standalone.client.AdminClient;
import dev.fanfare.standalone.client.AppCredentials;
import dev.fanfare.standalone.client.Form;
import dev.fanfare.standalone.client.GatewayClient;
import dev.fanfare.standalone.client.TemplateMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An app of the installation without limits worth mentioning, and what its back end needs. */
public final class BenchApp {

    private static final int UNLIMITED = 1_000_000;
    private static final int CALLERS = 16;
    private static final List<String> ENDPOINTS = List.of(
            "message/online/broadcast",
            "message/system/publish",
            "message/system/publish_template",
            "statusmessage/group/publish",
            "fanfare/v1/devices",
            "fanfare/v1/messages",
            "fanfare/v1/broadcasts");

    private final Installation installation;
    private final AppCredentials credentials;

    private BenchApp(Installation installation, AppCredentials credentials) {
        this.installation = installation;
        this.credentials = credentials;
    }

    /** Creates one by the admin API. */
    public static BenchApp create(Installation installation) throws IOException, InterruptedException {
        JsonNode created = admin(installation, "POST", "/admin/v1/apps", Map.of("name", "benchmark"));
        String key = created.path("appKey").asText();
        Map<String, Integer> limits =
                ENDPOINTS.stream().collect(Collectors.toMap(Function.identity(), endpoint -> UNLIMITED));
        admin(installation, "PATCH", "/admin/v1/apps/" + key, Map.of("limits", limits));
        return new BenchApp(
                installation,
                new AppCredentials(key, Secret.of(created.path("secret").asText())));
    }

    public String key() {
        return credentials.appKey();
    }

    /** Its back end. */
    public GatewayClient backEnd() {
        return new GatewayClient(installation.endpoints().gateway(), credentials);
    }

    /** Makes a group of the users {@code user-<from>} to {@code user-<to - 1>}. */
    public void createGroup(String groupId, int from, int to) throws IOException, InterruptedException {
        backEnd()
                .post(
                        "/group/create.json",
                        new Form()
                                .with("userId", users(from, to))
                                .with("groupId", groupId)
                                .with("groupName", groupId))
                .requireOk();
    }

    /** A call to everybody. */
    public byte[] broadcast(int contentBytes) {
        return PreparedCall.form(
                credentials,
                "/message/online/broadcast.json",
                "fromUserId=bench&objectName=RC:TxtMsg&content=" + PreparedCall.content(contentBytes));
    }

    /** A call to a group. */
    public byte[] groupStatus(String groupId, int contentBytes) {
        return PreparedCall.form(
                credentials,
                "/statusmessage/group/publish.json",
                "fromUserId=bench&objectName=RC:TypSts&toGroupId=" + groupId + "&content="
                        + PreparedCall.groupContent(contentBytes));
    }

    /**
     * Template calls to {@code recipients} users each. Every user is in one of them, so that the number of a call is the
     * number of its message for each of its users.
     *
     * @param from the first user's number
     * @param to the one behind the last user's
     */
    public List<byte[]> templates(int from, int to, int recipients, int contentBytes) {
        return Stream.iterate(from, first -> first < to, first -> first + recipients)
                .map(first -> template(users(first, Math.min(to, first + recipients)), contentBytes, null))
                .toList();
    }

    /** The same to the first {@code users} users, with a push of its own for each who is away. */
    public List<byte[]> templatesWithPush(int users, int recipients, int contentBytes) {
        return Stream.iterate(0, first -> first < users, first -> first + recipients)
                .map(first ->
                        template(users(first, Math.min(users, first + recipients)), contentBytes, "Something for {n}"))
                .toList();
    }

    /** A device of each user that reaches it by this provider: the i-th token is user {@code user-<from + i>}'s. */
    public void install(int from, String provider, List<String> tokens) throws InterruptedException {
        GatewayClient backEnd = backEnd();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Void>> calls = IntStream.range(0, tokens.size())
                    .<Callable<Void>>mapToObj(i -> () -> {
                        backEnd.registerDevice("user-" + (from + i), "phone-" + (from + i), provider, tokens.get(i));
                        return null;
                    })
                    .toList();
            for (Future<Void> call : callers.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a device was not registered", e);
        } finally {
            callers.shutdownNow();
        }
    }

    /** What the app shows a push provider. */
    public void pushCredential(String provider, Map<String, String> settings) throws IOException, InterruptedException {
        new AdminClient(
                        installation.endpoints().gateway(),
                        installation.secrets().adminToken())
                .pushCredential(key(), provider, settings);
    }

    /**
     * Tells all users, with a push for who is away; returns when it is accepted.
     *
     * @param inApp how long those who come later are told
     * @return the messageUID
     */
    public String tellAll(int contentBytes, InApp inApp) throws IOException, InterruptedException {
        String due = PreparedCall.content(contentBytes)
                .replaceFirst("\\d{19}", String.format(Locale.ROOT, "%019d", System.nanoTime()));
        return backEnd()
                .postJson(
                        "/fanfare/v1/broadcasts",
                        Map.of(
                                "fromUserId",
                                "bench",
                                "objectName",
                                "RC:TxtMsg",
                                "content",
                                due,
                                "inApp",
                                inApp.name(),
                                "pushTo",
                                "OFFLINE",
                                "push",
                                Map.of("content", "Something for all of you")))
                .requireOk()
                .json()
                .path("messageUID")
                .asText();
    }

    private static List<String> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(user -> "user-" + user).toList();
    }

    /** @param push null for none of its own */
    private byte[] template(List<String> users, int contentBytes, String push) {
        return PreparedCall.json(
                credentials,
                TemplateMessage.PATH,
                TemplateMessage.of(
                        "bench",
                        "RC:TxtMsg",
                        PreparedCall.content(contentBytes) + " {n}",
                        users.stream()
                                .map(user -> new TemplateMessage.Recipient(user, Map.of("n", user)))
                                .toList(),
                        push));
    }

    private static JsonNode admin(Installation installation, String method, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        URI uri = installation.endpoints().gateway().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header(
                        "Authorization",
                        "Bearer " + installation.secrets().adminToken().reveal())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered with HTTP " + response.statusCode());
        }
        return Json.mapper().readTree(response.body());
    }
}
