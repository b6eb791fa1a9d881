package dev.fanfare.broadcast.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.CommandServiceContract;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class BroadcastServiceTest extends CommandServiceContract {

    @Override
    protected Topic commands() {
        return Topic.BROADCAST_COMMAND;
    }

    @Override
    protected Topic output() {
        return Topic.DELIVERY_STREAM;
    }

    @Override
    protected String goodCommand() {
        return """
                {"fromUserId":"2191","objectName":"RC:TxtMsg","content":"{\\"content\\":\\"hello\\"}"}""";
    }

    @Override
    protected String invalidCommand() {
        return """
                {"fromUserId":"2191","objectName":"a type name that has more than 32 characters","content":"hello"}""";
    }

    @Test
    void writesTheBytesThatClientsGet() throws Exception {
        // Given
        String app = newApp();
        String command =
                """
                {"messageUID":"5FGT-7VA9-G4DD-4V5P","fromUserId":"2191","objectName":"RC:TxtMsg",
                 "content":"{\\"content\\":\\"hello\\"}","disableUpdateLastMsg":true,"later":"ignored"}""";

        // When
        send(app, "seed", command);

        // Then
        var record = awaitOutput(app, 1).get(0);
        assertThat(record.key()).isEqualTo(app);
        assertThat(record.value())
                .asString()
                .matches(
                        """
                \\{"messageUID":"5FGT-7VA9-G4DD-4V5P","conversationType":"SYSTEM","targetId":"2191",\
                "fromUserId":"2191","objectName":"RC:TxtMsg","content":"\\{\\\\"content\\\\":\\\\"hello\\\\"}",\
                "sentTime":\\d{13},"disableUpdateLastMsg":true}""");
    }

    @Test
    void keepsTheOrderOfAnApp() throws Exception {
        // Given
        String app = newApp();
        String command = """
                {"fromUserId":"2191","objectName":"RC:TxtMsg","content":"%d"}""";

        // When
        for (int i = 0; i < 20; i++) {
            send(app, "id-" + i, command.formatted(i));
        }

        // Then
        assertThat(awaitOutput(app, 20))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8)
                        .replaceAll(".*\"content\":\"(\\d+)\".*", "$1"))
                .isEqualTo(IntStream.range(0, 20).mapToObj(Integer::toString).toList());
    }
}
