package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.offset.Offsets;
import dev.fanfare.contracts.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Keeps jobs from running ahead of delivery: what they write beyond that would only stand in front of other apps' jobs.
 * Between two measurements it counts what this node writes itself; what other nodes write it sees with the next. For one
 * caller at a time.
 */
@Startup
@ApplicationScoped
class Pace {

    private final Offsets offsets;
    private final JobsConfig.Pace config;
    private final long interval;

    private volatile Outstanding outstanding = new Outstanding(0, 0);
    private volatile boolean measured;
    private volatile long measuredAt;

    Pace(Offsets offsets, JobsConfig config, MeterRegistry metrics) {
        this.offsets = offsets;
        this.config = config.pace();
        this.interval = config.pace().measure().toNanos();
        metrics.gauge(JobMetrics.OUTSTANDING_RECORDS, this, pace -> pace.outstanding.records());
        metrics.gauge(JobMetrics.OUTSTANDING_PUSHES, this, pace -> pace.outstanding.pushes());
    }

    /** Whether such a job may write now. Fails while the brokers do not answer. */
    Uni<Boolean> leavesRoom(PushHalf half) {
        boolean fresh = measured && System.nanoTime() - measuredAt < interval;
        return (fresh ? Uni.createFrom().item(outstanding) : measure()).map(known -> known.leavesRoom(half, config));
    }

    /** So many records of {@code delivery.bulk} were written. */
    void wrote(int records) {
        outstanding = outstanding.plus(records);
    }

    private Uni<Outstanding> measure() {
        return Uni.combine()
                .all()
                .unis(
                        offsets.behind(config.dispatchGroup(), Topic.DELIVERY_BULK),
                        offsets.behind(config.pushGroup(), Topic.DELIVERY_PUSH_BULK))
                .with(Outstanding::new)
                .invoke(now -> {
                    outstanding = now;
                    measuredAt = System.nanoTime();
                    measured = true;
                });
    }
}
