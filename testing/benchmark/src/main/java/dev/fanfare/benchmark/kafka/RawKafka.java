package dev.fanfare.benchmark.kafka;

import dev.fanfare.contracts.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka with nothing around it: what a message costs that is only written, or written and read. Argument: where the
 * brokers are. Commands on stdin, each answered by one line of JSON:
 *
 * <pre>
 * produce COUNT BYTES AT-ONCE    acks=all, idempotent; so many records under way at a time
 * pipe COUNT BYTES               the same as fast as it goes, and reads all of them
 * hop COUNT BYTES RATE           from before the send to the return of the poll, at so many records a second
 * quit
 * </pre>
 */
public final class RawKafka {

    private static final String TOPIC = "fanfare.benchmark.scratch";
    private static final int PARTITIONS = 4;
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private RawKafka(String brokers) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Serves until stdin ends. */
    public static void main(String[] arguments) throws Exception {
        createTopic(arguments[0]);
        RawKafka kafka = new RawKafka(arguments[0]);
        say(Map.of("event", "ready"));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("quit")) {
                System.exit(0);
            }
            int count = Integer.parseInt(words[1]);
            int bytes = Integer.parseInt(words[2]);
            switch (words[0]) {
                case "produce" -> say(kafka.produce(count, bytes, Integer.parseInt(words[3])));
                case "pipe" -> say(kafka.pipe(count, bytes));
                default -> say(kafka.hop(count, bytes, Integer.parseInt(words[3])));
            }
        }
    }

    private static void createTopic(String brokers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void say(Map<String, ?> answer) {
        System.out.println(new String(Json.write(answer), StandardCharsets.UTF_8));
    }

    private Map<String, Object> produce(int count, int bytes, int atOnce) throws InterruptedException {
        Semaphore room = new Semaphore(atOnce);
        long[] times = new long[count];
        AtomicInteger done = new AtomicInteger();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            room.acquire();
            long due = System.nanoTime();
            producer.send(record(i, due, bytes), (metadata, failure) -> {
                if (failure != null) {
                    fail(failure);
                }
                times[done.getAndIncrement()] = System.nanoTime() - due;
                room.release();
            });
        }
        room.acquire(atOnce);
        return answer("produced", begin, System.nanoTime(), times);
    }

    private Map<String, Object> pipe(int count, int bytes) throws InterruptedException {
        begin();
        CountDownLatch written = new CountDownLatch(count);
        long begin = System.nanoTime();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                producer.send(record(i, 0, bytes), (metadata, failure) -> {
                    if (failure != null) {
                        fail(failure);
                    }
                    written.countDown();
                });
            }
        });
        writer.start();
        int read = 0;
        while (read < count) {
            read += consumer.poll(POLL).count();
        }
        written.await();
        return answer("piped", begin, System.nanoTime(), new long[] {0});
    }

    private Map<String, Object> hop(int count, int bytes, int rate) {
        begin();
        long begin = System.nanoTime();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                long due = begin + i * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                producer.send(record(i, due, bytes));
            }
        });
        writer.start();
        long[] times = new long[count];
        int read = 0;
        while (read < count) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                times[read++] =
                        System.nanoTime() - ByteBuffer.wrap(record.value()).getLong();
            }
        }
        return answer("hopped", begin, System.nanoTime(), times);
    }

    /** Reads from the end, wherever that is now. */
    private void begin() {
        List<TopicPartition> partitions = java.util.stream.IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private static ProducerRecord<byte[], byte[]> record(int number, long due, int bytes) {
        byte[] value = new byte[Math.max(Long.BYTES, bytes)];
        ByteBuffer.wrap(value).putLong(due);
        return new ProducerRecord<>(TOPIC, number % PARTITIONS, null, value);
    }

    private static void fail(Exception failure) {
        failure.printStackTrace();
        System.exit(1);
    }

    private static Map<String, Object> answer(String event, long begin, long end, long[] times) {
        Arrays.sort(times);
        Map<String, Object> quantiles = new LinkedHashMap<>();
        quantiles.put("count", times.length);
        quantiles.put("p50Micros", micros(times, 0.5));
        quantiles.put("p99Micros", micros(times, 0.99));
        quantiles.put("p999Micros", micros(times, 0.999));
        quantiles.put("maxMicros", micros(times, 1));
        return Map.of("event", event, "firstNs", begin, "lastNs", end, "times", quantiles);
    }

    private static double micros(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1000.0;
    }
}
