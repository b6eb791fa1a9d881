package dev.fanfare.delivery.push;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** The push role alone, two providers that answer what a test wants, and times that a test can wait for. */
public class PushProfile implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(ScriptedProvider.One.class, ScriptedProvider.Other.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "fanfare.roles.edge", "false",
                "fanfare.roles.dispatch", "false",
                "fanfare.push.retry.delays", "PT0.1S,PT0.2S,PT0.3S,PT0.4S",
                "fanfare.push.lane.concurrency", "4",
                "fanfare.push.lane.waiting", "4",
                "fanfare.push.lane.timeout", "PT4S",
                "fanfare.push.lane.breaker-open", "PT0.3S");
    }
}
