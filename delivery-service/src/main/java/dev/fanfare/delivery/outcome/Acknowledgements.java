package dev.fanfare.delivery.outcome;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.delivery.session.SessionInfo;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What clients say that they have, told on; best effort. Any thread, never blocks. */
@ApplicationScoped
public class Acknowledgements {

    private final BestEffortOutcomes outcomes;

    Acknowledgements(BestEffortOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    /** Completes when Kafka has them, or they could not be told; never fails. */
    public CompletableFuture<Void> tell(SessionInfo session, List<String> messageUids) {
        long now = System.currentTimeMillis();
        return CompletableFuture.allOf(messageUids.stream()
                .map(uid -> outcomes.tell(Outcomes.record(
                        DeliveryOutcome.delivered(session.appKey(), session.userId(), session.deviceId(), uid, now))))
                .toArray(CompletableFuture[]::new));
    }
}
