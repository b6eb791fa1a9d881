package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells on {@code fanfare.delivery.outcome.v1} how far jobs have come. Best effort: the job itself does not wait for it. */
@ApplicationScoped
public class ProgressRecords {

    private static final Logger LOGGER = Logger.getLogger(ProgressRecords.class);

    private final RecordPipeline pipeline;

    ProgressRecords(RecordPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** For those who write it with other records. */
    public static OutRecord of(JobProgress progress) {
        return new OutRecord(
                Topic.DELIVERY_OUTCOME,
                null,
                RecordKey.ofMessage(progress.appKey(), progress.messageUID()),
                Json.write(progress),
                Map.of(CommandHeaders.TYPE, JobProgress.EVENT_TYPE));
    }

    public void tell(JobProgress progress) {
        pipeline.write(List.of(of(progress)))
                .subscribe()
                .with(
                        done -> {},
                        e -> LOGGER.warnf(
                                "progress of a job was not told: messageUid=%s %s", progress.messageUID(), e));
    }
}
