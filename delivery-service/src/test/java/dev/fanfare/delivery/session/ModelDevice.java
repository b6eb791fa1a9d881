package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.delivery.window.StreamPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A device with an SDK: in memory it has its position and what it has shown; it comes back with both, or, when its app was
 * killed, with neither. Judges all that it hears against the log.
 */
final class ModelDevice {

    private final String name;
    private final UserKey user;
    private final String app;
    private final boolean named;
    private final ClientFormat format;
    private final World world;
    private final List<String> transcript = new ArrayList<>();
    /** Messages of its inbox that one of its processes has shown. */
    private final Set<String> everShown = new HashSet<>();

    private Memory memory;
    private Connection connection;

    /** @param named whether it says which device it is */
    ModelDevice(UserKey user, int number, boolean named, ClientFormat format, World world) {
        this.user = user;
        this.app = user.appKey();
        this.name = app + "/" + user.userId() + "/d" + number;
        this.named = named;
        this.format = format;
        this.world = world;
        this.memory = new Memory();
    }

    /** What an app's process knows. */
    final class Memory {
        private final InboxMemory inbox = new InboxMemory(name, user, world);
        private StreamPosition position;
        private final Set<String> shown = new HashSet<>();
        private String epoch = "";
        private long lastShown;
        /** What was held for it when it joined last, and was not only for those who were there. */
        private List<ModelLog.Entry> due = List.of();
        /** What comes behind this offset is due to it, whatever it is. */
        private long joinedAt;

        /** Everything that is due up to this offset was shown. */
        void assertHasAllUpTo(long offset, String when) {
            if (epoch.isEmpty()) {
                throw new AssertionError(name + " was told nothing yet, " + when);
            }
            if (offset == 0) {
                return;
            }
            ModelLog log = world.log(epoch);
            Stream.concat(due.stream(), log.messages(app).stream().filter(entry -> entry.offset() > joinedAt))
                    .filter(entry -> entry.offset() <= offset && !shown.contains(entry.uid()))
                    .forEach(entry -> {
                        if (!log.isRecalled(app, entry.uid(), Long.MAX_VALUE)) {
                            throw new AssertionError(name + " misses " + entry.inApp() + " " + entry.uid() + "@"
                                    + entry.offset() + " " + when + "; its position is " + position);
                        }
                        world.count(World.RECALLED_NOT_TOLD);
                    });
        }

