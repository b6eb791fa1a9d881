package dev.fanfare.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.ErrorEvent;
import io.github.centrifugal.centrifuge.EventListener;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.ServerPublicationEvent;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** An Android device: centrifuge-java, which speaks Protobuf. */
public final class JavaClient extends AppClient {

    private static final long CLOSE_MILLIS = 2_000;

    private final Client client;

    public JavaClient(URI edge, String token, String deviceId) {
        Options options = new Options();
        options.setToken(token);
        options.setData(Json.write(Map.of("deviceId", deviceId)));
        this.client = new Client(edge.toString(), options, new Listener());
    }

    @Override
    public void connect() {
        client.connect();
    }

    @Override
    public void disconnect() {
        client.disconnect();
    }

    @Override
    public void acknowledge(String messageUid) {
        client.rpc("ack", Json.write(Map.of("uids", List.of(messageUid))), (error, result) -> {
            if (error != null) {
                failed(error.getMessage());
            }
        });
    }

    @Override
    public void close() {
        try {
            client.close(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener extends EventListener {

        @Override
        public void onConnected(Client from, ConnectedEvent event) {
            connected();
        }

        @Override
        public void onConnecting(Client from, ConnectingEvent event) {
            disconnected();
        }

        @Override
        public void onDisconnected(Client from, DisconnectedEvent event) {
            disconnected();
            refused(event.getCode(), event.getReason());
        }

        @Override
        public void onError(Client from, ErrorEvent event) {
            failed(String.valueOf(event.getError()));
        }

        @Override
        public void onPublication(Client from, ServerPublicationEvent event) {
            try {
                received(event.getChannel(), Json.read(event.getData(), JsonNode.class));
            } catch (MalformedJsonException e) {
                failed("a publication that is not JSON");
            }
        }
    }
}
