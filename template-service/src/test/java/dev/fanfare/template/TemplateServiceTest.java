package dev.fanfare.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.signing.ProducerKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = InfrastructureResource.class, initArgs = @ResourceArg(name = "needs", value = "kafka"))
class TemplateServiceTest {

    @Test
    void rendersOneMessagePerRecipient() throws Exception {
        String json =
                """
                {"fromUserId":"f","objectName":"RC:TxtMsg","toUserId":["21","22"],
                 "content":"{\\"content\\":\\"{c}{d}\\"}","values":[{"{c}":"1","{d}":"2"},{"{c}":"4","{d}":"5"}]}""";
        var signer = new CommandSigner(
                new ProducerKey(
                        "gateway",
                        List.of(Secret.of("secret-of-the-gateway-in-tests")),
                        Set.of("*"),
                        Set.of(Topic.TEMPLATE_COMMAND)),
                "/test");
        try (TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers())) {
            kafka.send(signer.sign(
                    Topic.TEMPLATE_COMMAND, "app-1", "id-1", Instant.now(), json.getBytes(StandardCharsets.UTF_8)));
            var got = kafka.await(Topic.DELIVERY_DIRECT, 2, r -> r.key().startsWith("app-1"));
            for (var r : got) {
                System.out.println(new String(r.value(), StandardCharsets.UTF_8));
            }
            assertThat(Json.read(got.get(0).value(), DirectDelivery.class)).isNotNull();
        }
    }
}
