package dev.fanfare.delivery.session;

import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxState;
import dev.fanfare.delivery.session.ModelInbox.Asked;
import dev.fanfare.delivery.session.ModelInbox.Entry;
import dev.fanfare.delivery.session.ModelInbox.Inbox;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.delivery.window.StreamPosition;
import java.util.HashSet;
import java.util.Set;

/** What an app's process knows of its user's inbox, as an SDK keeps it. Judges what it hears against what was stored. */
final class InboxMemory {

    private final String name;
    private final UserKey user;
    private final World world;
    /** Null before anything was told. */
    private StreamPosition position;

    private final Set<String> shown = new HashSet<>();
    private final Set<Entry> knownGone = new HashSet<>();
    private String epoch = "";
    private long lastShown;
    /** What is up to there was confirmed before this process began. */
    private long dueFrom;
    /** The present connection may skip what is gone: nothing else was promised to its client. */
    private boolean maySkip;
    /** The present connection must not skip in silence what was gone by then. */
    private Asked answers;

    InboxMemory(String name, UserKey user, World world) {
        this.name = name;
        this.user = user;
        this.world = world;
    }

    StreamPosition position() {
        return position;
    }

    boolean has(String uid) {
        return shown.contains(uid);
    }

    /** @param asked with what position this memory connected */
    void connected(StreamPosition asked, Told.Channel reply, Asked answered) {
        answers = answered;
        InboxState state = answered.state();
        String replied = reply.position().epoch();
        if (!reply.wasRecovering()) {
            throw new AssertionError(name + " is told a strange " + reply);
        }
        if (state == null) {
            assertUnknown(asked, reply);
            maySkip = asked == null || asked.equals(new StreamPosition("0", 0));
            position = reply.position();
            return;
        }
        // Epoch 0, offset 0: nobody knew of any message.
        boolean remembers = asked != null && !asked.equals(new StreamPosition("0", 0));
        boolean goesOn = remembers
                && asked.epoch().equals(state.end().epochText())
                && asked.offset() <= state.end().offset();
        long kept = state.confirmed() != null
                        && state.confirmed().epoch() == state.end().epoch()
                ? state.confirmed().offset()
                : 0;
        boolean whole = !remembers || goesOn && asked.offset() >= answered.goneUpTo();
        if (reply.recovered() != whole) {
            throw new AssertionError(name + " came from " + asked + " to an inbox that ends at " + state.end()
                    + " and has lost all up to " + answered.goneUpTo() + ", " + kept + " is kept for it, and is told "
                    + reply);
        }
        if (!reply.recovered() && !reply.publications().isEmpty()) {
            throw new AssertionError(name + " is told a partial recovery: " + reply);
        }
        if (!replied.equals(state.end().epochText())) {
            throw new AssertionError(name + " is told a wrong epoch: " + reply);
        }
        if (!replied.equals(epoch)) {
            begin(replied, kept);
        } else if (!goesOn) {
            dueFrom = Math.max(dueFrom, kept);
        }
        maySkip = !remembers || !whole;
        world.count(whole ? World.INBOX_WHOLE : World.INBOX_INCOMPLETE);
        if (asked != null && !reply.publications().isEmpty()) {
            world.count(World.INBOX_RECOVERED);
        }
        reply.publications().forEach(this::show);
        position = reply.position();
        assertHasAllUpTo(position.offset(), "after its connect reply");
    }

    private void begin(String newEpoch, long from) {
        epoch = newEpoch;
        lastShown = 0;
        dueFrom = from;
        knownGone.clear();
    }

    /** It stays where it is, and is told later. */
    private void assertUnknown(StreamPosition asked, Told.Channel reply) {
        StreamPosition same = asked == null ? new StreamPosition("0", 0) : asked;
        if (!reply.recovered()
                || !reply.publications().isEmpty()
                || !reply.position().equals(same)) {
            throw new AssertionError(name + " came from " + asked + " while nobody knew, and is told " + reply);
        }
        world.count(World.INBOX_UNKNOWN);
    }

    /** The server says of its own accord where the client is. */
    void subscribed(StreamPosition at) {
        if (!position.equals(new StreamPosition("0", 0))) {
            throw new AssertionError(name + " is moved from " + position + " to " + at);
        }
        world.count(World.INBOX_BEGUN);
        begin(at.epoch(), at.offset());
        position = at;
    }

    void show(Told.Publication publication) {
        Entry entry = world.inboxes().entry(publication.messageUid());
        if (entry == null || !entry.inbox().user().equals(user)) {
            throw new AssertionError(name + " is told what was not sent to it: " + publication);
        }
        if (!entry.inbox().epochText().equals(epoch)) {
            throw new AssertionError(name + " is told " + entry + " as if it was of " + epoch);
        }
        if (!shown.add(entry.uid())) {
            throw new AssertionError(name + " is told twice of " + entry);
        }
        if (publication.offset() != entry.offset()) {
            throw new AssertionError(name + " is told a wrong offset: " + publication + " of " + entry);
        }
        if (entry.offset() <= lastShown) {
            throw new AssertionError(name + " is told " + entry + " after " + lastShown);
        }
        if (entry.offset() <= dueFrom) {
            throw new AssertionError(name + " is told " + entry + " although it had all up to " + dueFrom);
        }
        lastShown = entry.offset();
        position = new StreamPosition(epoch, entry.offset());
        assertHasAllUpTo(entry.offset(), "when told of " + entry);
    }

    private void assertHasAllUpTo(long offset, String when) {
        Inbox inbox = world.inboxes().inbox(epoch);
        if (inbox == null) {
            return;
        }
        for (Entry entry : inbox.entries()) {
            boolean due = entry.offset() > dueFrom && entry.offset() <= offset;
            if (due && !shown.contains(entry.uid()) && !knownGone.contains(entry)) {
                if (!entry.isGone()) {
                    throw new AssertionError(name + " misses " + entry + " " + when);
                }
                if (!maySkip && entry.goneAt() <= answers.knownAt()) {
                    throw new AssertionError(name + " is not told that " + entry + " is gone, " + when);
                }
                knownGone.add(entry);
            }
        }
    }

    /** At rest: it has all that there is. */
    void assertWhole() {
        Inbox inbox = world.inboxes().inbox(user);
        if (inbox == null) {
            return;
        }
        for (Entry entry : inbox.entries()) {
            boolean due = !entry.isGone() && !(inbox.epochText().equals(epoch) && entry.offset() <= dueFrom);
            if (due && !shown.contains(entry.uid())) {
                throw new AssertionError(name + " misses " + entry + " at rest; its position is " + position);
            }
        }
    }

    /** Where the client would go on. */
    InboxPosition end() {
        return InboxPosition.of(position.epoch(), position.offset());
    }
}