        private ModelLog.Entry entry(Told.Publication publication) {
            return Stream.concat(due.stream(), world.log(epoch).messages(app).stream())
                    .filter(message -> message.uid().equals(publication.messageUid()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is told what nobody published: " + publication));
        }

        private void show(Told.Publication publication) {
            ModelLog.Entry entry = entry(publication);
            boolean ofEarlierEpoch = entry.offset() <= 0;
            if (!shown.add(publication.messageUid()) && !ofEarlierEpoch) {
                throw new AssertionError(name + " is told twice of " + publication);
            }
            if (publication.offset() != (entry.isLive() || ofEarlierEpoch ? 0 : entry.offset())) {
                throw new AssertionError(name + " is told a wrong offset: " + publication + " of " + entry.offset());
            }
            if (entry.offset() <= lastShown) {
                throw new AssertionError(name + " is told " + publication + " after " + lastShown);
            }
            if (entry.isLive() && entry.offset() <= joinedAt) {
                throw new AssertionError(name + " was not there when " + publication + " came");
            }
            if (world.log(epoch).isRecalled(app, entry.uid(), connection.readAtJoin)) {
                throw new AssertionError(name + " came after " + publication + " was taken back");
            }
            if (entry.isLive()) {
                world.count(World.LIVE_TOLD);
            } else if (ofEarlierEpoch) {
                world.count(World.OF_EARLIER_EPOCH);
            } else if (entry.offset() < connection.lostAtJoin) {
                world.count(World.KEPT_LONGER);
            }
            lastShown = entry.offset();
            if (publication.offset() > 0) {
                position = new StreamPosition(epoch, publication.offset());
            }
        }

        /** @param from what was up to there is not due to it; {@link Long#MIN_VALUE}: it begins at the beginning */
        private void joined(String newEpoch, long from, ModelHost.AtJoin there) {
            epoch = newEpoch;
            lastShown = from;
            joinedAt = Math.max(from, there.end());
            List<ModelLog.Entry> held =
                    there.held().stream().filter(entry -> entry.offset() > from).toList();
            due = held.stream().filter(entry -> !entry.isLive()).toList();
            if (due.size() < held.size()) {
                world.count(World.LIVE_NOT_TOLD);
            }
        }
    }

    /** A connection as the client sees it. */
    final class Connection {
        private final ModelNode node;
        private final PipeLink link;
        private final Session session;
        private final Memory owner = memory;
        private final StreamPosition asked = memory.position;
        private final StreamPosition inboxAsked = memory.inbox.position();
        private final FrameReader frames = new FrameReader(format);
        private final Set<String> personal = new HashSet<>();
        private final Deque<String> recent = new ArrayDeque<>();
        private boolean live;
        /** Pings are not answered any more. */
        private boolean mute;

        private boolean pinged;
        /** How far the node had read, and what it did not hold any more, when this began. */
        private long readAtJoin;

        private long lostAtJoin;

        Connection(ModelNode node, PipeLink link, Session session) {
            this.node = node;
            this.link = link;
            this.session = session;
        }

        PipeLink link() {
            return link;
        }

        ModelNode node() {
            return node;
        }

        Session session() {
            return session;
        }

        Memory owner() {
            return owner;
        }

        /** From now on the client does not answer pings. */
        void mute() {
            mute = true;
        }

        /** What it was told last, newest first. */
        List<String> recent() {
            return List.copyOf(recent);
        }

        boolean isInFrame() {
            return frames.isInFrame();
        }

        private void send(byte[] frame) {
            link.eventLoop().execute(() -> session.onFrame(frame));
        }
    }

    String name() {
        return name;
    }

    UserKey user() {
        return user;
    }

    boolean isNamed() {
        return named;
    }

    /** Whether one of its processes has shown this message of the inbox. */
    boolean hadInInbox(String uid) {
        return everShown.contains(uid);
    }

    ClientFormat format() {
        return format;
    }

    Memory memory() {
        return memory;
    }

    /** Null while there is none. */
    Connection connection() {
        return connection;
    }

    boolean isLive() {
        return connection != null && connection.live;
    }

    /** All that it was told, in words. */
    List<String> transcript() {
        return transcript;
    }

    Connection connect(ModelNode node, PipeLink link, Session session) {
        connection = new Connection(node, link, session);
        Map<String, StreamPosition> known = new LinkedHashMap<>();
        if (memory.position != null) {
            known.put("broadcast", memory.position);
        }
        if (memory.inbox.position() != null) {
            known.put(personalChannel(), memory.inbox.position());
        }
        connection.send(format.connect(name, named, known));
        return connection;
    }

    private String personalChannel() {
        return "#" + user.userId();
    }

    /** At rest: it has all that is due. */
    void assertWhole() {
        memory.assertHasAllUpTo(Long.MAX_VALUE, "at rest");
        memory.inbox.assertWhole();
    }

    /** The connection is over for the client. */
    void disconnected() {
        connection = null;
        transcript.add("disconnected");
    }

    /** The app was killed. */
    void forget() {
        memory = new Memory();
        transcript.add("forgot");
    }

    /** Takes bytes out of the connection. */
    int read(int atMost) {
        byte[] bytes = connection.link.take(atMost);
        if (bytes.length > 0) {
            connection.link.eventLoop().execute(connection.link::onRoom);
            try {
                connection.frames.read(bytes).forEach(this::hear);
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot read what it is told", e);
            }
        }
        if (connection.link.isOver()) {
            if (connection.link.closeCode() == CloseCode.BAD_REQUEST) {
                throw new AssertionError(name + " did what it should not, or was asked what it should not");
            }
            disconnected();
        }
        return bytes.length;
    }

    private void hear(Told told) {
        if (told instanceof Told.Connected connected) {
            onConnected(connected);
        } else if (!connection.live) {
            throw new AssertionError(name + " is told before its connect reply: " + told);
        } else if (told instanceof Told.Publication publication) {
            onPublication(publication);
        } else if (told instanceof Told.Ping) {
            onPing();
        } else if (told instanceof Told.Subscribed subscribed
                && subscribed.channel().equals(personalChannel())) {
            transcript.add("subscribed " + subscribed);
            memory.inbox.subscribed(subscribed.position());
        } else if (told instanceof Told.Subscribed subscribed
                && subscribed.channel().equals("broadcast")) {
            onRepositioned(subscribed);
        } else {
            throw new AssertionError(name + " is told " + told);
        }
    }

    private void onRepositioned(Told.Subscribed subscribed) {
        transcript.add("subscribed " + subscribed);
        world.count(World.REPOSITIONED);
        if (!subscribed.position().epoch().equals(memory.epoch)) {
            throw new AssertionError(name + " is told of another epoch: " + subscribed);
        }
        memory.position = subscribed.position();
        memory.assertHasAllUpTo(subscribed.position().offset(), "when told where it is");
    }

    private void onPing() {
        if (!connection.mute) {
            connection.send(format.pong());
        } else if (connection.pinged) {
            throw new AssertionError(name + " is pinged again although it has not answered");
        } else {
            connection.pinged = true;
        }
    }

    private void onConnected(Told.Connected told) {
        transcript.add("connected " + told.broadcasts() + " " + told.inbox());
        Told.Channel reply = told.broadcasts();
        if (!told.personalChannel().equals(personalChannel())) {
            throw new AssertionError(name + " is told of another user's channel: " + told);
        }
        StreamPosition asked = connection.asked;
        ModelHost.AtJoin there = connection.node.host().atJoin(told.client());
        long lost = there.lostUpTo();
        Optional<StreamPosition> kept = connection.node.host().keptAtJoin(told.client());
        String epoch = reply.position().epoch();
        boolean whole = asked == null || asked.epoch().equals(epoch) && asked.offset() >= lost;
        if (connection.live || !reply.wasRecovering()) {
            throw new AssertionError(name + " is told a strange " + reply);
        }
        if (reply.recovered() != whole) {
            throw new AssertionError(name + " came from " + asked + " to a node that has lost all up to " + lost
                    + " and is told recovered:" + reply.recovered());
        }
        if (!reply.recovered() && !reply.publications().isEmpty()) {
            throw new AssertionError(name + " is told a partial recovery: " + reply);
        }
        connection.live = true;
        connection.readAtJoin = there.end();
        connection.lostAtJoin = lost;
        StreamPosition known = asked == null ? kept.orElse(null) : asked;
        boolean goesOn = known != null && known.epoch().equals(epoch) && known.offset() > 0;
        memory.joined(epoch, goesOn ? known.offset() : Long.MIN_VALUE, there);
        if (!reply.recovered() || asked == null) {
            world.count(goesOn ? World.WENT_ON : World.BEGAN);
        }
        if (!reply.recovered()) {
            world.count(World.TOLD_INCOMPLETE);
        } else if (asked != null && !reply.publications().isEmpty()) {
            world.count(World.RECOVERED);
        }
        memory.position = reply.position();
        reply.publications().forEach(memory::show);
        memory.assertHasAllUpTo(reply.position().offset(), "after its connect reply");
        told.inbox().publications().forEach(this::showOfInbox);
        memory.inbox.connected(
                connection.inboxAsked,
                told.inbox(),
                connection.node.host().inbox().asked(told.client()));
    }

    private void showOfInbox(Told.Publication publication) {
        everShown.add(publication.messageUid());
        connection.recent.addFirst(publication.messageUid());
    }

    private void onPublication(Told.Publication publication) {
        transcript.add("told " + publication);
        if (publication.channel().equals("broadcast")) {
            memory.show(publication);
            memory.assertHasAllUpTo(memory.lastShown, "when told of " + publication.messageUid());
        } else if (!publication.channel().equals(personalChannel())) {
            throw new AssertionError(name + " is told of another user's message: " + publication);
        } else if (publication.offset() > 0) {
            showOfInbox(publication);
            memory.inbox.show(publication);
        } else if (!connection.personal.add(publication.messageUid())) {
            throw new AssertionError(name + " is told twice of " + publication);
        }
    }
}
