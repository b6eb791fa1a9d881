package dev.fanfare.delivery.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.delivery.mailbox.RoutingProfile;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class RedisPipelineTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final String PAUSE_MILLIS = "1500";

    /** Of the pool; what was sent on them before Redis stopped may still be done. */
    private static final int CONNECTIONS = 6;

    private static final int CALLS = 5 * CONNECTIONS;

    @Inject
    Redis redis;

    @Test
    void goesOnWhenRedisAnswersAgainAndDoesNothingForThoseWhoGaveUp() {
        // Given
        RedisPipeline pipeline = new RedisPipeline(redis, PATIENCE);
        String key = "pipeline-" + UUID.randomUUID();
        redis.send(Request.cmd(Command.CLIENT).arg("PAUSE").arg(PAUSE_MILLIS))
                .await()
                .atMost(LIMIT);

        // When
        List<Throwable> failures = Uni.join()
                .all(IntStream.range(0, CALLS)
                        .mapToObj(i -> pipeline.send(increment(key))
                                .map(replies -> (Throwable) null)
                                .onFailure()
                                .recoverWithItem(e -> e))
                        .toList())
                .andFailFast()
                .await()
                .atMost(LIMIT);

        // Then
        assertThat(failures).hasSize(CALLS).hasOnlyElementsOfType(TimeoutException.class);
        await().atMost(LIMIT).ignoreExceptionsInstanceOf(TimeoutException.class).untilAsserted(() -> {
            List<Response> done = send(pipeline, Collections.nCopies(CALLS, read(key)));
            assertThat(done).hasSize(CALLS).allSatisfy(count -> assertThat(number(count))
                    .isLessThanOrEqualTo(CONNECTIONS));
        });
    }

    private static List<Request> increment(String key) {
        return List.of(Request.cmd(Command.INCR).arg(key));
    }

    private static Request read(String key) {
        return Request.cmd(Command.GET).arg(key);
    }

    private static int number(Response response) {
        return response == null ? 0 : response.toInteger();
    }

    private static List<Response> send(RedisPipeline pipeline, List<Request> commands) {
        return pipeline.send(commands).await().atMost(LIMIT);
    }
}
