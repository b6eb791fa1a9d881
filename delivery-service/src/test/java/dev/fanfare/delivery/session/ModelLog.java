package dev.fanfare.delivery.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The topic: what was published, in order, and what each app's clients are due of it. */
final class ModelLog {

    private final String topicId;
    private final List<Entry> entries = new ArrayList<>();
    private long nextOffset;

    ModelLog(String topicId) {
        this.topicId = topicId;
    }

    /**
     * @param offset Kafka's offset plus one
     * @param app null for a record that is no broadcast
     */
    record Entry(long offset, long time, String app, String uid, byte[] data) {}

    String topicId() {
        return topicId;
    }

    String epoch() {
        return topicId + ".0";
    }

    List<Entry> entries() {
        return entries;
    }

    /** The Kafka offset of the next record. */
    long nextOffset() {
        return nextOffset;
    }

    void publish(long time, String app, String uid, int padding) {
        byte[] data = ("{\"messageUID\":\"" + uid + "\",\"content\":\"" + "x".repeat(padding) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        entries.add(new Entry(++nextOffset, time, app, uid, data));
    }

    /** The same command again, expanded twice. */
    void repeat(long time, Entry entry) {
        entries.add(new Entry(++nextOffset, time, entry.app(), entry.uid(), entry.data()));
    }

    /** A transaction's marker, which no consumer sees, and a record that nobody can read. */
    void noise(long time) {
        nextOffset++;
        entries.add(new Entry(++nextOffset, time, null, null, null));
    }

    /** The messages of an app, each once, where it stands first; among the records of these places. */
    List<Entry> messages(String app, int from, int to) {
        Set<String> uids = new HashSet<>();
        List<Entry> messages = new ArrayList<>();
        for (Entry entry : entries.subList(from, to)) {
            if (app.equals(entry.app()) && uids.add(entry.uid())) {
                messages.add(entry);
            }
        }
        return messages;
    }

    /** All messages of an app. */
    List<Entry> messages(String app) {
        return messages(app, 0, entries.size());
    }

    /** What the window of a node that has read these places has lost: all up to this offset. */
    long lostUpTo(String app, int from, int to, long beginning, long notBefore, long maxBytes) {
        List<Entry> messages = messages(app, from, to);
        long bytes = 0;
        for (int i = messages.size() - 1; i >= 0; i--) {
            Entry entry = messages.get(i);
            bytes += entry.data().length;
            if (entry.time() < notBefore || bytes > maxBytes && i < messages.size() - 1) {
                return entry.offset();
            }
        }
        return beginning;
    }
}
