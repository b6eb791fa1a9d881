package dev.fanfare.delivery.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.partition.DayPartitions;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class RecalledMessagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    RecalledMessages recalled;

    @Inject
    DayPartitions partitions;

    private final String app = "app-" + UUID.randomUUID();
    private final String other = "app-" + UUID.randomUUID();

    @BeforeEach
    void makeDays() {
        await(partitions.moveOn());
    }

    @Test
    void ofManyMessagesThoseThatWereTakenBackAreFound() {
        // Given: the same id in two apps
        await(recalled.add(List.of(recall(app, "M1"), recall(other, "M2"))));

        // When
        Set<MessageKey> found = await(
                recalled.of(Set.of(new MessageKey(app, "M1"), new MessageKey(app, "M2"), new MessageKey(other, "M1"))));

        // Then
        assertThat(found).containsExactly(new MessageKey(app, "M1"));
    }

    @Test
    void toTakeAMessageBackAgainChangesNothing() {
        // When
        MessageKey message = new MessageKey(app, "M1");
        await(recalled.add(List.of(recall(app, "M1"), recall(app, "M1"))));
        await(recalled.add(List.of(recall(app, "M1"))));

        // Then
        assertThat(await(recalled.of(Set.of(message)))).containsExactly(message);
    }

    @Test
    void thoseOfTheLastDaysAreKnownByApp() {
        // Given
        await(recalled.add(List.of(recall(app, "M1"), recall(app, "M2"), recall(other, "M3"))));

        // When
        Map<String, List<String>> lately = await(recalled.lately());

        // Then
        assertThat(lately.get(app)).containsExactlyInAnyOrder("M1", "M2");
        assertThat(lately.get(other)).containsExactly("M3");
    }

    @Test
    void nothingIsNotAskedFor() {
        await(recalled.add(List.of()));
        assertThat(await(recalled.of(Set.of()))).isEmpty();
    }

    private static Recall recall(String app, String uid) {
        return new Recall(new MessageKey(app, uid), Optional.empty());
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
