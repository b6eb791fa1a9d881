package dev.fanfare.standalone.demo;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.standalone.installation.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What devices without a connection show: the pushes that their providers took, looked at again and again. */
final class ShownPushes implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Endpoints endpoints;
    private final Changes changes;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-pushes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<ReceivedPush> taken = List.of();

    ShownPushes(Endpoints endpoints, Changes changes) {
        this.endpoints = endpoints;
        this.changes = changes;
        reader.scheduleWithFixedDelay(this::read, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The token of an app that is installed on a device of this provider's. */
    String install(String provider) throws IOException, InterruptedException {
        URI where = endpoints.pushTokens(provider);
        byte[] answer = http.send(request(where).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray())
                .body();
        try {
            return Json.read(answer, Installed.class).token();
        } catch (MalformedJsonException e) {
            throw new IOException(where + " does not answer with a token", e);
        }
    }

    private record Installed(String token) {}

    /** The texts that were shown for a token. */
    List<String> of(String token) {
        return taken.stream()
                .filter(push -> push.token().equals(token))
                .map(ReceivedPush::body)
                .toList();
    }

    private void read() {
        try {
            List<ReceivedPush> now = List.of(Json.read(
                    http.send(request(endpoints.pushes()).build(), BodyHandlers.ofByteArray())
                            .body(),
                    ReceivedPush[].class));
            if (now.size() != taken.size()) {
                taken = now;
                changes.tell();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | MalformedJsonException e) {
            throw new IllegalStateException("the push providers do not say what they took", e);
        }
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE);
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
