package dev.fanfare.delivery.outcome;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;

/** Outcomes as records of {@code fanfare.delivery.outcome.v1}. */
public final class Outcomes {

    private Outcomes() {}

    /** A record of the outcome topic, in the order of its user. */
    public static OutRecord record(DeliveryOutcome outcome) {
        return OutRecord.of(Topic.DELIVERY_OUTCOME, RecordKey.ofUser(outcome.appKey(), outcome.userId()), outcome);
    }
}
