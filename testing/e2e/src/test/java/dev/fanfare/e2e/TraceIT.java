package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.e2e.backend.BackEnd;
import dev.fanfare.e2e.backend.BackEnd.Answer;
import dev.fanfare.e2e.backend.Form;
import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.client.AppClient;
import dev.fanfare.e2e.product.Collector.Span;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import dev.fanfare.e2e.product.StartedProduct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a call is one trace, in all services, from the request to the socket and to the push provider. */
@EndToEnd
@Tag(StartedProduct.TAG)
class TraceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final Random RANDOM = new Random();

    private final String traceId = hex(16);
    private final String callerId = hex(8);
    private TestApp app;

    @BeforeEach
    void createApp(Product product) throws Exception {
        app = TestApp.create(product);
    }

    @AfterEach
    void closeApp() {
        app.close();
    }

    @Test
    void aMessageToTwoUsersLeadsToTheSocketOfOneAndToTheProviderOfTheOther(StartedProduct product) throws Exception {
        // Given
        AppClient tom = app.javaDevice("tom");
        app.withPushes("fcm");
        String token = app.install("rose", "phone", "fcm");

        // When
        Answer answer = traced().postJson(
                        "/message/system/publish_template.json",
                        Map.of(
                                "fromUserId",
                                "news",
                                "objectName",
                                "RC:TxtMsg",
                                "content",
                                "{\"content\":\"secret of {c}\"}",
                                "toUserId",
                                List.of("tom", "rose"),
                                "values",
                                List.of(Map.of("{c}", "Tom"), Map.of("{c}", "Rose")),
                                "pushContent",
                                List.of("hello {c}", "hello {c}")));

        // Then
        assertThat(answer.code()).isEqualTo(200);
        tom.awaitContents("{\"content\":\"secret of Tom\"}");
        List<Span> spans = awaitSpans(product, 7);
        Map<String, Span> byId = spans.stream().collect(Collectors.toMap(Span::id, span -> span));
        assertThat(spans)
                .extracting(Span::service, Span::name, span -> nameOfParent(span, byId), span -> outcome(span))
                .containsExactlyInAnyOrder(
                        tuple("api-gateway", "POST /message/system/publish_template.json", "the caller", ""),
                        tuple("api-gateway", "publish", "POST /message/system/publish_template.json", ""),
                        tuple("template-service", "expand", "publish", ""),
                        tuple("delivery-service", "dispatch", "expand", ""),
                        tuple("delivery-service", "dispatch", "expand", ""),
                        tuple("delivery-service", "deliver", "dispatch", "CONFIRMED"),
                        tuple("delivery-service", "push", "dispatch", "PUSHED"));
        assertThat(uids(spans, "deliver")).containsExactly(answer.messageUid("userId", "tom"));
        assertThat(uids(spans, "push")).containsExactly(answer.messageUid("userId", "rose"));
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.attributes()).containsEntry("fanfare.app_key", app.key());
            assertThat(span.attributes().values())
                    .noneMatch(value -> value.contains("secret") || value.contains("hello") || value.contains(token));
        });
    }

    @Test
    void aBroadcastToTwoSessionsIsOneSpanOfItsNode(StartedProduct product) {
        // Given
        List<AppClient> devices = List.of(app.javaDevice("tom"), app.jsDevice("rose"));

        // When
        Answer answer = traced().broadcast("news", "hello");

        // Then
        devices.forEach(device -> device.awaitContents(BackEnd.content("hello")));
        List<Span> spans = awaitSpans(product, 4);
        Map<String, Span> byId = spans.stream().collect(Collectors.toMap(Span::id, span -> span));
        assertThat(spans)
                .extracting(Span::service, Span::name, span -> nameOfParent(span, byId))
                .containsExactlyInAnyOrder(
                        tuple("api-gateway", "POST /message/online/broadcast.json", "the caller"),
                        tuple("api-gateway", "publish", "POST /message/online/broadcast.json"),
                        tuple("broadcast-service", "expand", "publish"),
                        tuple("delivery-service", "tell sessions", "expand"));
        assertThat(uids(spans, "tell sessions")).containsExactly(answer.messageUid());
        assertThat(spans)
                .filteredOn(span -> span.name().equals("tell sessions"))
                .extracting(span -> span.attributes().get("fanfare.sessions"))
                .containsExactly("2");
    }

    @Test
    void aMessageToAllUsersIsATraceThatLeadsThroughItsJobToAProvider(StartedProduct product) throws Exception {
        // Given
        app.withPushes("fcm");
        app.token("rose");
        app.install("rose", "phone", "fcm");

        // When
        Answer answer = traced().post(
                        "/message/broadcast.json",
                        Form.of("fromUserId", "news")
                                .and("objectName", "RC:TxtMsg")
                                .and("content", BackEnd.content("hello"))
                                .and("pushContent", "hello"));

        // Then
        assertThat(answer.code()).isEqualTo(200);
        List<Span> spans = awaitSpans(product, 7);
        Map<String, Span> byId = spans.stream().collect(Collectors.toMap(Span::id, span -> span));
        assertThat(spans)
                .extracting(Span::service, Span::name, span -> nameOfParent(span, byId))
                .containsExactlyInAnyOrder(
                        tuple("api-gateway", "POST /message/broadcast.json", "the caller"),
                        tuple("api-gateway", "publish", "POST /message/broadcast.json"),
                        tuple("broadcast-service", "expand", "publish"),
                        tuple("delivery-service", "tell sessions", "expand"),
                        tuple("broadcast-service", "slice", "expand"),
                        tuple("delivery-service", "dispatch", "slice"),
                        tuple("delivery-service", "push", "dispatch"));
    }

    @Test
    void aFigureNamesATraceThatIsBehindIt(Product product) {
        // Given
        app.javaDevice("tom");

        // Then: a registry keeps an exemplar for seconds before it takes another one in its place
        await("exemplars").atMost(PATIENCE).pollInterval(A_MOMENT).untilAsserted(() -> {
            traced().broadcast("news", "hello");
            assertThat(product.scrapesWithExemplars())
                    .flatMap(scrape -> scrape.lines()
                            .filter(line -> line.contains("trace_id=\"" + traceId + "\""))
                            .map(line -> line.substring(0, line.indexOf('{')))
                            .toList())
                    .contains("http_server_requests_seconds_bucket", "fanfare_broadcast_fanout_seconds_bucket");
        });
    }

    @Test
    void theGatewaysLogSaysWhichMessageATraceIsAbout(StartedProduct product) throws Exception {
        // When
        Answer answer = traced().broadcast("news", "hello");

        // Then
        List<JsonNode> lines = new ArrayList<>();
        for (String line : product.log("api-gateway")) {
            if (line.contains(answer.messageUid())) {
                lines.add(Json.mapper().readTree(line));
            }
        }
        assertThat(lines)
                .extracting(line -> line.path("messageUid").asText(), line -> line.path("traceId")
                        .asText())
                .containsOnly(tuple(answer.messageUid(), traceId));
    }

    private BackEnd traced() {
        return app.backEnd().in("00-" + traceId + "-" + callerId + "-01");
    }

    private List<Span> awaitSpans(StartedProduct product, int count) {
        return await("spans of the trace")
                .atMost(PATIENCE)
                .until(() -> product.spansOf(traceId), spans -> spans.size() >= count);
    }

    private String nameOfParent(Span span, Map<String, Span> byId) {
        if (span.parentId().equals(callerId)) {
            return "the caller";
        }
        return byId.containsKey(span.parentId()) ? byId.get(span.parentId()).name() : "nobody";
    }

    private static String outcome(Span span) {
        return span.attributes().getOrDefault("fanfare.outcome", "");
    }

    private static List<String> uids(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .map(span -> span.attributes().get("fanfare.message_uid"))
                .toList();
    }

    private static String hex(int bytes) {
        byte[] id = new byte[bytes];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
