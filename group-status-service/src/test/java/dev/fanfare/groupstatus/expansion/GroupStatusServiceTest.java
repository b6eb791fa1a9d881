package dev.fanfare.groupstatus.expansion;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.groupstatus.GroupsClient;
import dev.fanfare.testkit.command.CommandServiceContract;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class GroupStatusServiceTest extends CommandServiceContract {

    private static final String READY = "/q/health/ready";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    protected Topic commands() {
        return Topic.GROUP_STATUS_COMMAND;
    }

    @Override
    protected Topic output() {
        return Topic.DELIVERY_DIRECT;
    }

    @Override
    protected String newApp() {
        String app = super.newApp();
        new GroupsClient(app)
                .create("g1", Map.of("userIds", List.of("u1", "u2")))
                .statusCode(204);
        return app;
    }

    @Override
    protected String goodCommand() {
        return command("g1");
    }

    @Override
    protected String invalidCommand() {
        return command("g1\",\"g2\",\"g3\",\"g4");
    }

    private static String command(String groups) {
        return """
                {"fromUserId":"u1","objectName":"RC:TypSts","content":"typing","toGroupId":["%s"]}"""
                .formatted(groups);
    }

    @Test
    void writesOneRecordPerGroupKeyedByGroup() throws Exception {
        // Given
        String app = newApp();
        new GroupsClient(app).create("g2", Map.of("userIds", List.of("u3"))).statusCode(204);

        // When
        send(app, "two groups and one that is none", command("g1\",\"g2\",\"g3"));

        // Then
        var records = awaitOutput(app, 2);
        assertThat(records)
                .extracting(ConsumerRecord::key, record -> TestKafka.valueOf(record, DirectDelivery.class)
                        .userIds())
                .containsExactlyInAnyOrder(
                        tuple(app + ":group:g1", List.of("u2")), tuple(app + ":group:g2", List.of("u3")));
    }

    @Test
    void reachesAGroupOfThreeThousand() throws Exception {
        // Given
        String app = newApp();
        GroupsClient groups = new GroupsClient(app);
        for (int from = 0; from < 3000; from += 1000) {
            groups.join(
                            "large",
                            IntStream.range(from, from + 1000)
                                    .mapToObj(i -> "u" + i)
                                    .toArray(String[]::new))
                    .statusCode(204);
        }

        // When
        send(app, "large", command("large"));

        // Then
        long reached = 0;
        for (ConsumerRecord<String, byte[]> record : awaitOutput(app, 6)) {
            reached += TestKafka.valueOf(record, DirectDelivery.class).userIds().size();
        }
        assertThat(reached).as("all but the sender").isEqualTo(2999);
    }

    @Test
    void waitsForTheDatabaseAndLosesNothing() throws Exception {
        // Given
        String app = newApp();
        GroupsClient groups = new GroupsClient(app);
        TestInfrastructure.shared().stopPostgres();

        try {
            // When
            for (int i = 0; i < 20; i++) {
                send(app, "while away " + i, command("g1"));
            }

            // Then
            groups.join("g1", "u3")
                    .time(lessThan(5L), TimeUnit.SECONDS)
                    .statusCode(503)
                    .body("reason", equalTo("UNAVAILABLE"));
            get(READY).then().statusCode(503);
        } finally {
            TestInfrastructure.shared().startPostgres();
        }
        assertThat(awaitOutput(app, 20)).hasSize(20);
        await().atMost(PATIENCE).until(() -> get(READY).statusCode() == 200);
    }
}
