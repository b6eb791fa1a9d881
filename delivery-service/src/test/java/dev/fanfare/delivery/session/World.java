package dev.fanfare.delivery.session;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.delivery.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log, two nodes that follow it and devices of two apps, in one thread: {@link Step}s make history. */
final class World {

    static final String RECOVERED = "something missed was recovered";
    static final String TOLD_INCOMPLETE = "a device was told that something is missing";
    static final String CUT_IN_FRAME = "a connection ended in the middle of a frame";
    static final String SLOW = "a slow reader was cut";
    static final String LOST = "a live session fell out of the window";
    static final String KEPT = "a position was kept";

    private static final int NODES = 2;
    private static final String[] APPS = {"appA", "appB"};
    /** Devices' apps and users. */
    private static final int[] APP_OF = {0, 0, 0, 0, 1, 0};

    private static final String[] USER_OF = {"tom", "tom", "jerry", "rose", "tom", "jerry"};
    private static final int MAX_ROUNDS = 5_000;
    private static final int POLL = 500;

    private final Setup setup;
    private final ModelClock clock = new ModelClock();
    private final Map<String, ModelLog> logs = new HashMap<>();
    private final ModelNode[] nodes = new ModelNode[NODES];
    private final List<ModelDevice> devices = new ArrayList<>();
    private final Map<Session, ModelDevice.Connection> connections = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private ModelLog log;
    private int uids;

    World(Setup setup) {
        this.setup = setup;
        for (int i = 0; i < APP_OF.length; i++) {
            devices.add(new ModelDevice(APPS[APP_OF[i]], USER_OF[i], i, setup.format(i), this));
        }
        makeTopicAnew();
    }

    ModelLog log(String epoch) {
        return logs.get(epoch);
    }

    void count(String event) {
        counts.merge(event, 1, Integer::sum);
    }

    boolean happened(String event) {
        return counts.containsKey(event);
    }

    List<ModelDevice> devices() {
        return devices;
    }

    private ModelDevice device(int number) {
        return devices.get(number % devices.size());
    }

    private ModelNode node(int number) {
        return nodes[number % NODES];
    }

    void publish(int app, int padding) {
        log.publish(clock.millis(), APPS[app % APPS.length], "U" + ++uids, padding);
    }

    /** Only what every window still has: so soon does a redelivery come, or the broker has lost the command anyway. */
    void repeatLast(int app) {
        String name = APPS[app % APPS.length];
        List<ModelLog.Entry> messages = log.messages(name);
        if (!messages.isEmpty()) {
            ModelLog.Entry last = messages.get(messages.size() - 1);
            if (last.time() >= clock.millis() - Duration.ofMinutes(1).toMillis()) {
                log.repeat(clock.millis(), last);
            }
        }
    }

    void noise() {
        log.noise(clock.millis());
    }

    void follow(int node, int count, boolean told, boolean polled) {
        node(node).follow(count, told, polled);
    }

    void turn(int node, int loop, int count) {
        for (int i = 0; i < count; i++) {
            node(node).loop(loop).runNext();
        }
    }

    /** A turn of this device's app on its event loop, for so few sessions that others join and leave before the next. */
    void partOfTurn(int device, int sessions) {
        ModelDevice.Connection connection = device(device).connection();
        if (connection != null && connection.session().isLive()) {
            connection.session().fanOut().advance(sessions);
        }
    }

    void connect(int device, int node) {
        ModelDevice client = device(device);
        if (client.connection() == null) {
            ModelNode host = node(node);
            PipeLink link = new PipeLink(host.nextLoop(), client.format().wire(), setup.pipeBytes(), setup.highWater());
            Session session = host.host().open(link);
            link.serve(session);
            connections.put(session, client.connect(host, link, session));
        }
    }

    void read(int device, int bytes) {
        if (device(device).connection() != null) {
            device(device).read(setup.wholeReads() ? Integer.MAX_VALUE : bytes);
        }
    }

    /** The connection breaks: so many more bytes arrive, and the server is told of it now or never. */
    void breakOff(int device, int bytes, boolean noticed) {
        read(device, bytes);
        ModelDevice.Connection connection = device(device).connection();
        if (connection != null) {
            if (connection.isInFrame()) {
                count(CUT_IN_FRAME);
            }
            device(device).disconnected();
            if (noticed) {
                connection.link().eventLoop().execute(() -> {
                    connection.link().breakOff();
                    connection.session().onClosed();
                });
            }
        }
    }

