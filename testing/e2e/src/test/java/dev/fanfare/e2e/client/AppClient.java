package dev.fanfare.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A user's device: a stock SDK, and all that it has heard. What the SDK tells may come on any thread. */
public abstract class AppClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Publication> received = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.DISCONNECTED);

    /** What arrived, and where. */
    public record Publication(String channel, JsonNode data) {

        public ClientMessage message() {
            return Json.mapper().convertValue(data, ClientMessage.class);
        }

        public String messageUid() {
            return message().messageUID();
        }

        public String content() {
            return message().content();
        }
    }

    /** Why the server ended the connection for good, or the device itself did. */
    public record Refusal(int code, String reason) {}

    private enum State {
        DISCONNECTED,
        CONNECTED
    }

    /** Returns at once. */
    public abstract void connect();

    /** Returns at once; the device keeps its position in memory. */
    public abstract void disconnect();

    /** Tells the server that the device has a message. */
    public abstract void acknowledge(String messageUid);

    @Override
    public abstract void close();

    protected final void connected() {
        state.set(State.CONNECTED);
    }

    protected final void disconnected() {
        state.set(State.DISCONNECTED);
    }

    protected final void refused(int code, String reason) {
        refusals.add(new Refusal(code, reason));
    }

    /** Something that the SDK gets over by itself, or a step on its way to a refusal. */
    protected final void failed(String reason) {
        failures.add(reason);
    }

    protected final void received(String channel, JsonNode data) {
        received.add(new Publication(channel, data));
    }

    /** All that has arrived so far, in order. */
    public final List<Publication> received() {
        return List.copyOf(received);
    }

    /** The texts of all that has arrived so far, in order. */
    public final List<String> contents() {
        return received.stream().map(Publication::content).toList();
    }

    public final void awaitConnected() {
        await("connection")
                .untilAsserted(() ->
                        assertThat(state.get()).as("refused with %s", refusals).isEqualTo(State.CONNECTED));
    }

    public final void awaitDisconnected() {
        await("end of the connection")
                .untilAsserted(() -> assertThat(state.get()).isEqualTo(State.DISCONNECTED));
    }

    /** Connects and waits for the server's answer; empty if it lets the device in. */
    public final Optional<Refusal> tryToConnect() {
        connect();
        await("answer").until(() -> state.get() == State.CONNECTED || !refusals.isEmpty());
        return refusals.stream().findFirst();
    }

    /** Waits until exactly these contents have arrived, in this order. */
    public final void awaitContents(String... contents) {
        await("messages").untilAsserted(() -> assertThat(contents()).containsExactly(contents));
    }

    /** Waits until a message with this content has arrived. */
    public final Publication awaitContent(String content) {
        await("message").untilAsserted(() -> assertThat(contents()).contains(content));
        return received.stream()
                .filter(publication -> publication.content().equals(content))
                .findFirst()
                .orElseThrow();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE);
    }
}
