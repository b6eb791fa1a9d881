package dev.fanfare.runtime.health;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = InfrastructureResource.class, initArgs = @ResourceArg(name = "needs", value = "kafka"))
class ConsumersReadinessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final MemberDescription WITH = member("with", Set.of(new TopicPartition("t", 0)));
    private static final MemberDescription WITHOUT = member("without", Set.of());

    @Test
    void isReadyOnceTheChannelHasItsPartitions() {
        // When
        await().atMost(PATIENCE)
                .until(() -> get("/q/health/ready").then().extract().statusCode() == 200);

        // Then
        get("/q/health/ready").then().body("checks.name", hasItem("consumers"));
    }

    @Test
    void aMemberWithoutPartitionsHasItsPlaceInASettledGroup() {
        // When
        boolean leftOut = ConsumersReadiness.isLeftOut(group(GroupState.STABLE), "without");

        // Then
        assertThat(leftOut).isTrue();
    }

    @Test
    void aMemberForWhichThereArePartitionsWaitsForThem() {
        // When
        boolean leftOut = ConsumersReadiness.isLeftOut(group(GroupState.STABLE), "with");

        // Then
        assertThat(leftOut).isFalse();
    }

    @Test
    void nobodyIsLeftOutWhilePartitionsAreDealtOut() {
        // When
        boolean leftOut = ConsumersReadiness.isLeftOut(group(GroupState.RECONCILING), "without");

        // Then
        assertThat(leftOut).isFalse();
    }

    @Test
    void whoIsNotInTheGroupWaits() {
        // When
        boolean leftOut = ConsumersReadiness.isLeftOut(group(GroupState.STABLE), "unknown");

        // Then
        assertThat(leftOut).isFalse();
    }

    private static ConsumerGroupDescription group(GroupState state) {
        return new ConsumerGroupDescription(
                "group",
                false,
                List.of(WITH, WITHOUT),
                "uniform",
                GroupType.CONSUMER,
                state,
                Node.noNode(),
                Set.of(),
                Optional.of(1),
                Optional.of(1));
    }

    private static MemberDescription member(String id, Set<TopicPartition> target) {
        return new MemberDescription(
                id,
                Optional.empty(),
                "client",
                "host",
                new MemberAssignment(Set.of()),
                Optional.of(new MemberAssignment(target)),
                Optional.of(1),
                Optional.of(true));
    }
}
