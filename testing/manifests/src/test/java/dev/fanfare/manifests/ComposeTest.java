package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The compose file, against the code. */
class ComposeTest {

    private static final Path FILE = Repository.COMPOSE.resolve("compose.yaml");
    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z0-9_]+):\\?");
    private static final String SECOND = "-2";

    private final Map<String, Map<String, Object>> services = services();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-gateway",
                "api-gateway-2",
                "broadcast-service",
                "group-status-service",
                "template-service",
                "delivery-service",
                "delivery-service-2"
            })
    void servicesAreToldWhatTheyAskForAndNoMore(String name) {
        Environment.check(ServiceCode.of(firstOf(name)), environment(name));
    }

    @Test
    void everySecretMustBeMadeAndIsMade(@TempDir Path folder) throws IOException {
        // Given
        Path made = folder.resolve("secrets");
        Script.run(Repository.COMPOSE.resolve("make-env.sh").toString(), made.toString());

        // When
        Set<String> required = REQUIRED.matcher(Repository.read(FILE))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        // Then
        assertThat(Files.readAllLines(made)).allMatch(line -> line.isEmpty() || line.matches("(#|[A-Z0-9_]+=.).*"));
        assertThat(Files.readAllLines(made).stream().map(line -> line.replaceAll("=.*", "")))
                .containsAll(required);
        assertThat(Files.getPosixFilePermissions(made)).hasSize(2);
        assertThat(required).contains("POSTGRES_PASSWORD", "FANFARE_ADMIN_TOKEN", "FANFARE_PUSH_CREDENTIAL_KEY");
    }

    @Test
    void nobodyStartsBeforeWhatItNeeds() {
        for (String name : ServiceCode.NAMES) {
            ServiceCode code = ServiceCode.of(name);
            Map<String, Object> needs = map(services.get(name).get("depends_on"));

            assertThat(needs).containsEntry("topics", Map.of("condition", "service_completed_successfully"));
            assertThat(needs.containsKey("postgres")).as(name).isEqualTo(code.usesPostgres());
            assertThat(needs.containsKey("redis")).as(name).isEqualTo(code.usesRedis());
        }
        assertThat(map(services.get("topics").get("depends_on")))
                .containsEntry("kafka", Map.of("condition", "service_healthy"));
        assertThat(List.of("kafka", "postgres", "redis"))
                .allSatisfy(name -> assertThat(services.get(name)).containsKey("healthcheck"));
    }

    @Test
    void portsAreThoseOfTheCode() {
        // Given
        int gateway = ServiceCode.of("api-gateway").port();
        int delivery = ServiceCode.of("delivery-service").port();
        String edge = ServiceCode.of("delivery-service").byDefault("fanfare.edge.port");

        // Then
        assertThat(ComposeTest.<String>list(services.get("api-gateway").get("ports")))
                .singleElement()
                .satisfies(port -> assertThat(port).endsWith(":" + gateway));
        assertThat(ComposeTest.<String>list(services.get("delivery-service").get("ports")))
                .singleElement()
                .satisfies(port -> assertThat(port).endsWith(":" + edge));
        assertThat(Repository.read(Repository.COMPOSE.resolve("haproxy/haproxy.cfg")))
                .contains("api-gateway:" + gateway, "api-gateway-2:" + gateway)
                .contains("delivery-service:" + edge + " port " + delivery)
                .contains("delivery-service-2:" + edge + " port " + delivery);
        assertThat(environment("api-gateway"))
                .containsEntry(
                        "FANFARE_GROUP_STATUS_URL",
                        "http://group-status-service:"
                                + ServiceCode.of("group-status-service").port())
                .containsEntry("FANFARE_DELIVERY_URL", "http://delivery:" + delivery);
    }

    @Test
    void prometheusAsksEveryService() {
        // When
        String config = Repository.read(Repository.COMPOSE.resolve("monitoring/prometheus.yml"));
        List<Map<String, Object>> jobs = list(map(new Yaml().load(config)).get("scrape_configs"));

        // Then
        assertThat(jobs).extracting(job -> job.get("job_name")).containsExactlyElementsOf(ServiceCode.NAMES);
        assertThat(jobs).allSatisfy(job -> {
            String name = job.get("job_name").toString();
            Map<String, Object> targets = ComposeTest.<Map<String, Object>>list(job.get("dns_sd_configs"))
                    .get(0);
            assertThat(targets).containsEntry("port", ServiceCode.of(name).port());
            assertThat(ComposeTest.<String>list(targets.get("names")))
                    .containsExactlyElementsOf(services.keySet().stream()
                            .filter(service -> firstOf(service).equals(name))
                            .sorted()
                            .toList());
        });
    }

    @Test
    void theBrokerIsWhatTheServicesRelyOn() {
        assertThat(environment("kafka"))
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .containsEntry("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "10000")
                .containsEntry("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(Topic.MAX_MESSAGE_BYTES));
    }

    @Test
    void whatEverybodyMayReadIsReadOnlyAndNobodysRoot() {
        Set<String> ours = new HashSet<>(services.keySet());
        ours.removeIf(name -> !ServiceCode.NAMES.contains(firstOf(name)));
        assertThat(ours).hasSize(7).allSatisfy(name -> assertThat(services.get(name))
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsKeys("mem_limit", "tmpfs", "stop_grace_period"));
    }

    private static String firstOf(String name) {
        return name.endsWith(SECOND) ? name.substring(0, name.length() - SECOND.length()) : name;
    }

    private Map<String, String> environment(String service) {
        Map<String, String> variables = new TreeMap<>();
        map(services.get(service).get("environment")).forEach((name, value) -> variables.put(name, value.toString()));
        return variables;
    }

    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> file = map(new Yaml().load(Repository.read(FILE)));
        Map<String, Map<String, Object>> services = new TreeMap<>();
        map(file.get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(Object value) {
        return (List<T>) value;
    }
}
