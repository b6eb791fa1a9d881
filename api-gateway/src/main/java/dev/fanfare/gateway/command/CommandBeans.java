package dev.fanfare.gateway.command;

import dev.fanfare.contracts.message.MessageUids;
import dev.fanfare.contracts.signing.CommandSigner;
import dev.fanfare.contracts.signing.ProducerKey;
import dev.fanfare.contracts.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The objects of the contract that the gateway needs once. */
@ApplicationScoped
public class CommandBeans {

    private static final String SOURCE = "/api-gateway";

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    MessageUids messageUids(Clock clock) {
        return new MessageUids(clock);
    }

    @Produces
    @Singleton
    CommandSigner signer(SigningConfig config) {
        ProducerKey key =
                new ProducerKey(config.keyId(), List.of(config.secret()), Set.of(ProducerKey.ALL_APPS), Topic.COMMANDS);
        return new CommandSigner(key, SOURCE);
    }
}
