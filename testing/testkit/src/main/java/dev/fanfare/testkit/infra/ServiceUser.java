package dev.fanfare.testkit.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fanfare.testkit.WorkingCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who a service is for Kafka, and what it may do there, as production has it: a {@code KafkaUser} of
 * {@value #PRODUCTION}.
 */
record ServiceUser(String name, List<AclBinding> rights) {

    private static final String PRODUCTION = "deploy/kubernetes/overlays/production/users.yaml";
    private static final String ANY_HOST = "*";

    static List<ServiceUser> all() throws IOException {
        try (MappingIterator<JsonNode> documents = new YAMLMapper()
                .readerFor(JsonNode.class)
                .readValues(WorkingCopy.of(Path.of(PRODUCTION)).toFile())) {
            return documents.readAll().stream().map(ServiceUser::of).toList();
        }
    }

    /** The name of a service's user. */
    static String nameOf(String service) {
        return "kafka-" + service;
    }

    private static ServiceUser of(JsonNode document) {
        String name = document.at("/metadata/name").asText();
        List<AclBinding> rights = new ArrayList<>();
        for (JsonNode acl : document.at("/spec/authorization/acls")) {
            ResourcePattern resource = new ResourcePattern(
                    ResourceType.fromString(acl.at("/resource/type").asText()),
                    acl.at("/resource/name").asText(),
                    patternType(acl.at("/resource/patternType").asText()));
            for (JsonNode operation : acl.get("operations")) {
                rights.add(new AclBinding(
                        resource,
                        new AccessControlEntry(
                                "User:" + name,
                                ANY_HOST,
                                AclOperation.fromString(operation.asText()),
                                AclPermissionType.ALLOW)));
            }
        }
        return new ServiceUser(name, rights);
    }

    /** Strimzi says {@code prefix} where Kafka says {@code prefixed}. */
    private static PatternType patternType(String name) {
        return name.equals("prefix") ? PatternType.PREFIXED : PatternType.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
