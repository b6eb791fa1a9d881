package dev.fanfare.contracts.generated;

import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.command.RecallCommand;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.delivery.ZimMessage;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import dev.fanfare.contracts.user.UserAccess;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which types the records of a topic have. */
final class RecordTypes {

    private RecordTypes() {}

    /**
     * A type of records.
     *
     * @param name the topic's name, for its first type; files that are about the type are called by it
     */
    record RecordType(String name, Class<?> type) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Empty where a record is what somebody else wrote. */
    static List<RecordType> of(Topic topic) {
        return switch (topic) {
            case BROADCAST_COMMAND -> List.of(first(topic, BroadcastCommand.class));
            case GROUP_STATUS_COMMAND -> List.of(first(topic, GroupStatusCommand.class));
            case TEMPLATE_COMMAND -> List.of(first(topic, TemplateCommand.class));
            case ALL_USERS_COMMAND -> List.of(first(topic, AllUsersCommand.class));
            case RECALL_COMMAND -> List.of(first(topic, RecallCommand.class));
            case DELIVERY_STREAM ->
                List.of(
                        first(topic, ClientMessage.class),
                        new RecordType(topic.topicName() + ".zim", ZimMessage.class));
            case DELIVERY_DIRECT, DELIVERY_BULK -> List.of(first(topic, DirectDelivery.class));
            case DELIVERY_NODE ->
                List.of(
                        first(topic, NodeDelivery.class),
                        new RecordType(topic.topicName() + ".session-end", SessionEnd.class));
            case DELIVERY_PUSH,
                    DELIVERY_PUSH_BULK,
                    DELIVERY_PUSH_RETRY_10S,
                    DELIVERY_PUSH_RETRY_1M,
                    DELIVERY_PUSH_RETRY_10M,
                    DELIVERY_PUSH_RETRY_1H -> List.of(first(topic, PushJob.class));
            case DELIVERY_OUTCOME ->
                List.of(
                        first(topic, DeliveryOutcome.class),
                        new RecordType(topic.topicName() + ".count", DeliveryCount.class),
                        new RecordType(topic.topicName() + ".progress", JobProgress.class));
            case USER_REGISTERED -> List.of(first(topic, RegisteredUser.class));
            case APP_SETTINGS -> List.of(first(topic, AppSettings.class));
            case USER_ACCESS -> List.of(first(topic, UserAccess.class));
            case BROADCAST_COMMAND_REJECTED,
                    GROUP_STATUS_COMMAND_REJECTED,
                    TEMPLATE_COMMAND_REJECTED,
                    ALL_USERS_COMMAND_REJECTED,
                    RECALL_COMMAND_REJECTED,
                    DELIVERY_REJECTED -> List.of();
        };
    }

    static Stream<RecordType> all() {
        return Arrays.stream(Topic.values()).flatMap(topic -> of(topic).stream());
    }

    private static RecordType first(Topic topic, Class<?> type) {
        return new RecordType(topic.topicName(), type);
    }
}
