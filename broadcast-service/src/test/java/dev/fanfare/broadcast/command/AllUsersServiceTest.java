package dev.fanfare.broadcast.command;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.CommandServiceContract;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class AllUsersServiceTest extends CommandServiceContract {

    @Override
    protected Topic commands() {
        return Topic.ALL_USERS_COMMAND;
    }

    @Override
    protected Topic output() {
        return Topic.DELIVERY_STREAM;
    }

    @Override
    protected String goodCommand() {
        return """
                {"fromUserId":"2191","objectName":"RC:TxtMsg","content":"{\\"content\\":\\"hello\\"}",
                 "inApp":"KEPT","pushTo":"OFFLINE","push":{}}""";
    }

    @Override
    protected String invalidCommand() {
        return goodCommand().replace("OFFLINE", "NONE").replace("KEPT", "NONE");
    }
}
