package dev.fanfare.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.mailbox.RoutingProfile;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class PresenceLookupTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Many times what may wait for a connection to Redis. */
    private static final int QUESTIONS = 10_000;

    @Inject
    PresenceLookup lookup;

    @Test
    void thousandsWhoAskAtTheSameTimeAreAllAnswered() {
        // Given
        String app = "app-" + UUID.randomUUID();
        List<UserKey> users = IntStream.range(0, QUESTIONS)
                .mapToObj(i -> new UserKey(app, "user-" + i))
                .toList();

        // When
        List<Presence> answers = Uni.join()
                .all(users.stream()
                        .map(user -> lookup.settledTogether(List.of(user)))
                        .toList())
                .andFailFast()
                .await()
                .atMost(LIMIT);

        // Then
        assertThat(answers).hasSize(QUESTIONS).allSatisfy(answer -> {
            assertThat(answer.settled()).isTrue();
            assertThat(answer.live()).isEmpty();
        });
    }
}
