package dev.fanfare.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.CommandServiceContract;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = InfrastructureResource.class, initArgs = @ResourceArg(name = "needs", value = "kafka"))
@QuarkusTestResource(TestProducers.class)
class TemplateServiceTest extends CommandServiceContract {

    @Override
    protected Topic commands() {
        return Topic.TEMPLATE_COMMAND;
    }

    @Override
    protected Topic output() {
        return Topic.DELIVERY_DIRECT;
    }

    @Override
    protected String goodCommand() {
        return """
                {"fromUserId":"shop","objectName":"RC:TxtMsg","content":"hello {c}",
                 "toUserId":["21"],"values":[{"{c}":"Tom"}]}""";
    }

    @Override
    protected String invalidCommand() {
        return """
                {"fromUserId":"shop","objectName":"RC:Unknown","content":"hello","toUserId":["21"]}""";
    }

    @Test
    void writesOneRecordPerRecipientKeyedByUser() throws Exception {
        // Given
        String app = newApp();
        String command =
                """
                {"fromUserId":"fromuser","objectName":"RC:TxtMsg",
                 "content":"{\\"content\\":\\"{c}{d}{e}\\",\\"extra\\":\\"bb\\"}",
                 "toUserId":["21","22"],
                 "values":[{"{c}":"1","{d}":"2","{e}":"3"},{"{c}":"4","{d}":"5","{e}":"6"}],
                 "pushContent":["push{c}","push{c}"],"pushData":["pushd","pushd{e}"]}""";

        // When
        send(app, "seed", command);

        // Then
        List<String> seen = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : awaitOutput(app, 2)) {
            DirectDelivery delivery = Json.read(record.value(), DirectDelivery.class);
            seen.add(record.key() + " " + delivery.userIds() + " "
                    + delivery.message().content() + " " + delivery.push().content() + " "
                    + delivery.push().data());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        app + ":21 [21] {\"content\":\"123\",\"extra\":\"bb\"} push1 pushd",
                        app + ":22 [22] {\"content\":\"456\",\"extra\":\"bb\"} push4 pushd6");
    }
}
