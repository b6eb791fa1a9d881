package dev.fanfare.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Secret;
import dev.fanfare.standalone.client.AdminClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Has each app's push credentials checked, without a push: that they can be used, and where it can be asked, by the provider. */
public final class PushExamination implements Examination {

    private static final String PART = "push credentials";

    private final URI gateway;
    private final Secret adminToken;

    public PushExamination(URI gateway, Secret adminToken) {
        this.gateway = gateway;
        this.adminToken = adminToken;
    }

    @Override
    public List<Finding> examine() {
        AdminClient admin = new AdminClient(gateway, adminToken);
        try {
            List<Finding> wrong = new ArrayList<>();
            int good = 0;
            for (JsonNode app : admin.get("")) {
                String key = app.path("appKey").asText();
                for (JsonNode credential : admin.get("/" + key + "/push")) {
                    String provider = credential.path("provider").asText();
                    String problem = admin.post("/" + key + "/push/" + provider + "/check")
                            .path("problem")
                            .asText("");
                    if (problem.isEmpty() || problem.equals("null")) {
                        good++;
                    } else {
                        wrong.add(Finding.wrong(
                                PART,
                                "app %s, %s: %s".formatted(key, provider, problem),
                                "Ask again; if it is the same, enter a good one: PUT /admin/v1/apps/%s/push/%s"
                                        .formatted(key, provider)));
                    }
                }
            }
            wrong.add(0, Finding.well(PART, good + " can be used"));
            return wrong;
        } catch (IOException e) {
            return List.of(Finding.wrong(
                    PART,
                    "could not be asked for: " + e.getMessage(),
                    "Bring up the gateway, or correct the admin token"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.wrong(PART, "were not asked for", "Ask again"));
        }
    }
}
