package dev.fanfare.benchmark.product;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.topic.Topic;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes broadcasts of one app where broadcast-service would, so that what is measured begins at the delivery node. Only
 * one app may be written to at a time: others in its partition would look like gaps.
 */
public final class AppStream implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String SENDER = "bench";
    private static final String TYPE = "RC:TxtMsg";

    private final String appKey;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong last = new AtomicLong();
    private final AtomicReference<Exception> failed = new AtomicReference<>();
    private long written;

    public AppStream(Installation installation, String appKey) {
        this.appKey = appKey;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        installation.endpoints().kafkaBootstrapServers(),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        2 * PATIENCE_MILLIS),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Writes broadcasts and returns the offset of the first, as clients see it. */
    public long send(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            send(bytes);
        }
        flush();
        return last() - count + 1;
    }

    /** Writes one without waiting. Its content tells the time of now. */
    public void send(int bytes) {
        byte[] message = message(++written, System.nanoTime(), bytes);
        producer.send(new ProducerRecord<>(Topic.DELIVERY_STREAM.topicName(), appKey, message), (record, failure) -> {
            if (failure == null) {
                last.set(record.offset() + 1);
            } else {
                failed.set(failure);
            }
        });
    }

    /** Waits until all is written; if anything could not be, that is an error. */
    public void flush() {
        producer.flush();
        if (failed.get() != null) {
            throw new IllegalStateException("Kafka did not take a broadcast", failed.get());
        }
    }

    /** The offset of the last broadcast that is written, as clients see it; 0 before the first. */
    public long last() {
        return last.get();
    }

    /** A message of exactly so many bytes, as JSON. */
    static byte[] message(long number, long nanoTime, int bytes) {
        String mark = String.format(Locale.ROOT, "~t%019d~", nanoTime);
        int missing = bytes - write(number, mark).length;
        if (missing < 0) {
            throw new IllegalArgumentException("a message has at least " + (bytes - missing) + " bytes");
        }
        return write(number, mark + "x".repeat(missing));
    }

    private static byte[] write(long number, String content) {
        return Json.write(new ClientMessage(
                String.format(Locale.ROOT, "BENC-%014d", number),
                ConversationType.SYSTEM,
                SENDER,
                SENDER,
                TYPE,
                content,
                1_700_000_000_000L,
                null));
    }

    @Override
    public void close() {
        producer.close();
    }
}
