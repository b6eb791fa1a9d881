package dev.fanfare.runtime.health;

import static io.restassured.RestAssured.get;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = InfrastructureResource.class, initArgs = @ResourceArg(name = "needs", value = "kafka"))
class KafkaReadinessTest {

    private static final String READY = "/q/health/ready";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void isReadyOnlyWhileTheBrokersAnswer() {
        // Given
        await().atMost(PATIENCE).until(() -> get(READY).statusCode() == 200);

        // When
        TestInfrastructure.shared().stopKafka();

        // Then
        try {
            get(READY).then().statusCode(503).body("checks.name", hasItem("kafka"));
        } finally {
            TestInfrastructure.shared().startKafka();
        }
        await().atMost(PATIENCE).until(() -> get(READY).statusCode() == 200);
    }
}
