package dev.fanfare.delivery.follow;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Told by a {@link TopicFollower} what it reads; always on its thread. */
public interface Listener {

    /**
     * Reading begins.
     *
     * @param topicId Kafka's own id of the topic: another one means that the topic was made anew
     * @param starts partition to the first offset that will be read
     */
    default void onStart(String topicId, Map<Integer, Long> starts) {}

    void onRecord(ConsumerRecord<String, byte[]> record);

    /** The records of a poll were told; called at least about every half second. */
    default void onPolled() {}

    /** Whether no more of this partition shall be read for now. Asked after {@link #onPolled()}. */
    default boolean isFull(int partition) {
        return false;
    }

    /** Reading ended and will not go on. */
    void onFailure(Exception e);
}
