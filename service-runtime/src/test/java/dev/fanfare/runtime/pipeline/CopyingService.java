package dev.fanfare.runtime.pipeline;

import dev.fanfare.contracts.topic.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * A small service on the pipeline: of the value {@code 3} it makes three records. It can be told that its infrastructure
 * is away.
 */
@ApplicationScoped
class CopyingService {

    private final RecordPipeline pipeline;
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean away = new AtomicBoolean();

    CopyingService(RecordPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Whether what the step needs is away. */
    void infrastructureIsAway(boolean isAway) {
        away.set(isAway);
    }

    /** How often the step was given records with this key. */
    long timesSeen(String key) {
        return seen.stream().filter(key::equals).count();
    }

    @Incoming("in")
    Uni<Void> copy(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::step);
    }

    private Uni<List<OutRecord>> step(List<ConsumerRecord<String, byte[]>> records) {
        records.forEach(record -> seen.add(record.key()));
        return away.get()
                ? Uni.createFrom().failure(new IllegalStateException("as the test wants it"))
                : Uni.createFrom()
                        .item(records.stream()
                                .flatMap(record -> copies(record).stream())
                                .toList());
    }

    private static List<OutRecord> copies(ConsumerRecord<String, byte[]> record) {
        int count = Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8));
        return IntStream.range(0, count)
                .mapToObj(i -> new OutRecord(
                        Topic.DELIVERY_OUTCOME,
                        null,
                        record.key(),
                        (record.offset() + "." + i).getBytes(StandardCharsets.UTF_8),
                        Map.of()))
                .toList();
    }
}
