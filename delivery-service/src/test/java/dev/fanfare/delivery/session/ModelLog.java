package dev.fanfare.delivery.session;

import dev.fanfare.contracts.delivery.InApp;
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
    record Entry(long offset, long time, String app, String uid, byte[] data, InApp inApp, String recalls) {
        /** The same elsewhere. */
        Entry at(long otherOffset) {
            return new Entry(otherOffset, time, app, uid, data, inApp, recalls);
        }

        boolean isLive() {
            return inApp == InApp.LIVE;
        }

        boolean isKept() {
            return inApp == InApp.KEPT;
        }
    }

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
        publish(time, app, uid, padding, InApp.WINDOW, null);
    }

    /** @param recalls an earlier message that this takes back, or null */
    void publish(long time, String app, String uid, int padding, InApp inApp, String recalls) {
        byte[] data = ("{\"messageUID\":\"" + uid + "\",\"content\":\"" + "x".repeat(padding) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        entries.add(new Entry(++nextOffset, time, app, uid, data, inApp, recalls));
    }

    /** The same command again, expanded twice. */
    void repeat(long time, Entry entry) {
        entries.add(
                new Entry(++nextOffset, time, entry.app(), entry.uid(), entry.data(), entry.inApp(), entry.recalls()));
    }

    /** A transaction's marker, which no consumer sees, and a record that nobody can read. */
    void noise(long time) {
        nextOffset++;
        entries.add(new Entry(++nextOffset, time, null, null, null, InApp.NONE, null));
    }

    /** Whether this message was taken back by a record up to this offset. */
    boolean isRecalled(String app, String uid, long upTo) {
        return entries.stream()
                .anyMatch(entry -> entry.offset() <= upTo && app.equals(entry.app()) && uid.equals(entry.recalls()));
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
}
