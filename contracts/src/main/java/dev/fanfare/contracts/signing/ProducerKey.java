package dev.fanfare.contracts.signing;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.topic.Topic;
import java.util.List;
import java.util.Set;

/**
 * A producer of commands and what it may write. The gateway is one among others.
 *
 * @param secrets the first signs; all verify, so that two are valid while a secret is changed
 * @param apps app keys that the producer may speak for; {@value #ALL_APPS} for all
 */
public record ProducerKey(String id, List<Secret> secrets, Set<String> apps, Set<Topic> topics) {

    public static final String ALL_APPS = "*";

    public ProducerKey {
        secrets = List.copyOf(secrets);
        apps = Set.copyOf(apps);
        topics = Set.copyOf(topics);
        if (secrets.isEmpty() || secrets.stream().anyMatch(Secret::isBlank)) {
            throw new IllegalArgumentException("producer '" + id + "' needs a secret");
        }
    }

    boolean mayWrite(Topic topic, String appKey) {
        return topics.contains(topic) && (apps.contains(ALL_APPS) || apps.contains(appKey));
    }
}
