package dev.fanfare.standalone.demo;

import dev.fanfare.standalone.client.AppClient;
import dev.fanfare.standalone.client.GatewayClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The devices that take part, connected with the stock SDK as any app's are. */
final class Cast implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GatewayClient backend;
    private final URI edge;
    private final Changes changes;
    private final List<Device> devices = new ArrayList<>();
    private final List<AppClient> clients = new ArrayList<>();

    Cast(GatewayClient backend, URI edge, Changes changes) {
        this.backend = backend;
        this.edge = edge;
        this.changes = changes;
    }

    /** Brings a user's devices online; returns when they are. */
    void connect(String user, String... names) throws IOException, InterruptedException {
        String token = backend.token(user);
        for (String name : names) {
            Device device = new Device(user, name, changes);
            AppClient client = new AppClient(edge, token, user + "-" + name, device);
            devices.add(device);
            clients.add(client);
            client.connect();
        }
        for (Device device : of(user)) {
            if (!changes.await(device::online, PATIENCE)) {
                throw new IOException(user + "'s " + device.name() + " is not online after " + PATIENCE.toSeconds()
                        + " s: " + device.trouble());
            }
        }
    }

    List<Device> devices() {
        return List.copyOf(devices);
    }

    List<Device> of(String user) {
        return devices.stream().filter(device -> device.user().equals(user)).toList();
    }

    @Override
    public void close() {
        clients.forEach(AppClient::close);
    }
}
