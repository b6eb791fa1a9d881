package dev.fanfare.delivery.mailbox;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** Everything but the client edge, with times that a test can wait for. */
public class RoutingProfile implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(RecordingSessions.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        // So slow that announcing the sessions of RedisLossTest again takes longer than the settling time.
        return Map.of(
                "fanfare.node.heartbeat", "1s",
                "fanfare.presence.settle", "2s",
                "fanfare.presence.announce-rate", "20",
                "fanfare.session.max-per-user", "3");
    }
}
