package dev.fanfare.delivery.edge;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** To how many a broadcast was told, from the socket to the ledger. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class BroadcastCountTest {

    @Inject
    EdgeServer server;

    @ConfigProperty(name = "fanfare.internal.key")
    String internalKey;

    private final EdgeFixture fixture = new EdgeFixture();

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sessionsThatAreHereAndThoseThatComeLaterAreCounted() throws Exception {
        try (EdgeClient first = new EdgeClient(server.address());
                EdgeClient second = new EdgeClient(server.address())) {
            // Given
            first.connect(fixture.token("u1"));
            second.connect(fixture.token("u2"));
            ClientMessage message = fixture.broadcast("hello");
            first.nextPublication("broadcast");
            second.nextPublication("broadcast");
            awaitTold(message, 2);

            // When
            try (EdgeClient late = new EdgeClient(server.address())) {
                late.connect(fixture.token("u3"));

                // Then
                awaitTold(message, 3);
            }
        }
    }

    @Test
    void whoFollowsABroadcastSeesOneSpanForAllSessions() throws Exception {
        try (EdgeClient first = new EdgeClient(server.address());
                EdgeClient second = new EdgeClient(server.address());
                EdgeClient third = new EdgeClient(server.address())) {
            // Given
            first.connect(fixture.token("u1"));
            second.connect(fixture.token("u2"));
            third.connect(fixture.token("u2"));
            Followed trace = Followed.begin();

            // When
            ClientMessage message = fixture.broadcast("hello", trace);

            // Then
            first.nextPublication("broadcast");
            second.nextPublication("broadcast");
            third.nextPublication("broadcast");
            SpanData span = trace.await("tell sessions");
            assertThat(span.getParentSpanId()).isEqualTo(trace.spanId());
            assertThat(span.getEndEpochNanos()).isGreaterThanOrEqualTo(span.getStartEpochNanos());
            assertThat(span.getAttributes().get(longKey("fanfare.record.age_ms")))
                    .isNotNegative();
            assertThat(span.getAttributes().toBuilder()
                            .remove(longKey("fanfare.record.age_ms"))
                            .build()
                            .asMap())
                    .containsOnly(
                            entry(stringKey("fanfare.app_key"), fixture.app),
                            entry(stringKey("fanfare.message_uid"), message.messageUID()),
                            entry(stringKey("fanfare.kind"), "WINDOW"),
                            entry(longKey("fanfare.sessions"), 3L));
            assertThat(given().accept("application/openmetrics-text; version=1.0.0")
                            .get("/q/metrics")
                            .asString())
                    .as("exemplars")
                    .containsPattern(Pattern.compile(
                            "fanfare_broadcast_age_seconds_bucket.* # \\{.*trace_id=\"" + trace.traceId()));
            assertThat(trace.spans()).hasSize(1);
        }
    }

    private void awaitTold(ClientMessage message, int sessions) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(given().header("Authorization", "Bearer " + internalKey)
                                .get("/internal/v1/apps/{app}/messages/{uid}", fixture.app, message.messageUID())
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath()
                                .getInt("told"))
                        .isEqualTo(sessions));
    }
}
