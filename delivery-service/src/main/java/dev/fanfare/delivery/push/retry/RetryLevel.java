package dev.fanfare.delivery.push.retry;

import dev.fanfare.contracts.topic.Topic;

/** The delay topics, the shortest first. How long each of them is: {@code fanfare.push.retry.delays}. */
public enum RetryLevel {
    FIRST(Topic.DELIVERY_PUSH_RETRY_10S),
    SECOND(Topic.DELIVERY_PUSH_RETRY_1M),
    THIRD(Topic.DELIVERY_PUSH_RETRY_10M),
    LAST(Topic.DELIVERY_PUSH_RETRY_1H);

    private final Topic topic;

    RetryLevel(Topic topic) {
        this.topic = topic;
    }

    public Topic topic() {
        return topic;
    }
}
