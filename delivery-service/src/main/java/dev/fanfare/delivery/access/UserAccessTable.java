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
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * From when on each user's tokens are valid: the last record per user of the compacted {@code fanfare.user.access.v1},
 * in memory on every node. Only users whose tokens were ever expired stand in it.
 */
@ApplicationScoped
public class UserAccessTable implements Listener {

    private static final Logger LOGGER = Logger.getLogger(UserAccessTable.class);

    private final Map<String, Long> invalidBefore = new ConcurrentHashMap<>();
    private final TopicFollower follower;
    private volatile boolean failed;

    public UserAccessTable(@Identifier("default-kafka-broker") Map<String, Object> brokers) {
        this.follower = new TopicFollower(Topic.USER_ACCESS.topicName(), null, brokers, this);
    }

    /** Completes when every user's last record was read. */
    public CompletionStage<Void> start() {
        return follower.start();
    }

    public boolean isAlive() {
        return !failed;
    }

    /** Whether a token that was issued at this time is still good for the user. */
    public boolean admits(String appKey, String userId, long issuedAtMillis) {
        Long cut = invalidBefore.get(RecordKey.ofUser(appKey, userId));
        return cut == null || issuedAtMillis >= cut;
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            invalidBefore.remove(record.key());
            return;
        }
        try {
            UserAccess access = Json.read(record.value(), UserAccess.class);
            // Two gateways may write in the other order than they were asked: a cut is never taken back.
            invalidBefore.merge(
                    RecordKey.ofUser(access.appKey(), access.userId()), access.tokensInvalidBefore(), Math::max);
        } catch (MalformedJsonException e) {
            LOGGER.errorf(
                    "unreadable record skipped: topic=%s partition=%d offset=%d",
                    record.topic(), record.partition(), record.offset());
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