    /** The client says that it goes. */
    void leave(int device) {
        ModelDevice.Connection connection = device(device).connection();
        if (connection != null) {
            device(device).disconnected();
            connection.link().eventLoop().execute(() -> {
                connection.session().onLeft();
                connection.link().breakOff();
            });
        }
    }

    /** The device's app is killed, and its connection with it. */
    void kill(int device) {
        breakOff(device, 0, true);
        device(device).forget();
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    /** Minutes in which the nodes go on reading, as they do every half second. */
    void passMinutes(int minutes) {
        for (ModelNode node : nodes) {
            node.follow(Integer.MAX_VALUE, true, true);
        }
        clock.advance(Duration.ofMinutes(minutes));
    }

    void expire(int node) {
        node(node).follow(0, false, true);
    }

    void tick(int node) {
        clock.advance(Duration.ofSeconds(1));
        node(node).tick();
    }

    void answerPresence(int node) {
        node(node).answerPresence();
    }

    /** A personal message for the device's user, delivered once or twice to the sessions of a node. */
    void personal(int node, int device, boolean twice) {
        String user = USER_OF[device % USER_OF.length];
        ClientMessage message =
                new ClientMessage("P" + ++uids, ConversationType.SYSTEM, user, user, "RC:TxtMsg", "{}", 0, null);
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            node(node)
                    .registry()
                    .deliver(APPS[APP_OF[device % APP_OF.length]], List.of(user), message)
                    .subscribe()
                    .with(reached -> {});
        }
    }

    /** A node goes, with all its connections, and another takes its place. */
    void restart(int node, boolean orderly) {
        ModelNode old = node(node);
        if (orderly) {
            old.registry().close(Integer.MAX_VALUE, CloseCode.SHUTDOWN);
            old.runAll();
        }
        for (ModelDevice device : devices) {
            if (device.connection() != null && device.connection().node() == old) {
                device.connection().link().breakOff();
            }
        }
        old.end();
        start(node % NODES);
    }

    private void start(int node) {
        nodes[node] = new ModelNode(setup, log, clock);
        nodes[node].host().onKept((session, offset) -> {
            count(KEPT);
            connections.entrySet().stream()
                    .filter(entry -> entry.getKey().info() == session)
                    .forEach(entry -> entry.getValue()
                            .owner()
                            .assertHasAllUpTo(offset, "although the position " + offset + " is kept for it"));
        });
    }

    /** The topic is deleted and created again; nodes are started anew for it. */
    void makeTopicAnew() {
        log = new ModelLog("topic" + logs.size());
        logs.put(log.epoch(), log);
        for (int i = 0; i < NODES; i++) {
            if (nodes[i] != null) {
                restart(i, false);
            } else {
                start(i);
            }
        }
    }

    /** Everybody who is not connected connects. */
    void connectAll(int node) {
        for (int i = 0; i < devices.size(); i++) {
            connect(i, i + node);
        }
    }

    /** Everything that is under way arrives. */
    void calmDown() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean busy = false;
            for (ModelNode node : nodes) {
                busy |= node.isBehind();
                node.follow(POLL, true, true);
                busy |= node.answerPresence();
                busy |= node.runAll();
            }
            for (ModelDevice device : devices) {
                busy |= device.connection() != null && device.read(Integer.MAX_VALUE) > 0;
            }
            if (!busy) {
                return;
            }
        }
        throw new AssertionError("no rest in " + MAX_ROUNDS + " rounds");
    }

    /** Everything that is under way arrives, and everybody is connected. */
    void comeToRest() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            connectAll(0);
            devices.forEach(device -> device.connection().link().widen());
            calmDown();
            if (devices.stream().allMatch(ModelDevice::isLive)) {
                countCloses();
                return;
            }
        }
        throw new AssertionError("not everybody gets connected in " + MAX_ROUNDS + " rounds");
    }

    /** What is held for sessions goes with them: Netty's leak detection looks for the rest. */
    void end() {
        for (ModelNode node : nodes) {
            node.end();
        }
    }

    private void countCloses() {
        connections.values().forEach(connection -> {
            if (connection.link().closeCode() == CloseCode.SLOW) {
                count(SLOW);
            } else if (connection.link().closeCode() == CloseCode.INSUFFICIENT_STATE) {
                count(LOST);
            }
        });
    }

    /** At rest: everybody has all that is due. */
    void assertWhole() {
        devices.forEach(device -> device.memory().assertHasAllUpTo(Long.MAX_VALUE, "at rest"));
    }
}
