package dev.fanfare.delivery.session;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxState;
import dev.fanfare.delivery.user.UserKey;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** PostgreSQL as the nodes meet it: all users' inboxes and the positions of devices in them. Answers when it is told to. */
final class ModelInbox {

    private final Setup.Inboxes setup;
    private final Map<UserKey, Inbox> present = new HashMap<>();
    private final Map<String, Inbox> byEpoch = new HashMap<>();
    private final Map<String, Entry> byUid = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<DeviceRef, InboxPosition> positions = new HashMap<>();
    private final Map<String, Asked> asked = new HashMap<>();
    private final Queue<Runnable> questions = new ArrayDeque<>();
    private final Queue<Runnable> confirmations = new ArrayDeque<>();
    private boolean away;
    private long epochs = 1000;
    /** Counts what ends the life of messages. */
    private long moment;

    ModelInbox(Setup.Inboxes setup) {
        this.setup = setup;
    }

    /** One life of a user's inbox. */
    static final class Inbox {
        private final UserKey user;
        private final long epoch;
        private final List<Entry> entries = new ArrayList<>();
        private long goneUpTo;

        private Inbox(UserKey user, long epoch) {
            this.user = user;
            this.epoch = epoch;
        }

        UserKey user() {
            return user;
        }

        InboxPosition end() {
            return new InboxPosition(epoch, entries.size());
        }

        String epochText() {
            return end().epochText();
        }

        /** All that was ever in it, in order. */
        List<Entry> entries() {
            return entries;
        }
    }

    /** A message in an inbox. */
    static final class Entry {
        private final Inbox inbox;
        private final long offset;
        private final ClientMessage message;
        private final byte[] data;
        private long goneAt = Long.MAX_VALUE;

        private Entry(Inbox inbox, long offset, ClientMessage message) {
            this.inbox = inbox;
            this.offset = offset;
            this.message = message;
            this.data = Json.write(message);
        }

        Inbox inbox() {
            return inbox;
        }

        InboxPosition position() {
            return new InboxPosition(inbox.epoch, offset);
        }

        long offset() {
            return offset;
        }

        ClientMessage message() {
            return message;
        }

        String uid() {
            return message.messageUID();
        }

        boolean isGone() {
            return goneAt != Long.MAX_VALUE;
        }

        /** See {@link Asked#knownAt}. */
        long goneAt() {
            return goneAt;
        }

        @Override
        public String toString() {
            return uid() + "@" + offset + "/" + inbox.epochText() + (isGone() ? " (gone)" : "");
        }
    }

    /** What a session was answered. */
    static final class Asked {
        private InboxState state;
        private long goneUpTo;
        private boolean failed;
        private boolean welcomed;
        private long knownAt;

        /** Null if it was not answered before the session joined. */
        InboxState state() {
            return failed ? null : state;
        }

        /** Messages up to this offset were gone when the session was welcomed. */
        long goneUpTo() {
            return goneUpTo;
        }

        /** What was gone by then the client must be told of. */
        long knownAt() {
            return knownAt;
        }

        /** The session joins with what it knows now. */
        void close() {
            welcomed = true;
        }
    }

    /** Stores a message: the record that goes to the nodes. */
    Entry store(UserKey user, String uid, int padding) {
        Inbox inbox = present.computeIfAbsent(user, key -> {
            Inbox created = new Inbox(key, ++epochs);
            byEpoch.put(created.epochText(), created);
            return created;
        });
        ClientMessage message = new ClientMessage(
                uid, ConversationType.SYSTEM, "system", user.userId(), "RC:TxtMsg", "x".repeat(padding), 0, null);
        Entry entry = new Entry(inbox, inbox.entries.size() + 1, message);
        inbox.entries.add(entry);
        entries.add(entry);
        byUid.put(uid, entry);
        return entry;
    }

    /** The user's oldest messages go. */
    void expire(UserKey user, int count) {
        Inbox inbox = present.get(user);
        if (inbox != null) {
            moment++;
            long upTo = Math.min(inbox.entries.size(), inbox.goneUpTo + count);
            inbox.entries.subList((int) inbox.goneUpTo, (int) upTo).forEach(entry -> entry.goneAt = moment);
            inbox.goneUpTo = upTo;
        }
    }

    /** Everything of the user goes. */
    void delete(UserKey user) {
        expire(user, Integer.MAX_VALUE);
        present.remove(user);
        positions.keySet().removeIf(device -> new UserKey(device.appKey(), device.userId()).equals(user));
    }

