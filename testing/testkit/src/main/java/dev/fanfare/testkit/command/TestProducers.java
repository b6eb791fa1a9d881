package dev.fanfare.testkit.command;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.signing.ProducerKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The producers whose commands a service under test takes: the gateway, which may write everything, and a guest, which
 * may speak for {@link #GUEST_APP} only. As a test resource it tells the service their secrets.
 */
public final class TestProducers implements QuarkusTestResourceLifecycleManager {

    public static final String GUEST_APP = "app-of-the-guest";

    private static final String GATEWAY = "gateway";
    private static final String GUEST = "guest";
    private static final String GATEWAY_SECRET = "only-the-gateway-of-the-tests-knows";
    private static final String GUEST_SECRET = "only-the-guest-of-the-tests-knows";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "fanfare.producers." + GATEWAY + ".secret", GATEWAY_SECRET,
                "fanfare.producers." + GUEST + ".secret", GUEST_SECRET,
                "fanfare.producers." + GUEST + ".apps", GUEST_APP);
    }

    @Override
    public void stop() {}

    public static CommandSigner gateway() {
        return signer(GATEWAY, GATEWAY_SECRET);
    }

    public static CommandSigner guest() {
        return signer(GUEST, GUEST_SECRET);
    }

    /** Says that it is the gateway and does not know its secret. */
    public static CommandSigner impostor() {
        return signer(GATEWAY, "guessed");
    }

    /** Signs well, with a key that the service does not have. */
    public static CommandSigner stranger() {
        return signer("stranger", "only-the-stranger-knows");
    }

    private static CommandSigner signer(String id, String secret) {
        return new CommandSigner(
                new ProducerKey(id, List.of(Secret.of(secret)), Set.of(ProducerKey.ALL_APPS), Set.of()),
                "/tests/" + id);
    }
}
