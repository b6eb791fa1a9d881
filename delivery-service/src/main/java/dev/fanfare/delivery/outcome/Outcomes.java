package dev.fanfare.delivery.outcome;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import java.util.Map;

/** Outcomes as records of {@code fanfare.delivery.outcome.v1}. */
public final class Outcomes {

    private Outcomes() {}

    /** A record of the outcome topic, in the order of its user. */
    public static OutRecord record(DeliveryOutcome outcome) {
        return OutRecord.of(Topic.DELIVERY_OUTCOME, RecordKey.ofUser(outcome.appKey(), outcome.userId()), outcome);
    }

    /** A record of the outcome topic, in the order of its message. */
    public static OutRecord record(DeliveryCount count) {
        return new OutRecord(
                Topic.DELIVERY_OUTCOME,
                null,
                RecordKey.ofMessage(count.appKey(), count.messageUID()),
                Json.write(count),
                Map.of(CommandHeaders.TYPE, DeliveryCount.EVENT_TYPE));
    }

    /** So many users of a message of the moment have it from this node. */
    public static OutRecord told(DirectDelivery delivery, CountSource source, int users) {
        return count(delivery, source, users, 0);
    }

    /** So many users of a message of the moment have no session. */
    public static OutRecord notOnline(DirectDelivery delivery, CountSource source, int users) {
        // A record may reach some of its users and find others away: that is two counts.
        return count(delivery, source.aspect("not-online"), 0, users);
    }

    private static OutRecord count(DirectDelivery delivery, CountSource source, int told, int notOnline) {
        return record(new DeliveryCount(
                delivery.appKey(),
                delivery.message().messageUID(),
                source.name(),
                source.number(),
                told,
                notOnline,
                System.currentTimeMillis()));
    }
}
