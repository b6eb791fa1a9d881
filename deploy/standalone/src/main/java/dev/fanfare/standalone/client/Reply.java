package dev.fanfare.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** What the gateway answered. */
public record Reply(String path, int status, Map<String, List<String>> headers, String body) {

    static Reply of(String path, HttpResponse<String> response) {
        return new Reply(path, response.statusCode(), response.headers().map(), response.body());
    }

    public boolean ok() {
        return status == 200;
    }

    /** This reply, or an exception that shows it. */
    public Reply requireOk() throws IOException {
        if (!ok()) {
            throw new IOException(path + " was answered with HTTP " + status + " " + body);
        }
        return this;
    }

    public JsonNode json() throws JsonProcessingException {
        return Json.mapper().readTree(body);
    }

    /** The id of the message to a group or a user, of those that the answer lists. */
    public String messageUid(String recipient) throws IOException {
        for (JsonNode entry : json().path("messageUIDs")) {
            if (entry.path("groupId").asText().equals(recipient)
                    || entry.path("userId").asText().equals(recipient)) {
                return entry.path("messageUID").asText();
            }
        }
        throw new IOException(path + " names no message for " + recipient + ": " + body);
    }
}
