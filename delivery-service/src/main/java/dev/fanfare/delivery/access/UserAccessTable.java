package dev.fanfare.delivery.access;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.delivery.follow.Listener;
import dev.fanfare.delivery.follow.TopicFollower;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * From when on each user's tokens are valid, and until when the user is blocked: what the compacted {@code
 * fanfare.user.access.v1} says, in memory on every node. Only users whose tokens were ever expired, or who were ever
 * blocked, stand in it. Whether a block is over is decided by this node's clock.
 */
@ApplicationScoped
public class UserAccessTable implements Listener {

    private static final Logger LOGGER = Logger.getLogger(UserAccessTable.class);

    private final Map<String, KnownAccess> known = new ConcurrentHashMap<>();
    private final TopicFollower follower;
    private final Clock clock = Clock.systemUTC();
    private AccessListener listener;
    private volatile boolean loaded;
    private volatile boolean failed;

    public UserAccessTable(@Identifier("default-kafka-broker") Map<String, Object> brokers) {
        this.follower = new TopicFollower(Topic.USER_ACCESS.topicName(), null, brokers, this);
    }

    /** Completes when every user's last record was read; of later ones the listener is told. */
    public CompletionStage<Void> start(AccessListener listener) {
        this.listener = listener;
        return follower.start().thenRun(() -> loaded = true);
    }

    public boolean isAlive() {
        return !failed;
    }

    /** How the user stands now with a token that was issued at this time. From any thread; fast. */
    public Standing standing(String appKey, String userId, long issuedAtMillis) {
        return known.getOrDefault(RecordKey.ofUser(appKey, userId), KnownAccess.NOTHING)
                .standing(issuedAtMillis, clock.millis());
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            known.remove(record.key());
            return;
        }
        try {
            learn(Json.read(record.value(), UserAccess.class));
        } catch (MalformedJsonException e) {
            LOGGER.errorf(
                    "unreadable record skipped: topic=%s partition=%d offset=%d",
                    record.topic(), record.partition(), record.offset());
        }
    }

    private void learn(UserAccess told) {
        String user = RecordKey.ofUser(told.appKey(), told.userId());
        KnownAccess before = known.getOrDefault(user, KnownAccess.NOTHING);
        KnownAccess after = before.with(told);
        known.put(user, after);
        if (loaded && after.isStricterThan(before, clock.millis())) {
            listener.onAccessChanged(told.appKey(), told.userId());
        }
    }

    @Override
    public void onFailure(Exception e) {
        failed = true;
    }

    @PreDestroy
    void stop() {
        follower.close();
    }
}
