package dev.fanfare.standalone.doctor;

import dev.fanfare.contracts.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/** Asks the brokers whether they have the topics of the catalogue, and as they must be. */
public final class KafkaExamination implements Examination {

    private static final String PART = "Kafka";
    private static final String REACH =
            "Start the brokers or correct the address; with TLS or SASL give their client configuration by --kafka-config";

    private final Map<String, Object> client;

    /** @param client Kafka client configuration */
    public KafkaExamination(Map<String, Object> client) {
        this.client = new HashMap<>(client);
        this.client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        this.client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    }

    @Override
    public List<Finding> examine() {
        Object address = client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        try (Admin admin = Admin.create(client)) {
            int brokers = admin.describeCluster().nodes().get().size();
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.well(PART, brokers + (brokers == 1 ? " broker answers" : " brokers answer")));
            findings.addAll(topics(admin, brokers));
            return findings;
        } catch (ExecutionException | KafkaException e) {
            return List.of(Finding.wrong(PART, "does not answer on " + address, REACH));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.wrong(PART, "was not asked", "Ask again"));
        }
    }

    private static List<Finding> topics(Admin admin, int brokers) throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<Topic> there = Arrays.stream(Topic.values())
                .filter(topic -> present.contains(topic.topicName()))
                .toList();
        List<Finding> findings = new ArrayList<>();
        if (there.size() < Topic.values().length) {
            String missing = Arrays.stream(Topic.values())
                    .map(Topic::topicName)
                    .filter(name -> !present.contains(name))
                    .collect(Collectors.joining(", "));
            findings.add(Finding.wrong(
                    PART,
                    "topics are missing: " + missing,
                    "Create them as docs/topics.md says; automatic creation is off"));
        }
        Map<String, TopicDescription> shapes = admin.describeTopics(
                        there.stream().map(Topic::topicName).toList())
                .allTopicNames()
                .get();
        Map<Topic, Map<String, String>> settings = settings(admin, there);
        for (Topic topic : there) {
            findings.addAll(TopicRules.judge(topic, settings.get(topic)));
            int replicas = shapes.get(topic.topicName()).partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            findings.addAll(TopicRules.judgeReplicas(topic, replicas, brokers));
        }
        return findings.isEmpty()
                ? List.of(Finding.well(PART, "all " + there.size() + " topics are there and as they must be"))
                : findings;
    }

    private static Map<Topic, Map<String, String>> settings(Admin admin, List<Topic> topics)
            throws ExecutionException, InterruptedException {
        var described = admin.describeConfigs(topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()))
                        .toList())
                .all()
                .get();
        Map<Topic, Map<String, String>> settings = new HashMap<>();
        for (Topic topic : topics) {
            Map<String, String> values = new HashMap<>();
            described
                    .get(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()))
                    .entries()
                    .forEach(entry -> values.put(entry.name(), entry.value()));
            settings.put(topic, values);
        }
        return settings;
    }
}