    /** All that was ever stored, in order. */
    List<Entry> entries() {
        return entries;
    }

    /** Null if there is none. */
    Entry entry(String uid) {
        return byUid.get(uid);
    }

    /** Null if there is none now. */
    Inbox inbox(UserKey user) {
        return present.get(user);
    }

    /** Null if there was never one. */
    Inbox inbox(String epoch) {
        return byEpoch.get(epoch);
    }

    boolean isPresent(Inbox inbox) {
        return present.get(inbox.user) == inbox;
    }

    boolean isKept(SessionInfo session, InboxPosition position) {
        InboxPosition kept = positions.get(device(session));
        return kept != null && kept.covers(position);
    }

    Asked asked(String sessionId) {
        return asked.computeIfAbsent(sessionId, id -> new Asked());
    }

    /** While PostgreSQL is away questions fail, and what is confirmed waits. */
    void setAway(boolean isAway) {
        away = isAway;
    }

    /** @return whether there was anything to answer */
    boolean answer(int count) {
        boolean any = false;
        for (int i = 0; i < count && !questions.isEmpty(); i++) {
            questions.remove().run();
            any = true;
        }
        if (!away) {
            any |= !confirmations.isEmpty();
            for (int i = 0; i < count && !confirmations.isEmpty(); i++) {
                confirmations.remove().run();
            }
        }
        return any;
    }

    private <T> Uni<T> ask(Asked by, Supplier<T> query) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable question = () -> {
            if (away) {
                by.failed |= !by.welcomed;
                answer.completeExceptionally(new IllegalStateException("PostgreSQL is away"));
            } else {
                answer.complete(query.get());
            }
        };
        if (setup.atOnce()) {
            question.run();
        } else {
            questions.add(question);
        }
        return Uni.createFrom().completionStage(answer);
    }

    private static DeviceRef device(SessionInfo session) {
        return new DeviceRef(session.appKey(), session.userId(), session.namedItsDevice() ? session.deviceId() : "");
    }

    private static UserKey user(SessionInfo session) {
        return new UserKey(session.appKey(), session.userId());
    }

    Uni<InboxState> state(SessionInfo session) {
        Asked by = asked(session.sessionId());
        return ask(by, () -> {
            Inbox inbox = present.get(user(session));
            InboxState state =
                    new InboxState(inbox == null ? InboxPosition.NONE : inbox.end(), positions.get(device(session)));
            by.knownAt = moment;
            if (!by.welcomed) {
                by.state = state;
                by.goneUpTo = inbox == null ? 0 : inbox.goneUpTo;
            }
            return state;
        });
    }

    Uni<List<InboxMessage>> after(SessionInfo session, InboxPosition position, int bytes) {
        Asked by = asked(session.sessionId());
        return ask(by, () -> {
            Inbox inbox = present.get(user(session));
            List<InboxMessage> page = new ArrayList<>();
            if (inbox == null || inbox.epoch != position.epoch()) {
                if (!by.welcomed) {
                    // The user was deleted in between: all of it is gone.
                    by.goneUpTo = by.state.end().offset();
                    by.knownAt = moment;
                }
                return page;
            }
            if (!by.welcomed) {
                by.goneUpTo = inbox.goneUpTo;
                by.knownAt = moment;
            }
            int left = bytes;
            for (Entry entry : inbox.entries) {
                if (entry.offset > position.offset() && !entry.isGone() && page.size() < setup.pageMessages()) {
                    left -= entry.data.length;
                    if (left < 0 && !page.isEmpty()) {
                        break;
                    }
                    page.add(new InboxMessage(entry.offset, entry.uid(), entry.data));
                }
            }
            return page;
        });
    }

    CompletableFuture<Boolean> confirm(SessionInfo session, InboxPosition position) {
        if (away && setup.refuses()) {
            return CompletableFuture.failedFuture(new IllegalStateException("too much waits"));
        }
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        Runnable write = () -> {
            positions.merge(device(session), position, ModelInbox::later);
            kept.complete(true);
        };
        if (setup.atOnce() && !away) {
            write.run();
        } else {
            confirmations.add(write);
        }
        return kept;
    }

    private static InboxPosition later(InboxPosition known, InboxPosition latest) {
        return known.covers(latest) || known.epoch() > latest.epoch() ? known : latest;
    }
}
