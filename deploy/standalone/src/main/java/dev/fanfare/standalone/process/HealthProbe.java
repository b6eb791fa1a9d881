package dev.fanfare.standalone.process;

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
import java.util.Optional;

/** A MicroProfile Health address: content at HTTP 200, otherwise tells which checks are down. */
public final class HealthProbe implements Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final HttpRequest request;

    public HealthProbe(URI address) {
        this.request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    }

    @Override
    public Optional<String> complaint() {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of("HTTP " + response.statusCode() + down(response.body()));
        } catch (IOException e) {
            return Optional.of("does not answer on " + request.uri());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static String down(String body) {
        List<String> names = new ArrayList<>();
        try {
            for (JsonNode check : Json.mapper().readTree(body).path("checks")) {
                if (!"UP".equals(check.path("status").asText())) {
                    JsonNode data = check.path("data");
                    names.add(check.path("name").asText() + (data.isMissingNode() ? "" : " " + data));
                }
            }
        } catch (JsonProcessingException e) {
            return "";
        }
        return names.isEmpty() ? "" : ", down: " + String.join(", ", names);
    }
}
