package dev.fanfare.delivery.outcome;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a {@link dev.fanfare.contracts.delivery.DeliveryCount} came of, so that it is recognised when it is told again.
 *
 * @param number grows within the source
 */
public record CountSource(String name, long number) {

    /** What comes of a record is the same whenever it is read again. */
    public static CountSource of(ConsumerRecord<?, ?> record) {
        return new CountSource(record.topic() + "/" + record.partition(), record.offset());
    }

    /** Something else that comes of the same. */
    public CountSource aspect(String aspect) {
        return new CountSource(name + "/" + aspect, number);
    }
}
