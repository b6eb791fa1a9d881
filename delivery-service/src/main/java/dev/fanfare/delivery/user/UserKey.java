package dev.fanfare.delivery.user;

import dev.fanfare.contracts.topic.RecordKey;

/** A user of an app. */
public record UserKey(String appKey, String userId) {

    /** As the key of a Kafka record or a part of a Redis key. */
    public String text() {
        return RecordKey.ofUser(appKey, userId);
    }
}
