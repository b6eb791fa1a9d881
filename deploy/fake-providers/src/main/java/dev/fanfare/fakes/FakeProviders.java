package dev.fanfare.fakes;

import dev.fanfare.contracts.Json;
import dev.fanfare.fakes.apns.FakeApns;
import dev.fanfare.fakes.fcm.FakeFcm;
import dev.fanfare.fakes.honor.FakeHonor;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.huawei.FakeHuawei;
import dev.fanfare.fakes.oppo.FakeOppo;
import dev.fanfare.fakes.vivo.FakeVivo;
import dev.fanfare.fakes.webhook.FakeWebhook;
import dev.fanfare.fakes.webpush.FakeWebPush;
import dev.fanfare.fakes.xiaomi.FakeXiaomi;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All fakes at once, and a page to look at them, on loopback:
 *
 * <ul>
 *   <li>{@code GET /pushes}: the last 10,000 that all have taken, a JSON array of {@link ReceivedPush}, newest last;
 *       {@code ?provider=} one of them;
 *   <li>{@code GET /counts}: a JSON object of provider to {@link PushCounts};
 *   <li>{@code GET /credentials}: a JSON object of provider to settings, to be given to Fanfare;
 *   <li>{@code POST /tokens/{provider}}: a device is installed; {@code {"token": "..."}}. With {@code ?count=} so many
 *       are; {@code {"tokens": [...]}}.
 * </ul>
 */
public final class FakeProviders implements AutoCloseable {

    /** A line for each provider. */
    private static final List<Maker> MAKERS = List.of(
            FakeApns::new,
            FakeFcm::new,
            FakeWebPush::new,
            FakeHuawei::new,
            FakeXiaomi::new,
            FakeOppo::new,
            FakeVivo::new,
            FakeHonor::new,
            FakeWebhook::new);

    private static final String LOOPBACK = "127.0.0.1";
    private static final int REMEMBERED = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final List<FakeProvider> providers = new ArrayList<>();
    private final Deque<ReceivedPush> received = new ArrayDeque<>();
    private final Map<String, PushCounts.Counter> counters = new LinkedHashMap<>();
    private final HttpServer page;

    private FakeProviders(String pageHost, int pagePort) {
        for (Maker maker : MAKERS) {
            FakeHttpProvider provider = maker.make(vertx, 0);
            PushCounts.Counter counter = new PushCounts.Counter();
            counters.put(provider.name(), counter);
            provider.onReceived(push -> {
                counter.count(push);
                remember(push);
            });
            providers.add(provider);
        }
        page = vertx.createHttpServer(new HttpServerOptions().setHost(pageHost).setPort(pagePort))
                .requestHandler(this::answer);
        page.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** On ports that are free. */
    public static FakeProviders onFreePorts() {
        return new FakeProviders(LOOPBACK, 0);
    }

    /** The page on this port, the providers on ports that are free. */
    public static FakeProviders withPageOn(int port) {
        return new FakeProviders(LOOPBACK, port);
    }

    /**
     * A process of their own: {@code HOST PORT}, where the page is; the providers stay on loopback. In containers they
     * share the network of a delivery node.
     */
    public static void main(String[] arguments) {
        new FakeProviders(arguments[0], Integer.parseInt(arguments[1]));
    }

    public List<FakeProvider> all() {
        return List.copyOf(providers);
    }

    /** @throws java.util.NoSuchElementException there is none of this name */
    public FakeProvider provider(String name) {
        return find(name).orElseThrow();
    }

    /** Where the page is. */
    public String url() {
        return "http://" + LOOPBACK + ":" + page.actualPort();
    }

    @Override
    public void close() {
        providers.forEach(FakeProvider::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Optional<FakeProvider> find(String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        if (request.method() == HttpMethod.GET && path.equals("/pushes")) {
            json(request, pushes(request.getParam("provider")));
        } else if (request.method() == HttpMethod.GET && path.equals("/counts")) {
            json(request, counts());
        } else if (request.method() == HttpMethod.GET && path.equals("/credentials")) {
            json(request, credentials());
        } else if (request.method() == HttpMethod.POST && path.startsWith("/tokens/")) {
            find(path.substring("/tokens/".length()))
                    .ifPresentOrElse(
                            provider -> json(request, tokens(provider, request.getParam("count"))),
                            () -> status(request, 404));
        } else {
            status(request, 404);
        }
    }

    private void remember(ReceivedPush push) {
        synchronized (received) {
            received.add(push);
            if (received.size() > REMEMBERED) {
                received.remove();
            }
        }
    }

    private List<ReceivedPush> pushes(String provider) {
        List<ReceivedPush> all;
        synchronized (received) {
            all = List.copyOf(received);
        }
        return all.stream()
                .filter(push -> provider == null || push.provider().equals(provider))
                .toList();
    }

    private Map<String, PushCounts> counts() {
        Map<String, PushCounts> counts = new LinkedHashMap<>();
        counters.forEach((provider, counter) -> counts.put(provider, counter.counts()));
        return counts;
    }

    private static Map<String, Object> tokens(FakeProvider provider, String count) {
        return count == null
                ? Map.of("token", provider.newToken())
                : Map.of(
                        "tokens",
                        Stream.generate(provider::newToken)
                                .limit(Integer.parseInt(count))
                                .toList());
    }

    private Map<String, Map<String, String>> credentials() {
        Map<String, Map<String, String>> credentials = new LinkedHashMap<>();
        providers.forEach(provider -> credentials.put(provider.name(), provider.credential()));
        return credentials;
    }

    private static void json(HttpServerRequest request, Object body) {
        request.response().putHeader("Content-Type", "application/json").end(Buffer.buffer(Json.write(body)));
    }

    private static void status(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }

    /** Starts a provider. */
    private interface Maker {

        /** @param port 0: any that is free */
        FakeHttpProvider make(Vertx vertx, int port);
    }
}
