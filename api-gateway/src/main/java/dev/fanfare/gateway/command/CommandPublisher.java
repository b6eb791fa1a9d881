package dev.fanfare.gateway.command;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Signs commands and hands them to Kafka. What {@link RecordWriter} promises holds here too. */
@ApplicationScoped
public class CommandPublisher {

    private static final Logger LOGGER = Logger.getLogger(CommandPublisher.class);

    private final CommandSigner signer;
    private final RecordWriter writer;
    private final Tracing tracing;
    private final Clock clock;

    CommandPublisher(CommandSigner signer, RecordWriter writer, Tracing tracing, Clock clock) {
        this.signer = signer;
        this.writer = writer;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * @param id {@code ce_id} of the record: the first message id of the command
     * @param command the command as JSON
     */
    public Uni<Void> publish(Topic topic, String appKey, String id, byte[] command) {
        ProducerRecord<String, byte[]> record = signer.sign(topic, appKey, id, clock.instant(), command);
        LOGGER.debugf("published: topic=%s app=%s messageUid=%s", topic.topicName(), appKey, id);
        Span span = tracing.begin("publish", SpanKind.PRODUCER, Span.current().getSpanContext());
        if (!span.isRecording()) {
            return writer.write(record);
        }
        span.setAttribute(SpanAttributes.APP_KEY, appKey)
                .setAttribute(SpanAttributes.MESSAGE_UID, id)
                .setAttribute(SpanAttributes.KIND, topic.topicName());
        Tracing.headers(span)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.US_ASCII)));
        return writer.write(record)
                .onFailure()
                .invoke(e -> span.setStatus(StatusCode.ERROR))
                .onTermination()
                .invoke(span::end);
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
