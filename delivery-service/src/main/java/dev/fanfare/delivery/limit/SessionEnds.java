package dev.fanfare.delivery.limit;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.node.BestEffortRecords;
import dev.fanfare.runtime.pipeline.OutRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells other nodes to end a session, through their mailboxes. Best effort. Any thread, never blocks. */
@ApplicationScoped
class SessionEnds {

    private static final Logger LOGGER = Logger.getLogger(SessionEnds.class);

    private final BestEffortRecords records;

    SessionEnds(BestEffortRecords records) {
        this.records = records;
    }

    void tell(SessionEnd end, int mailbox) {
        records.write(new OutRecord(
                        Topic.DELIVERY_NODE,
                        mailbox,
                        RecordKey.ofUser(end.appKey(), end.userId()),
                        Json.write(end),
                        Map.of(CommandHeaders.TYPE, SessionEnd.EVENT_TYPE)))
                .exceptionally(e -> {
                    LOGGER.warnf("a session stays, its node cannot be told: sessionId=%s: %s", end.sessionId(), e);
                    return null;
                });
    }
}
