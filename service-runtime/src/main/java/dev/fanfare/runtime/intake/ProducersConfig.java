package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.signing.ProducerKey;
import dev.fanfare.contracts.topic.Topic;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may write commands: {@code fanfare.producers.<key id>.*}. */
@ConfigMapping(prefix = "fanfare.producers")
public interface ProducersConfig {

    /** The producers by their {@code fanfare-key-id}. */
    @WithParentName
    Map<String, Producer> producers();

    /** One producer. */
    interface Producer {

        /** Signs and verifies. */
        Secret secret();

        /** Verifies too, while a secret is being changed. */
        Optional<Secret> previousSecret();

        /** App keys it may speak for, {@code *} for all. */
        @WithDefault(ProducerKey.ALL_APPS)
        Set<String> apps();

        /** Command topics that it may write to; all of them where it is absent. */
        Optional<Set<Topic>> topics();
    }

    /** The producers as the verifier takes them. */
    default List<ProducerKey> keys() {
        List<ProducerKey> keys = new ArrayList<>();
        producers().forEach((id, producer) -> {
            List<Secret> secrets = new ArrayList<>(List.of(producer.secret()));
            producer.previousSecret().ifPresent(secrets::add);
            keys.add(new ProducerKey(
                    id, secrets, producer.apps(), producer.topics().orElse(Topic.COMMANDS)));
        });
        return keys;
    }
}
