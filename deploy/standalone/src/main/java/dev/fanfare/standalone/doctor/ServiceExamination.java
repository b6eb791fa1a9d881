package dev.fanfare.standalone.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a service whether it is ready, and about the neighbours that it goes on without: which is missing, since when. */
public final class ServiceExamination implements Examination {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private static final String NOT_THERE =
            "Start it; if it was started, the end of its log says why it ended: a wrong configuration is one line";

    /** By the name of a check. */
    private static final Map<String, String> ADVICE = Map.of(
            "kafka", "Start the brokers, or correct kafka.bootstrap.servers; create topics that are missing",
            "postgresql", "Start PostgreSQL, or correct quarkus.datasource.reactive.url, user and password",
            "redis",
                    "Start Redis, or correct quarkus.redis.hosts; until then quotas are counted per gateway and"
                            + " personal messages wait",
            "consumers",
                    "Wait: after a crash the brokers take the partitions from the dead member first. If it lasts"
                            + " minutes, look for errors of the group in the log",
            "client edge", "Wait while the window is read; if it lasts, look in the log for why the port is not open",
            "mailbox", "Give fanfare.delivery.node.v1 at least as many partitions as there are delivery nodes",
            "apps loaded", "The gateway has not read its apps: bring PostgreSQL back",
            "not draining", "The node is being drained and takes no clients; it ends when they are gone");

    private final String service;
    private final URI base;

    public ServiceExamination(String service, URI base) {
        this.service = service;
        this.base = base;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.addAll(checks("/q/health/ready"));
            findings.addAll(checks("/q/health/well"));
        } catch (IOException e) {
            return List.of(Finding.wrong(service, "does not answer on " + base, NOT_THERE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.wrong(service, "was not asked", "Ask again"));
        }
        return findings.isEmpty() ? List.of(Finding.well(service, "ready")) : findings;
    }

    private List<Finding> checks(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        try {
            List<Finding> down = new ArrayList<>();
            for (JsonNode check : Json.mapper().readTree(answer.body()).path("checks")) {
                if (!"UP".equals(check.path("status").asText())) {
                    down.add(down(check));
                }
            }
            return down;
        } catch (JsonProcessingException e) {
            return List.of(Finding.wrong(
                    service,
                    base + " is no service of Fanfare: HTTP " + answer.statusCode() + " at " + path,
                    "Give the address of its HTTP port"));
        }
    }

    private Finding down(JsonNode check) {
        String name = check.path("name").asText();
        JsonNode data = check.path("data");
        String since = data.path("since").asText();
        String why = data.properties().stream()
                .filter(entry -> !entry.getKey().equals("since"))
                .map(entry -> entry.getKey() + " " + entry.getValue().asText())
                .collect(Collectors.joining(", "));
        String text =
                name + " is down" + (since.isEmpty() ? "" : " since " + since) + (why.isEmpty() ? "" : ": " + why);
        return Finding.wrong(service, text, ADVICE.getOrDefault(name, "Look in the log of " + service));
    }
}
