package dev.fanfare.delivery.limit;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Tells other nodes to end a session, through their mailboxes. Best effort: at most {@value #BUFFER} wait for Kafka, and
 * those beyond are dropped. Any thread, never blocks.
 */
@ApplicationScoped
class SessionEnds {

    private static final Logger LOGGER = Logger.getLogger(SessionEnds.class);
    private static final int BUFFER = 20_000;

    private final Emitter<byte[]> emitter;

    SessionEnds(
            @Channel("session-ends") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    void tell(SessionEnd end, int mailbox) {
        OutRecord record = new OutRecord(
                Topic.DELIVERY_NODE,
                mailbox,
                RecordKey.ofUser(end.appKey(), end.userId()),
                Json.write(end),
                Map.of(CommandHeaders.TYPE, SessionEnd.EVENT_TYPE));
        try {
            emitter.send(Message.of(record.value(), Metadata.of(RecordPipeline.metadata(record))));
        } catch (IllegalStateException full) {
            LOGGER.warnf("a session stays, too many records wait for Kafka: sessionId=%s", end.sessionId());
        }
    }
}
