package dev.fanfare.e2e.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A browser: the stock JavaScript SDK, which speaks JSON, in a Node.js process ({@code src/test/js/listen.mjs}). */
public final class JsClient extends AppClient {

    private static final Path SCRIPTS = Path.of("src", "test", "js");

    private final Process node;
    private final Writer commands;

    public JsClient(URI edge, String token, String deviceId) {
        try {
            this.node = new ProcessBuilder("node", "listen.mjs", edge.toString())
                    .directory(SCRIPTS.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Node.js 18 or later must be on the PATH", e);
        }
        this.commands = node.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readEvents, "node-" + node.pid());
        reader.setDaemon(true);
        reader.start();
        tell(new String(Json.write(Map.of("token", token, "deviceId", deviceId)), StandardCharsets.UTF_8));
    }

    @Override
    public void connect() {
        tell("connect");
    }

    @Override
    public void disconnect() {
        tell("disconnect");
    }

    @Override
    public void acknowledge(String messageUid) {
        tell("ack " + messageUid);
    }

    @Override
    public void close() {
        node.destroy();
    }

    private void tell(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the JavaScript client has ended", e);
        }
    }

    private void readEvents() {
        try (BufferedReader events = node.inputReader(StandardCharsets.UTF_8)) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                handle(Json.mapper().readTree(line));
            }
        } catch (JsonProcessingException e) {
            failed("the JavaScript client printed something else than events");
        } catch (IOException e) {
            disconnected();
        }
    }

    private void handle(JsonNode event) {
        switch (event.get("event").asText()) {
            case "connected" -> connected();
            case "connecting" -> disconnected();
            case "disconnected" -> {
                disconnected();
                refused(event.get("code").asInt(), event.get("reason").asText());
            }
            case "error" ->
                refused(event.get("code").asInt(), event.get("reason").asText());
            case "publication" -> received(event.get("channel").asText(), event.get("data"));
            default -> {}
        }
    }
}
