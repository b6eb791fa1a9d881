package dev.fanfare.gateway.command;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import dev.fanfare.contracts.user.UserAccess;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Signs commands and hands them to Kafka. What {@link RecordWriter} promises holds here too. */
@ApplicationScoped
public class CommandPublisher {

    private final CommandSigner signer;
    private final RecordWriter writer;
    private final CallerTrace trace;
    private final Clock clock;

    CommandPublisher(CommandSigner signer, RecordWriter writer, CallerTrace trace, Clock clock) {
        this.signer = signer;
        this.writer = writer;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * @param id {@code ce_id} of the record: the first message id of the command
     * @param command the command as JSON
     */
    public Uni<Void> publish(Topic topic, String appKey, String id, byte[] command) {
        ProducerRecord<String, byte[]> record = signer.sign(topic, appKey, id, clock.instant(), command);
        trace.current().ifPresent(parent -> record.headers()
                .add(CommandHeaders.TRACEPARENT, parent.getBytes(StandardCharsets.US_ASCII)));
        return writer.write(record);
    }

    /** Tells every delivery node which tokens of a user are good. */
    public Uni<Void> publish(UserAccess access) {
        String key = RecordKey.ofUser(access.appKey(), access.userId());
        return writer.write(new ProducerRecord<>(Topic.USER_ACCESS.topicName(), key, Json.write(access)));
    }

    /** Tells that somebody is a user. */
    public Uni<Void> publish(RegisteredUser user) {
        String key = RecordKey.ofUser(user.appKey(), user.userId());
        return writer.write(new ProducerRecord<>(Topic.USER_REGISTERED.topicName(), key, Json.write(user)));
    }

    /** Tells that somebody is no user any more. */
    public Uni<Void> publishRemoved(String appKey, String userId) {
        String key = RecordKey.ofUser(appKey, userId);
        return writer.write(new ProducerRecord<>(Topic.USER_REGISTERED.topicName(), key, null));
    }
}
