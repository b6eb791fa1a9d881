package dev.fanfare.contracts.topic;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The catalogue of topics: the only place that knows their names, keys, partitions and retention. Topic creation,
 * documents and manifests are made from it or tested against it; brokers must not create topics by themselves.
 */
public enum Topic {
    BROADCAST_COMMAND(
            "fanfare.broadcast.command.v1",
            "app key",
            6,
            Duration.ofDays(3),
            "gateway, other systems",
            "broadcast-service"),
    GROUP_STATUS_COMMAND(
            "fanfare.group-status.command.v1",
            "app key",
            6,
            Duration.ofDays(3),
            "gateway, other systems",
            "group-status-service"),
    TEMPLATE_COMMAND(
            "fanfare.template.command.v1",
            "app key",
            6,
            Duration.ofDays(3),
            "gateway, other systems",
            "template-service"),

    /** Whatever may take long: a push to all users of an app, however many, and what is scheduled. */
    ALL_USERS_COMMAND(
            "fanfare.all-users.command.v1",
            "app key",
            6,
            Duration.ofDays(3),
            "gateway, other systems",
            "broadcast-service"),
    RECALL_COMMAND(
            "fanfare.recall.command.v1",
            "app key",
            6,
            Duration.ofDays(3),
            "gateway, other systems",
            "broadcast-service"),

    BROADCAST_COMMAND_REJECTED(
            "fanfare.broadcast.command.v1.rejected",
            "app key",
            1,
            Duration.ofDays(14),
            "broadcast-service",
            "operators"),
    GROUP_STATUS_COMMAND_REJECTED(
            "fanfare.group-status.command.v1.rejected",
            "app key",
            1,
            Duration.ofDays(14),
            "group-status-service",
            "operators"),
    TEMPLATE_COMMAND_REJECTED(
            "fanfare.template.command.v1.rejected", "app key", 1, Duration.ofDays(14), "template-service", "operators"),

    ALL_USERS_COMMAND_REJECTED(
            "fanfare.all-users.command.v1.rejected",
            "app key",
            1,
            Duration.ofDays(14),
            "broadcast-service",
            "operators"),
    RECALL_COMMAND_REJECTED(
            "fanfare.recall.command.v1.rejected", "app key", 1, Duration.ofDays(14), "broadcast-service", "operators"),

    /** The 10-minute window: every delivery node reads all of it. Its retention leaves room for a slow restart. */
    DELIVERY_STREAM(
            "fanfare.delivery.stream.v1",
            "app key",
            6,
            Duration.ofDays(1),
            "broadcast-service",
            "delivery-service (all)"),
    DELIVERY_DIRECT(
            "fanfare.delivery.direct.v1",
            "app key + user id, or app key + group id",
            24,
            Duration.ofDays(3),
            "group-status-service, template-service, broadcast-service (recall)",
            "delivery-service (dispatch)"),
    /** The same for all users of an app: a topic of its own, so that what is for one user never waits behind it. */
    DELIVERY_BULK(
            "fanfare.delivery.bulk.v1",
            "app key + messageUID + number of the chunk",
            12,
            Duration.ofDays(3),
            "broadcast-service",
            "delivery-service (dispatch)"),
    /** One mailbox per partition; a delivery node's addresses are the partitions that it holds. */
    DELIVERY_NODE(
            "fanfare.delivery.node.v1",
            "app key + user id",
            64,
            Duration.ofDays(1),
            "delivery-service (dispatch, edge)",
            "delivery-service (edge)"),
    DELIVERY_PUSH(
            "fanfare.delivery.push.v1",
            "app key + user id",
            12,
            Duration.ofDays(3),
            "delivery-service",
            "delivery-service (push)"),
    /** Push jobs of what is for all users. */
    DELIVERY_PUSH_BULK(
            "fanfare.delivery.push-bulk.v1",
            "app key + user id",
            12,
            Duration.ofDays(3),
            "delivery-service (dispatch)",
            "delivery-service (push)"),
    /**
     * The delay topics: push jobs that could not be done, each record to be read again when it says. A record is due
     * within one and a half times the time that its topic is named after.
     */
    DELIVERY_PUSH_RETRY_10S(
            "fanfare.delivery.push.retry-10s.v1",
            "app key + user id",
            6,
            Duration.ofDays(3),
            "delivery-service (push)",
            "delivery-service (push)"),
    DELIVERY_PUSH_RETRY_1M(
            "fanfare.delivery.push.retry-1m.v1",
            "app key + user id",
            6,
            Duration.ofDays(3),
            "delivery-service (push)",
            "delivery-service (push)"),
    DELIVERY_PUSH_RETRY_10M(
            "fanfare.delivery.push.retry-10m.v1",
            "app key + user id",
            6,
            Duration.ofDays(3),
            "delivery-service (push)",
            "delivery-service (push)"),
    DELIVERY_PUSH_RETRY_1H(
            "fanfare.delivery.push.retry-1h.v1",
            "app key + user id",
            6,
            Duration.ofDays(3),
            "delivery-service (push)",
            "delivery-service (push)"),
    /** Public: what became of each message. */
    DELIVERY_OUTCOME(
            "fanfare.delivery.outcome.v1",
            "app key + user id, or app key + messageUID",
            12,
            Duration.ofDays(3),
            "delivery-service, broadcast-service",
            "delivery-service (ledger), other systems"),
    /** Records of internal topics that no consumer can read; kept for a person to look at. */
    DELIVERY_REJECTED(
            "fanfare.delivery.rejected.v1",
            "as it was",
            1,
            Duration.ofDays(14),
            "delivery-service, broadcast-service (audience)",
            "operators"),

