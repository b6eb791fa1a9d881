package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.offset.Offsets;
import dev.fanfare.contracts.topic.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sees to it that a job misses nobody who registered before it: it begins when the audience has all that the topic of
 * users held when the job was first looked at. That is a fraction of a second, unless many register at once.
 */
@ApplicationScoped
class Newcomers {

    /** Jobs that wait; more than ever wait at a time. A job that is forgotten looks again. */
    private static final int MOST = 1_000;

    private final Offsets offsets;
    private final String audience;

    private final Map<String, Map<TopicPartition, Long>> awaited = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<TopicPartition, Long>> eldest) {
            return size() > MOST;
        }
    });

    /** @param audience the consumer group that keeps the audience */
    Newcomers(Offsets offsets, @ConfigProperty(name = "mp.messaging.incoming.audience.group.id") String audience) {
        this.offsets = offsets;
        this.audience = audience;
    }

    /** Whether the job may begin. Fails while the brokers do not answer. */
    Uni<Boolean> areKnownTo(Job job) {
        boolean begun = job.users() > 0;
        boolean named =
                job.command().audience() != null && job.command().audience().userIds() != null;
        if (begun || named) {
            return Uni.createFrom().item(true);
        }
        String key = job.appKey() + ':' + job.messageUid();
        return ends(key).chain(ends -> offsets.done(audience, Topic.USER_REGISTERED)
                .map(done -> ends.entrySet().stream().allMatch(end -> done.get(end.getKey()) >= end.getValue()))
                .invoke(known -> {
                    if (known) {
                        awaited.remove(key);
                    }
                }));
    }

    private Uni<Map<TopicPartition, Long>> ends(String key) {
        Map<TopicPartition, Long> known = awaited.get(key);
        return known != null
                ? Uni.createFrom().item(known)
                : offsets.ends(Topic.USER_REGISTERED).invoke(ends -> awaited.put(key, ends));
    }
}
