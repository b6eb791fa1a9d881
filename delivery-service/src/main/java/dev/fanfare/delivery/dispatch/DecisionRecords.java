package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.outcome.CountSource;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Decisions as records of Kafka, counted. */
@Startup // so that its metrics are there from the start
@ApplicationScoped
public class DecisionRecords {

    private final Counter routed;
    private final Counter toPush;
    private final Counter dropped;
    private final Counter notOnline;
    private final Counter noDevice;

    DecisionRecords(MeterRegistry metrics) {
        this.routed = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, "ROUTED");
        this.toPush = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, "TO_PUSH");
        this.dropped = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, Kind.DROPPED.name());
        this.notOnline = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, "NOT_ONLINE");
        this.noDevice = metrics.counter(RoutingMetrics.USERS, RoutingMetrics.RESULT, "NO_DEVICE");
    }

    /**
     * @param key the key of the record that was decided on: mailbox records keep it
     * @param reroutes how often it was sent on so far
     */
    public List<OutRecord> of(Decision decision, String key, int reroutes) {
        List<OutRecord> records = new ArrayList<>();
        decision.toMailboxes().forEach(to -> {
            NodeDelivery delivery = new NodeDelivery(to.delivery(), reroutes, to.inbox(), to.pushDevices());
            records.add(OutRecord.of(Topic.DELIVERY_NODE, key, delivery).inPartition(to.mailbox()));
            routed.increment(to.delivery().userIds().size());
        });
        decision.pushes().forEach(job -> {
            Topic topic = Boolean.TRUE.equals(job.bulk()) ? Topic.DELIVERY_PUSH_BULK : Topic.DELIVERY_PUSH;
            records.add(OutRecord.of(topic, RecordKey.ofUser(job.appKey(), job.userId()), job));
            toPush.increment(job.deviceIds().size());
        });
        decision.outcomes().forEach(outcome -> records.add(Outcomes.record(outcome)));
        dropped.increment(decision.outcomes().size());
        notOnline.increment(decision.notOnline());
        return records;
    }

    /**
     * The same for a message of the moment, whose users are counted.
     *
     * @param source the record that was decided on
     */
    public List<OutRecord> ofMoment(
            DirectDelivery delivery, Decision decision, CountSource source, String key, int reroutes) {
        List<OutRecord> records = of(decision, key, reroutes);
        if (decision.notOnline() > 0) {
            records.add(Outcomes.notOnline(delivery, source, decision.notOnline()));
        }
        return records;
    }

    /**
     * The same for a push to many, of whom those without a device are counted here and have no outcome: of all users of
     * an app they are most.
     */
    public List<OutRecord> ofPush(DirectDelivery delivery, Decision decision, String key, int reroutes) {
        int decided = decision.pushes().size()
                + decision.toMailboxes().stream()
                        .mapToInt(to -> to.delivery().userIds().size())
                        .sum();
        noDevice.increment(delivery.userIds().size() - decided);
        return of(decision, key, reroutes);
    }
}
