package dev.fanfare.delivery.session;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.delivery.window.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A log, inboxes, two nodes that have them and devices of two apps, in one thread: {@link Step}s make history. */
final class World {

    static final String RECOVERED = "something missed was recovered";
    static final String TOLD_INCOMPLETE = "a device was told that something is missing";
    static final String CUT_IN_FRAME = "a connection ended in the middle of a frame";
    static final String SLOW = "a slow reader was cut";
    static final String LOST = "a live session fell out of the window";
    static final String KEPT = "a position was kept";
    static final String WENT_ON = "a device without memory went on in the broadcasts where it was";
    static final String BEGAN = "a device began with the oldest broadcast";
    static final String INBOX_WHOLE = "an inbox was whole";
    static final String INBOX_INCOMPLETE = "a device was told that something of its inbox is missing";
    static final String INBOX_RECOVERED = "something of an inbox was recovered";
    static final String INBOX_UNKNOWN = "an inbox was not known";
    static final String INBOX_BEGUN = "an inbox began while its user was connected";
    static final String CONFIRMED = "a message was handed over and confirmed";
    static final String UNCONFIRMED = "a message was handed over and not confirmed";
    static final String NOBODY = "a message was handed over to nobody";
    static final String KEPT_LONGER = "a broadcast was told although the window around it had gone";
    static final String OF_EARLIER_EPOCH = "a broadcast was told that was kept in an earlier epoch";
    static final String LIVE_TOLD = "a broadcast was told that is for those who are connected";
    static final String LIVE_NOT_TOLD = "a broadcast was not told to one who came later";
    static final String RECALLED_NOT_TOLD = "a broadcast was not told because it was taken back";
    static final String REPOSITIONED = "a device was told that it misses nothing any more";
    static final String NO_PONG = "a client was cut that does not answer";

    private static final int NODES = 2;
    private static final String[] APPS = {"appA", "appB"};
    /** Devices' apps and users. */
    private static final int[] APP_OF = {0, 0, 0, 0, 1, 0};

    private static final String[] USER_OF = {"tom", "tom", "jerry", "rose", "tom", "jerry"};
    private static final int MAX_ROUNDS = 5_000;
    private static final int POLL = 500;
    /** Seconds; every timeout is shorter. */
    private static final int SETTLING = 8;

    private final Setup setup;
    private final ModelClock clock = new ModelClock();
    private final Map<String, ModelLog> logs = new HashMap<>();
    private final ModelTable table = new ModelTable();
    private final ModelInbox inboxes;
    /** What was found wrong where nobody would hear of an exception. */
    private final List<AssertionError> wrong = new ArrayList<>();

    private final List<Handing> handings = new ArrayList<>();
    private final List<Session> leaving = new ArrayList<>();
    private final ModelNode[] nodes = new ModelNode[NODES];
    private final List<ModelDevice> devices = new ArrayList<>();
    private final Map<Session, ModelDevice.Connection> connections = new HashMap<>();
    private final Map<String, StreamPosition> positions = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private ModelLog log;
    private int uids;

    World(Setup setup) {
        this.setup = setup;
        this.inboxes = new ModelInbox(setup.inboxes());
        for (int i = 0; i < APP_OF.length; i++) {
            devices.add(new ModelDevice(user(i), i, setup.named(i), setup.format(i), this));
        }
        makeTopicAnew();
    }

    /** A message on its way to the sessions of a node. */
    private record Handing(ModelNode node, ModelInbox.Entry entry, CompletableFuture<Handed> handed) {}

    private static UserKey user(int device) {
        int number = device % APP_OF.length;
        return new UserKey(APPS[APP_OF[number]], USER_OF[number]);
    }

