package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Topics and the services' rights to them, for Strimzi: made from the catalogue of topics and the services' configuration,
 * and committed, so that an operator finds them. {@value #HOW_TO_UPDATE} writes them anew.
 */
class StrimziTest {

    private static final String HOW_TO_UPDATE = "mvn -pl contracts,testing/manifests test -Ddocs.update=true";
    private static final String MADE = "# Made from the code by " + HOW_TO_UPDATE + "; do not edit.\n";
    private static final Path FOLDER = Repository.KUBERNETES.resolve(Rendering.PRODUCTION);
    private static final int COPIES = 3;
    /** Of {@link Topic#readers()} and {@link Topic#writers()}, who is no service of ours. */
    private static final List<String> OTHERS = List.of("other systems", "operators");

    /** Groups of others whose progress a service asks for: jobs stop while too much waits for delivery. */
    private static final Map<String, List<String>> WATCHED_GROUPS =
            Map.of("broadcast-service", List.of("delivery-dispatch-bulk", "delivery-push-bulk"));

    @Test
    void topicsAreThoseOfTheCatalogue() throws IOException {
        check(
                FOLDER.resolve("topics.yaml"),
                MADE + Arrays.stream(Topic.values()).map(StrimziTest::topic).collect(Collectors.joining("---\n")));
    }

    @Test
    void usersMayDoWhatTheServicesDo() throws IOException {
        check(
                FOLDER.resolve("users.yaml"),
                MADE
                        + "# A user for each service: what it writes and reads, and that it sees all topics, which it asks for to be"
                        + " ready.\n"
                        + ServiceCode.NAMES.stream().map(StrimziTest::user).collect(Collectors.joining("---\n")));
    }

    @Test
    void everyWriterAndReaderOfTheCatalogueIsSomebody() {
        assertThat(Arrays.stream(Topic.values())
                        .flatMap(topic ->
                                Arrays.stream((topic.writers() + ", " + topic.readers()).split(", (?![^(]*\\))")))
                        .map(StrimziTest::service))
                .allMatch(who -> ServiceCode.NAMES.contains(who) || OTHERS.contains(who));
    }

    @Test
    void brokersOfProductionAreWhatTheServicesRelyOn() {
        // When
        JsonNode config = Yaml.documents(Repository.read(FOLDER.resolve("kafka.yaml"))).stream()
                .filter(document -> document.get("kind").asText().equals("Kafka"))
                .findFirst()
                .orElseThrow()
                .at("/spec/kafka/config");

        // Then
        assertThat(config.get("auto.create.topics.enable").asText()).isEqualTo("false");
        assertThat(config.get("message.max.bytes").asInt()).isEqualTo(Topic.MAX_MESSAGE_BYTES);
        assertThat(config.get("group.consumer.session.timeout.ms").asInt()).isEqualTo(10_000);
        assertThat(config.get("min.insync.replicas").asInt()).isEqualTo(COPIES - 1);
    }

    private static String topic(Topic topic) {
        String config = topic.config().entrySet().stream()
                .map(entry -> "    " + entry.getKey() + ": " + value(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        return """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels: {strimzi.io/cluster: fanfare}
                spec:
                  partitions: %d
                  replicas: %d
                  config:
                    min.insync.replicas: %d
                """
                        .formatted(topic.topicName(), topic.partitions(), COPIES, COPIES - 1)
                + config;
    }

    private static String value(String value) {
        return value.matches("\\d+|[A-Za-z]+") ? value : "\"" + value + "\"";
    }

    private static String user(String service) {
        StringBuilder acls = new StringBuilder(acl("topic", "fanfare.", "prefix", "Describe"));
        for (Topic topic : Topic.values()) {
            boolean writes = names(topic.writers()).contains(service);
            boolean reads = names(topic.readers()).contains(service);
            if (writes || reads) {
                acls.append(acl(
                        "topic",
                        topic.topicName(),
                        "literal",
                        writes && reads ? "Read, Write" : writes ? "Write" : "Read"));
            }
        }
        for (String group : ServiceCode.of(service).consumerGroups()) {
            acls.append(acl("group", group, "literal", "Describe, Read"));
        }
        for (String group : WATCHED_GROUPS.getOrDefault(service, List.of())) {
            acls.append(acl("group", group, "literal", "Describe"));
        }
        return """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: kafka-%s
                  labels: {strimzi.io/cluster: fanfare}
                spec:
                  authentication: {type: scram-sha-512}
                  authorization:
                    type: simple
                    acls:
                """
                        .formatted(service)
                + acls;
    }

    private static String acl(String type, String name, String pattern, String operations) {
        return "      - resource: {type: %s, name: %s, patternType: %s}\n        operations: [%s]\n"
                .formatted(type, name, pattern, operations);
    }

    private static List<String> names(String who) {
        return Arrays.stream(who.split(", (?![^(]*\\))"))
                .map(StrimziTest::service)
                .toList();
    }

    /** The catalogue says {@code gateway}, and which part of a service it is: {@code delivery-service (push)}. */
    private static String service(String who) {
        String name = who.replaceAll(" \\(.*", "");
        return Map.of("gateway", "api-gateway").getOrDefault(name, name);
    }

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("no longer agrees with the code; write it anew with: %s", HOW_TO_UPDATE)
                .hasContent(expected);
    }
}
