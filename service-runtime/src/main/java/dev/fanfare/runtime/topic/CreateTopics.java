package dev.fanfare.runtime.topic;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.topic.TopicProvisioner;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A program of its own, in every service's image as {@code /app/bin/create-topics}: creates the topics of the catalogue
 * that the brokers lack, and ends. Safe to run again, and several times at once.
 *
 * <p>It is told of the brokers as the services are: {@code KAFKA_BOOTSTRAP_SERVERS}, and any other setting of a Kafka
 * client in the same way ({@code KAFKA_SECURITY_PROTOCOL}). {@code FANFARE_TOPICS_REPLICATION} is the replication factor,
 * the broker's default if it is absent.
 */
public final class CreateTopics {

    private static final String OF_KAFKA = "KAFKA_";
    private static final String REPLICATION = "FANFARE_TOPICS_REPLICATION";
    private static final String DEFAULT_OF_THE_BROKER = "-1";
    /** How long the brokers may take to be there: they may be starting, too. */
    private static final String PATIENCE_MS = "120000";

    private CreateTopics() {}

    public static void main(String[] args) throws ExecutionException, InterruptedException {
        Map<String, String> environment = System.getenv();
        short replication = Short.parseShort(environment.getOrDefault(REPLICATION, DEFAULT_OF_THE_BROKER));
        List<Topic> created = createMissing(brokers(environment), replication);
        created.forEach(topic -> System.out.println("created " + topic.topicName()));
        System.out.println("all " + Topic.values().length + " topics are there");
    }

    /** @return those that were missing */
    static List<Topic> createMissing(Map<String, Object> brokers, short replication)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(brokers)) {
            TopicProvisioner provisioner = new TopicProvisioner(admin);
            List<Topic> missing = provisioner.missing();
            provisioner.createMissing(Topic::partitions, replication);
            return missing;
        }
    }

    /** A Kafka client's configuration out of variables: {@code KAFKA_SASL_MECHANISM} is {@code sasl.mechanism}. */
    static Map<String, Object> brokers(Map<String, String> environment) {
        Map<String, Object> brokers = new TreeMap<>();
        brokers.put("default.api.timeout.ms", PATIENCE_MS);
        environment.forEach((name, value) -> {
            if (name.startsWith(OF_KAFKA)) {
                brokers.put(
                        name.substring(OF_KAFKA.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        return brokers;
    }
}