    ModelInbox inboxes() {
        return inboxes;
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

    void publish(int app, int padding, InApp inApp) {
        log.publish(clock.millis(), APPS[app % APPS.length], "U" + ++uids, padding, inApp, null);
    }

    /** A message is taken back: so many others were published after it. */
    void recall(int app, int back, InApp inApp) {
        String name = APPS[app % APPS.length];
        List<ModelLog.Entry> messages = logs.values().stream()
                .sorted(Comparator.comparing(ModelLog::epoch))
                .flatMap(each -> each.messages(name).stream())
                .toList();
        if (back < messages.size()) {
            String recalled = messages.get(messages.size() - 1 - back).uid();
            log.publish(clock.millis(), name, "R" + ++uids, 0, inApp, recalled);
        }
    }

    /** Kept broadcasts are written for so many records more. */
    void writeKept(int records) {
        table.write(records);
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

    /** Days in which the nodes go on reading, and what is kept is written. */
    void passDays(int days) {
        passMinutes(0);
        table.write(Integer.MAX_VALUE);
        clock.advance(Duration.ofDays(days));
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

    /** A message is kept for the device's user, and perhaps comes to a node at once. */
    void store(int device, int padding, int node, boolean handed) {
        ModelInbox.Entry entry = inboxes.store(user(device), "I" + ++uids, padding);
        if (handed) {
            hand(node(node), entry);
        }
    }

    /** A message that was kept comes to a node. */
    void hand(int node, int back) {
        List<ModelInbox.Entry> entries = inboxes.entries();
        if (back < entries.size()) {
            hand(node(node), entries.get(entries.size() - 1 - back));
        }
    }

    private void hand(ModelNode node, ModelInbox.Entry entry) {
        CompletableFuture<Handed> handed =
                node.registry().hand(entry.inbox().user(), entry.position(), entry.message());
        handings.add(new Handing(node, entry, handed));
        handed.thenAccept(result -> noting(() -> judge(entry, result)));
    }

    private void noting(Runnable judgement) {
        try {
            judgement.run();
        } catch (AssertionError e) {
            wrong.add(e);
        }
    }

    private void judge(ModelInbox.Entry entry, Handed handed) {
        count(!handed.reached() ? NOBODY : handed.confirmed().isEmpty() ? UNCONFIRMED : CONFIRMED);
        for (String device : handed.confirmed()) {
            ModelDevice.Connection connection = connections.entrySet().stream()
                    .filter(each -> each.getKey().info() != null
                            && each.getKey().info().deviceId().equals(device))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("an unknown device " + device + " confirmed " + entry));
            SessionInfo session = connection.session().info();
            // What went before it was told is not waited for any more.
            if (!has(session, entry) && !entry.isGone()) {
                throw new AssertionError(device + " counts as having " + entry + ", which it does not");
            }
            if (inboxes.isPresent(entry.inbox()) && !inboxes.isKept(session, entry.position())) {
                throw new AssertionError(device + " counts as having " + entry + ", which is not kept");
            }
        }
    }

    /** Whether the session's device has shown this; those of a user that do not say who they are count as one. */
    private boolean has(SessionInfo session, ModelInbox.Entry entry) {
        return devices.stream()
                .filter(device -> session.namedItsDevice()
                        ? device.name().equals(session.deviceId())
                        : !device.isNamed() && device.user().equals(new UserKey(session.appKey(), session.userId())))
                .anyMatch(device -> device.hadInInbox(entry.uid()));
    }

    /** The device's user's oldest messages go. */
    void expireInbox(int device, int count) {
        inboxes.expire(user(device), count);
    }

    /** The device's user is deleted. */
    void deleteUser(int device) {
        inboxes.delete(user(device));
    }

    void setInboxesAway(boolean away) {
        inboxes.setAway(away);
    }

    void answerInboxes(int count) {
        inboxes.answer(count);
    }

    /** The device does not answer pings any more, as long as it has this connection. */
    void mute(int device) {
        if (device(device).connection() != null) {
            device(device).connection().mute();
        }
    }

    /** The device says that it has one of the messages that it was told last. */
    void acknowledge(int device, int back) {
        ModelDevice.Connection connection = device(device).connection();
        if (connection != null && back < connection.recent().size()) {
            String uid = connection.recent().get(back);
            connection.link().eventLoop().execute(() -> {
                if (connection.session().isLive()) {
                    connection.session().inbox().onAcknowledged(List.of(uid));
                }
            });
        }
    }

    /** A node asks its clients to go elsewhere. */
    void drain(int node) {
        connections.keySet().stream()
                .filter(session -> session.isLive() && connections.get(session).node() == node(node))
                .forEach(leaving::add);
        node(node).registry().close(Integer.MAX_VALUE, CloseCode.SHUTDOWN);
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
        nodes[node] = new ModelNode(setup, log, table, inboxes, clock);
        nodes[node].host().tell(new Keeper());
    }

    /** Judges what the server believes of devices. */
    private final class Keeper implements ModelHost.Keeper {

        @Override
        public void keep(SessionInfo session, StreamPosition position) {
            count(KEPT);
            connections.entrySet().stream()
                    .filter(entry -> entry.getKey().info() == session)
                    .map(entry -> entry.getValue().owner())
                    .forEach(owner -> noting(() -> owner.assertHasAllUpTo(
                            position.offset(), "although the position " + position + " is kept for it")));
            positions.merge(
                    session.deviceId(),
                    position,
                    (known, latest) ->
                            known.epoch().equals(latest.epoch()) && known.offset() > latest.offset() ? known : latest);
        }

        @Override
        public Optional<StreamPosition> kept(SessionInfo session) {
            return Optional.ofNullable(positions.get(session.deviceId()));
        }

        @Override
        public void confirm(SessionInfo session, InboxPosition position) {
            noting(() -> judge(session, position));
        }

        private void judge(SessionInfo session, InboxPosition position) {
            ModelInbox.Inbox inbox = inboxes.inbox(position.epochText());
            if (inbox == null || !inbox.end().covers(position)) {
                throw new AssertionError(session + " confirmed " + position + " of no inbox");
            }
            inbox.entries().stream()
                    .filter(entry -> entry.offset() <= position.offset() && !entry.isGone() && !has(session, entry))
                    .findFirst()
                    .ifPresent(entry -> {
                        throw new AssertionError(session + " confirmed " + position + " without " + entry);
                    });
        }

        @Override
        public void delivered(SessionInfo session, List<String> messageUids) {
            noting(() -> judge(session, messageUids));
        }

        private void judge(SessionInfo session, List<String> messageUids) {
            for (String uid : messageUids) {
                if (!has(session, inboxes.entry(uid)) || Collections.frequency(messageUids, uid) > 1) {
                    throw new AssertionError(session + " does not have, or has twice, " + uid + " of " + messageUids);
                }
            }
        }
    }

    /** The topic is deleted and created again; nodes are started anew for it. */
    void makeTopicAnew() {
        log = new ModelLog("topic" + logs.size());
        logs.put(log.epoch(), log);
        table.follow(log);
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
            busy |= inboxes.answer(Integer.MAX_VALUE);
            for (ModelDevice device : devices) {
                busy |= device.connection() != null && device.read(Integer.MAX_VALUE) > 0;
            }
            if (!busy) {
                assertNothingIsForgotten();
                return;
            }
        }
        throw new AssertionError("no rest in " + MAX_ROUNDS + " rounds");
    }

    private void assertNothingIsForgotten() {
        connections.values().forEach(connection -> {
            if (connection.link().hasUnflushed()) {
                throw new AssertionError("something was written and not sent to "
                        + connection.session().info());
            }
        });
    }

    /** Everything that is under way arrives, everybody is connected, and who does not answer is found out. */
    void comeToRest() {
        inboxes.setAway(false);
        for (ModelInbox.Entry entry : inboxes.entries()) {
            boolean newest = inboxes.isPresent(entry.inbox())
                    && entry.position().equals(entry.inbox().end());
            if (newest) {
                // Records come in the end, or their node is gone.
                for (ModelNode node : nodes) {
                    hand(node, entry);
                }
            }
        }
        connectEverybody();
        for (int second = 0; second < SETTLING; second++) {
            for (int node = 0; node < NODES; node++) {
                tick(node);
            }
            calmDown();
        }
        connectEverybody();
        countCloses();
    }

    private void connectEverybody() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            connectAll(0);
            devices.forEach(device -> device.connection().link().widen());
            calmDown();
            if (devices.stream().allMatch(ModelDevice::isLive)) {
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
            } else if (connection.link().closeCode() == CloseCode.NO_PONG) {
                count(NO_PONG);
            }
        });
    }

    /** At rest: everybody has all that is due. */
    void assertWhole() {
        if (!wrong.isEmpty()) {
            throw wrong.get(0);
        }
        devices.forEach(ModelDevice::assertWhole);
        for (Handing handing : handings) {
            if (List.of(nodes).contains(handing.node) && !handing.handed.isDone()) {
                throw new AssertionError("nobody says what became of " + handing.entry);
            }
        }
        for (ModelDevice device : devices) {
            if (device.connection().session().inbox().awaitsConfirmation()) {
                throw new AssertionError(device.name() + " is waited for");
            }
        }
        for (Session session : leaving) {
            if (session.isLive()
                    && List.of(nodes).contains(connections.get(session).node())) {
                throw new AssertionError(session.info() + " does not leave");
            }
        }
    }
}
