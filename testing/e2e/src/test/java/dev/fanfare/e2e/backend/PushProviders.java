package dev.fanfare.e2e.backend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.e2e.product.Product;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The push providers that come with the product: as strict as the vendors, and they show what they took. */
public final class PushProviders {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI page;

    public PushProviders(Product product) {
        this.page = product.pushes();
    }

    /** What an app shows a provider. */
    JsonNode credential(String provider) {
        return call(HttpRequest.newBuilder(page.resolve("/credentials"))).get(provider);
    }

    /** An app is installed on a device; the device's token. */
    String install(String provider) {
        return call(HttpRequest.newBuilder(page.resolve("/tokens/" + provider)).POST(BodyPublishers.noBody()))
                .get("token")
                .asText();
    }

    /** The ids of the messages whose pushes came to this token, in order. */
    public List<String> pushedTo(String token) {
        List<String> ids = new ArrayList<>();
        for (JsonNode push : call(HttpRequest.newBuilder(page))) {
            if (push.get("token").asText().equals(token)) {
                ids.add(push.get("id").asText());
            }
        }
        return ids;
    }

    private static JsonNode call(HttpRequest.Builder request) {
        try {
            return Json.read(
                    HTTP.send(request.build(), BodyHandlers.ofByteArray()).body(), JsonNode.class);
        } catch (Exception e) {
            throw new AssertionError("the push providers do not answer", e);
        }
    }
}
