package dev.fanfare.standalone.client;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.delivery.ClientMessage;
import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.ErrorEvent;
import io.github.centrifugal.centrifuge.EventListener;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.ServerPublicationEvent;
import java.net.URI;
import java.util.Map;

/** A user's device: the stock Centrifuge SDK, connected to the client edge. */
public final class AppClient implements AutoCloseable {

    private static final long CLOSE_MILLIS = 2_000;

    private final Client client;

    /** @param listener told on the SDK's threads, in the order in which things happen */
    public AppClient(URI edge, String token, String device, Listener listener) {
        Options options = new Options();
        options.setToken(token);
        options.setName("fanfare-cli");
        options.setData(Json.write(Map.of("deviceId", device)));
        client = new Client(edge.toString(), options, new Adapter(listener));
    }

    /** Returns at once; the listener hears of the rest. The SDK reconnects by itself. */
    public void connect() {
        client.connect();
    }

    @Override
    public void close() {
        try {
            client.close(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a device hears. */
    public interface Listener {

        void connected();

        /** @param reason why there is no connection now; the SDK tries again */
        void disconnected(String reason);

        /** @param reason why the server does not want this client again, or that it was closed here */
        void ended(String reason);

        /** @param channel {@code broadcast}, or the user's own */
        void received(String channel, ClientMessage message);
    }

    private static final class Adapter extends EventListener {

        private final Listener listener;

        Adapter(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onConnected(Client client, ConnectedEvent event) {
            listener.connected();
        }

        @Override
        public void onConnecting(Client client, ConnectingEvent event) {
            if (event.getCode() != 0) {
                listener.disconnected(event.getReason() + " (" + event.getCode() + "), connecting again");
            }
        }

        @Override
        public void onDisconnected(Client client, DisconnectedEvent event) {
            listener.ended(event.getReason() + " (" + event.getCode() + ")");
        }

        @Override
        public void onError(Client client, ErrorEvent event) {
            listener.disconnected(String.valueOf(event.getError()));
        }

        @Override
        public void onPublication(Client client, ServerPublicationEvent event) {
            try {
                listener.received(event.getChannel(), Json.read(event.getData(), ClientMessage.class));
            } catch (MalformedJsonException e) {
                listener.disconnected("a message that is not one: " + e.getMessage());
            }
        }
    }
}
