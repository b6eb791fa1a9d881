package dev.fanfare.delivery.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.delivery.mailbox.RoutingProfile;
import dev.fanfare.delivery.node.RedisPipeline;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.StreamPosition;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class DevicePositionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    RedisPipeline pipeline;

    @Inject
    BroadcastWindow window;

    @Inject
    RedisDataSource redis;

    private final String app = "app-" + UUID.randomUUID();

    private DevicePositions here;
    private DevicePositions elsewhere;

    @BeforeEach
    void startNodes() {
        here = node();
        elsewhere = node();
    }

    private DevicePositions node() {
        return new DevicePositions(pipeline, window, new SimpleMeterRegistry());
    }

    @Test
    void aDeviceIsFoundWhereItWasOnAnyNode() {
        // Given
        here.save(app, "u1", "phone", at(41));
        here.save(app, "u1", "phone", at(42));
        flush(here);

        // When
        Optional<StreamPosition> found = load(elsewhere, "u1", "phone");

        // Then
        assertThat(found).contains(at(42));
        assertThat(load(elsewhere, "u1", "tablet")).isEmpty();
        assertThat(load(elsewhere, "u2", "phone")).isEmpty();
    }

    @Test
    void whatIsNotWrittenYetIsFoundOnTheSameNode() {
        // Given
        here.save(app, "u1", "phone", at(42));

        // When
        Optional<StreamPosition> found = load(here, "u1", "phone");

        // Then
        assertThat(found).contains(at(42));
    }

    /** What this node writes, what another writes after it, what remains. */
    @ParameterizedTest
    @CsvSource({
        "e1, 42, e1, 41, e1, 42",
        "e1, 42, e1, 42, e1, 42",
        "e1, 42, e1, 43, e1, 43",
        "e1, 9,  e1, 10, e1, 10",
        "e1, 42, e2, 1,  e2, 1",
        "'', 42, '', 41, '', 42",
        "a b, 42, a b, 41, a b, 42",
    })
    void aLateWriteOfAnotherNodeDoesNotGoBackwards(String e1, long o1, String e2, long o2, String e3, long o3) {
        // Given
        here.save(app, "u1", "phone", new StreamPosition(e1, o1));
        flush(here);

        // When
        elsewhere.save(app, "u1", "phone", new StreamPosition(e2, o2));
        flush(elsewhere);

        // Then
        assertThat(load(here, "u1", "phone")).contains(new StreamPosition(e3, o3));
    }

    @Test
    void oddNamesDoNotMix() {
        // Given
        List<List<String>> devices = List.of(
                List.of("a:b", "c"),
                List.of("a", "b:c"),
                List.of("a:1:b", "c"),
                List.of("a b\r\n", "c \"d\""),
                List.of("{u}", "*?[x]"),
                List.of("日本", "\uD83D\uDE00"));
        for (int i = 0; i < devices.size(); i++) {
            here.save(app, devices.get(i).get(0), devices.get(i).get(1), at(i + 1));
        }

        // When
        flush(here);

        // Then
        assertThat(devices.stream().map(device -> load(elsewhere, device.get(0), device.get(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, devices.size())
                        .mapToObj(i -> Optional.of(at(i)))
                        .toList());
    }

    @Test
    void aPositionLivesALittleLongerThanTheWindow() {
        // Given
        here.save(app, "u1", "phone", at(42));

        // When
        flush(here);

        // Then
        assertThat(Duration.ofMillis(redis.key().pttl(key("u1", "phone"))))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    }

    @Test
    void whatIsNoPositionIsOverwritten() {
        // Given
        redis.value(String.class).set(key("u1", "phone"), "nonsense");
        redis.hash(String.class).hset(key("u1", "tablet"), "a", "b");
        Optional<StreamPosition> before = load(here, "u1", "phone");

        // When
        here.save(app, "u1", "phone", at(1));
        here.save(app, "u1", "tablet", at(2));
        flush(here);

        // Then
        assertThat(before).isEmpty();
        assertThat(load(elsewhere, "u1", "phone")).contains(at(1));
        assertThat(load(elsewhere, "u1", "tablet")).contains(at(2));
    }

    /** One by one they would be far more than may wait for a connection ({@code quarkus.redis.max-pool-waiting}). */
    @Test
    void aStormOfDevicesIsAFewRoundTrips() {
        // Given
        int devices = 10_000;
        for (int i = 0; i < devices; i++) {
            here.save(app, "u" + i, "phone", at(i));
        }
        flush(here);

        // When
        List<Optional<StreamPosition>> found = Uni.join()
                .all(IntStream.range(0, devices)
                        .mapToObj(i -> elsewhere.load(app, "u" + i, "phone", LIMIT))
                        .toList())
                .andFailFast()
                .await()
                .atMost(LIMIT);

        // Then
        assertThat(found)
                .containsExactlyElementsOf(IntStream.range(0, devices)
                        .mapToObj(i -> Optional.of(at(i)))
                        .toList());
    }

    @Test
    void whileRedisIsAwayNothingIsKnownAndWhatMovesIsWrittenLater() {
        // Given
        here.save(app, "u1", "phone", at(41));
        flush(here);
        TestInfrastructure.shared().stopRedis();
        Optional<StreamPosition> meanwhile;
        try {
            // When
            meanwhile = load(elsewhere, "u1", "phone");
            here.save(app, "u1", "phone", at(42));
            here.save(app, "u2", "phone", at(7));
        } finally {
            TestInfrastructure.shared().startRedis();
        }

        // Then
        assertThat(meanwhile).isEmpty();
        await().untilAsserted(() -> {
            assertThat(load(elsewhere, "u1", "phone")).contains(at(42));
            assertThat(load(elsewhere, "u2", "phone")).contains(at(7));
        });
        flush(here);
    }

    @Test
    void aFlushWithoutRedisEnds() {
        // Given
        TestInfrastructure.shared().stopRedis();
        try {
            here.save(app, "u1", "phone", at(42));

            // When
            flush(here);

            // Then
            assertThat(load(here, "u1", "phone")).contains(at(42));
        } finally {
            TestInfrastructure.shared().startRedis();
        }
        flush(here);
        await().untilAsserted(() -> assertThat(load(elsewhere, "u1", "phone")).contains(at(42)));
    }

    private Optional<StreamPosition> load(DevicePositions node, String user, String device) {
        return node.load(app, user, device, PATIENCE).await().atMost(LIMIT);
    }

    private static void flush(DevicePositions node) {
        node.flush().await().atMost(LIMIT);
    }

    private String key(String user, String device) {
        return "fanfare:position:" + new DeviceKey(app, user, device).text();
    }

    private static StreamPosition at(long offset) {
        return new StreamPosition("topic.3", offset);
    }
}
