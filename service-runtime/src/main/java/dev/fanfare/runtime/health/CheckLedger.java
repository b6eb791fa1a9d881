package dev.fanfare.runtime.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * Remembers of each health check how it stands and since when, and shows that as {@value #CHECK_UP}. "Since" is when this
 * process saw it first: it knows nothing of the time before its start. Thread-safe.
 */
@Singleton
class CheckLedger {

    /** 1 while the health check of the tag {@code check} is up, 0 while it is down. */
    static final String CHECK_UP = "fanfare.check.up";

    /** The key in a check's data: when it went down, in UTC. */
    static final String SINCE = "since";

    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();

    @Inject
    CheckLedger(MeterRegistry metrics) {
        this(metrics, Clock.systemUTC());
    }

    CheckLedger(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    private record Standing(Status status, Instant since) {}

    /** The answer of a check, with {@value #SINCE} in its data while it is down. */
    HealthCheckResponse dated(HealthCheckResponse answer) {
        Standing standing = standings.compute(answer.getName(), (name, before) -> {
            if (before == null) {
                show(name);
            }
            return before != null && before.status == answer.getStatus()
                    ? before
                    : new Standing(answer.getStatus(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
        });
        if (answer.getStatus() == Status.UP) {
            return answer;
        }
        Map<String, Object> data = new HashMap<>(answer.getData().orElse(Map.of()));
        data.put(SINCE, standing.since.toString());
        return new HealthCheckResponse(answer.getName(), answer.getStatus(), Optional.of(data));
    }

    private void show(String name) {
        Gauge.builder(CHECK_UP, () -> standings.get(name).status == Status.UP ? 1 : 0)
                .tag("check", name)
                .register(metrics);
    }
}
