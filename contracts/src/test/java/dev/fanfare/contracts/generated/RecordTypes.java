package dev.fanfare.contracts.generated;

import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Which type the records of a topic have. */
final class RecordTypes {

    private RecordTypes() {}

    /** Empty where a record is what somebody else wrote. */
    static Optional<Class<?>> of(Topic topic) {
        return switch (topic) {
            case BROADCAST_COMMAND -> Optional.of(BroadcastCommand.class);
            case GROUP_STATUS_COMMAND -> Optional.of(GroupStatusCommand.class);
            case TEMPLATE_COMMAND -> Optional.of(TemplateCommand.class);
            case DELIVERY_STREAM -> Optional.of(ClientMessage.class);
            case DELIVERY_DIRECT -> Optional.of(DirectDelivery.class);
            case DELIVERY_NODE -> Optional.of(NodeDelivery.class);
            case DELIVERY_PUSH -> Optional.of(PushJob.class);
            case DELIVERY_OUTCOME -> Optional.of(DeliveryOutcome.class);
            case USER_ACCESS -> Optional.of(UserAccess.class);
            case BROADCAST_COMMAND_REJECTED,
                    GROUP_STATUS_COMMAND_REJECTED,
                    TEMPLATE_COMMAND_REJECTED,
                    DELIVERY_REJECTED -> Optional.empty();
        };
    }

    static Stream<Topic> typedTopics() {
        return Arrays.stream(Topic.values()).filter(topic -> of(topic).isPresent());
    }
}
