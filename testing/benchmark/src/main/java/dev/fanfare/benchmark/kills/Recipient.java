package dev.fanfare.benchmark.kills;

import dev.fanfare.benchmark.kills.Account.Due;
import dev.fanfare.benchmark.kills.Account.Kind;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.standalone.client.AppClient;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A user with one device, which the stock SDK connects. What the app shows comes on the SDK's threads. */
final class Recipient implements AutoCloseable, AppClient.Listener {

    private final Kind kind;
    private final String userId;
    private final String deviceId;
    private final String userToken;
    private final String provider;
    private final String pushToken;
    private final List<Due> due = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch connected = new CountDownLatch(1);
    private AppClient app;

    Recipient(Kind kind, String userId, String deviceId, String userToken, String provider, String pushToken) {
        this.kind = kind;
        this.userId = userId;
        this.deviceId = deviceId;
        this.userToken = userToken;
        this.provider = provider;
        this.pushToken = pushToken;
    }

    Kind kind() {
        return kind;
    }

    String userId() {
        return userId;
    }

    String provider() {
        return provider;
    }

    String pushToken() {
        return pushToken;
    }

    /** The app is opened, and stays so. */
    void open(URI edge) {
        app = new AppClient(edge, userToken, deviceId, this);
        app.connect();
    }

    void awaitConnected(long seconds) throws InterruptedException {
        if (!connected.await(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException(userId + " could not connect");
        }
    }

    void sent(String messageUid, boolean away) {
        due.add(new Due(messageUid, away));
    }

    List<Due> due() {
        return List.copyOf(due);
    }

    /** @param pushed what the device's provider took for it */
    Account account(Set<String> pushed) {
        return new Account(kind, due(), List.copyOf(received), pushed);
    }

    @Override
    public void connected() {
        connected.countDown();
    }

    @Override
    public void received(String channel, ClientMessage message) {
        received.add(message.messageUID());
    }

    @Override
    public void disconnected(String reason) {
        // The SDK comes back.
    }

    @Override
    public void ended(String reason) {
        // Closed here; whoever the server does not want misses messages, and that is counted.
    }

    @Override
    public void close() {
        if (app != null) {
            app.close();
        }
    }
}
