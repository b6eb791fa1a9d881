package dev.fanfare.contracts.topic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics of the catalogue that a cluster does not have yet. What exists is left as it is: partitions and
 * retention are the operator's once a topic is there. Safe to run at the same time from several places.
 */
public final class TopicProvisioner {

    private final Admin admin;

    public TopicProvisioner(Admin admin) {
        this.admin = admin;
    }

    /**
     * Blocks until all topics exist.
     *
     * @param partitions how many partitions a topic gets, {@code Topic::partitions} for the catalogue's figure
     * @param replication replication factor, -1 for the broker's default
     */
    public void createMissing(ToIntFunction<Topic> partitions, short replication)
            throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!present.contains(topic.topicName())) {
                missing.add(new NewTopic(topic.topicName(), partitions.applyAsInt(topic), replication)
                        .configs(topic.config()));
            }
        }
        for (var creation : admin.createTopics(missing).values().values()) {
            try {
                creation.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /** The catalogue's topics that the cluster lacks. */
    public List<Topic> missing() throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        return Arrays.stream(Topic.values())
                .filter(topic -> !present.contains(topic.topicName()))
                .toList();
    }
}
