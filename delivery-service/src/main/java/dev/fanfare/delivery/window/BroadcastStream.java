package dev.fanfare.delivery.window;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.follow.Listener;
import dev.fanfare.delivery.follow.TopicFollower;
import dev.fanfare.runtime.trace.Tracing;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;

/**
 * Follows {@code fanfare.delivery.stream.v1} into the {@link BroadcastWindow} and on to the sessions. Each record's value
 * goes to clients as it is, once it is known to be JSON on one line.
 */
@ApplicationScoped
public class BroadcastStream implements Listener {

    private static final Logger LOGGER = Logger.getLogger(BroadcastStream.class);

    private final BroadcastWindow window;
    private final TopicFollower follower;
    private final KeptSource kept;
    private final Tellings tellings;
    private final long maxUnservedBytes;
    /** Apps with broadcasts that sessions may still wait for, and their partitions. On the follower's thread. */
    private final Map<String, Integer> unserved = new HashMap<>();

    private final Set<Integer> full = new HashSet<>();
    private BroadcastListener listener;
    private KeptState before = KeptState.NOTHING;
    private volatile boolean failed;

    public BroadcastStream(
            WindowConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            KeptSource kept,
            Tracing tracing) {
        Clock clock = Clock.systemUTC();
        this.window = new BroadcastWindow(WindowBounds.of(config), clock);
        this.maxUnservedBytes = config.maxBytesPerApp() / 2;
        this.kept = kept;
        this.tellings = new Tellings(tracing, clock.millis());
        this.follower = new TopicFollower(
                Topic.DELIVERY_STREAM.topicName(),
                clock.instant().minus(config.length()).minus(BroadcastWindow.MARGIN),
                brokers,
                this);
    }

    /** What it fills. */
    @Produces
    @Singleton
    public BroadcastWindow window() {
        return window;
    }

    /** Fills the window; completes when sessions may join. */
    public CompletionStage<Void> start(BroadcastListener broadcastListener) {
        this.listener = broadcastListener;
        return kept.load().thenCompose(state -> {
            before = state;
            return follower.start(partition -> state.writtenUpTo().getOrDefault(partition, 0L));
        });
    }

    /** False after the stream broke: sessions of this node would miss broadcasts. */
    public boolean isAlive() {
        return !failed;
    }

    @Override
    public void onStart(String topicId, Map<Integer, Long> starts) {
        long[] offsets = new long[starts.size()];
        starts.forEach((partition, offset) -> offsets[partition] = offset);
        window.begin(topicId, offsets, appKey -> partitionOf(appKey, offsets.length), before);
        before = KeptState.NOTHING;
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        long offset = record.offset() + 1;
        Broadcast broadcast = StreamRecord.read(record)
                .map(read -> tellings.begin(read, record))
                .orElse(null);
        if (broadcast == null) {
            LOGGER.errorf(
                    "unreadable record skipped: topic=%s partition=%d offset=%d",
                    record.topic(), record.partition(), record.offset());
            window.skip(record.partition(), offset);
        } else if (window.append(record.partition(), broadcast)) {
            unserved.put(broadcast.appKey(), record.partition());
            listener.onBroadcast(broadcast.appKey());
        }
    }

    @Override
    public void onPolled() {
        window.expire();
        tellings.endThoseServed(listener::servedUpTo);
        full.clear();
        unserved.entrySet().removeIf(app -> {
            long waiting = window.bytesAfter(app.getKey(), listener.servedUpTo(app.getKey()));
            if (waiting > maxUnservedBytes) {
                full.add(app.getValue());
            }
            return waiting == 0;
        });
    }

    /** Broadcasts come faster than they can be told: they wait in Kafka, before the window must drop any. */
    @Override
    public boolean isFull(int partition) {
        return full.contains(partition);
    }

    @Override
    public void onFailure(Exception e) {
        failed = true;
    }

    /** Reads no more. */
    @PreDestroy
    public void stop() {
        follower.close();
    }

    /** Where Kafka's default partitioner puts the key. */
    static int partitionOf(String appKey, int partitions) {
        return Utils.toPositive(Utils.murmur2(appKey.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