    /** Compacted: from when on a user's tokens are valid, and until when the user is blocked. */
    USER_ACCESS("fanfare.user.access.v1", "app key + user id", 6, null, "gateway", "delivery-service (all)"),
    /** Compacted: who is a user of an app. A record without a value: not any more. */
    USER_REGISTERED("fanfare.user.registered.v1", "app key + user id", 12, null, "gateway", "broadcast-service"),
    /** Compacted: what the client edge must know of an app. */
    APP_SETTINGS("fanfare.app.settings.v1", "app key", 1, null, "gateway", "delivery-service (all)");

    /** What other systems may write, signed. */
    public static final Set<Topic> COMMANDS = Collections.unmodifiableSet(
            EnumSet.of(BROADCAST_COMMAND, GROUP_STATUS_COMMAND, TEMPLATE_COMMAND, ALL_USERS_COMMAND, RECALL_COMMAND));

    /** What a record may weigh, headers and batch overhead included; above {@code Limits.COMMAND_BYTES}. */
    public static final int MAX_MESSAGE_BYTES = 1_572_864;

    private final String topicName;
    private final String key;
    private final int partitions;
    private final Duration retention;
    private final String writers;
    private final String readers;

    Topic(String topicName, String key, int partitions, Duration retention, String writers, String readers) {
        this.topicName = topicName;
        this.key = key;
        this.partitions = partitions;
        this.retention = retention;
        this.writers = writers;
        this.readers = readers;
    }

    public String topicName() {
        return topicName;
    }

    /** What the record key is made of, in words. */
    public String key() {
        return key;
    }

    public int partitions() {
        return partitions;
    }

    /** How long records are kept; empty for a compacted topic, which keeps the last record of each key. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(retention);
    }

    public String writers() {
        return writers;
    }

    public String readers() {
        return readers;
    }

    /** {@code ce_type} of the records of this topic. */
    public String eventType() {
        return "dev." + topicName;
    }

    /**
     * The topic's configuration as the broker takes it. The broker stamps the records: by its clock the age of a
     * broadcast in the window and the freshness of a signature are judged.
     */
    public Map<String, String> config() {
        Map<String, String> config = new TreeMap<>();
        config.put("message.timestamp.type", "LogAppendTime");
        config.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        config.put("cleanup.policy", retention == null ? "compact" : "delete");
        if (retention != null) {
            config.put("retention.ms", Long.toString(retention.toMillis()));
        }
        return config;
    }

    /** Where a command of this topic goes that is refused. */
    public Topic rejected() {
        return switch (this) {
            case BROADCAST_COMMAND -> BROADCAST_COMMAND_REJECTED;
            case GROUP_STATUS_COMMAND -> GROUP_STATUS_COMMAND_REJECTED;
            case TEMPLATE_COMMAND -> TEMPLATE_COMMAND_REJECTED;
            case ALL_USERS_COMMAND -> ALL_USERS_COMMAND_REJECTED;
            case RECALL_COMMAND -> RECALL_COMMAND_REJECTED;
            case DELIVERY_STREAM,
                    DELIVERY_DIRECT,
                    DELIVERY_BULK,
                    DELIVERY_NODE,
                    DELIVERY_PUSH,
                    DELIVERY_PUSH_BULK,
                    DELIVERY_PUSH_RETRY_10S,
                    DELIVERY_PUSH_RETRY_1M,
                    DELIVERY_PUSH_RETRY_10M,
                    DELIVERY_PUSH_RETRY_1H,
                    DELIVERY_OUTCOME,
                    USER_ACCESS,
                    USER_REGISTERED,
                    APP_SETTINGS -> DELIVERY_REJECTED;
            case BROADCAST_COMMAND_REJECTED,
                    GROUP_STATUS_COMMAND_REJECTED,
                    TEMPLATE_COMMAND_REJECTED,
                    ALL_USERS_COMMAND_REJECTED,
                    RECALL_COMMAND_REJECTED,
                    DELIVERY_REJECTED -> throw new IllegalStateException(topicName + " is read by people only");
        };
    }
}
