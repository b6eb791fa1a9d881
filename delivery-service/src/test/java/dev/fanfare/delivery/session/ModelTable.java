package dev.fanfare.delivery.session;

import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.KeptBroadcast;
import dev.fanfare.delivery.window.KeptState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL's table of kept broadcasts, and who writes it, some way behind the log. */
final class ModelTable {

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, List<String>> recalled = new HashMap<>();
    private ModelLog log;
    /** So many of the log's records were written. */
    private int written = Integer.MAX_VALUE;

    /** @param epoch in which the message's offset means something */
    record Row(String epoch, ModelLog.Entry entry) {}

    /** The topic was made anew. */
    void follow(ModelLog newLog) {
        log = newLog;
        written = 0;
    }

    /** Writes so many records more. */
    void write(int records) {
        for (int i = 0; i < records && written < log.entries().size(); i++) {
            write(log.entries().get(written++));
        }
    }

    private void write(ModelLog.Entry entry) {
        if (entry.recalls() != null) {
            recalled.computeIfAbsent(entry.app(), app -> new ArrayList<>()).add(entry.recalls());
            rows.removeIf(row ->
                    row.entry.app().equals(entry.app()) && row.entry.uid().equals(entry.recalls()));
        }
        if (entry.isKept()
                && !recalled.getOrDefault(entry.app(), List.of()).contains(entry.uid())
                && rows.stream()
                        .noneMatch(row -> row.entry.app().equals(entry.app())
                                && row.entry.uid().equals(entry.uid()))) {
            rows.add(new Row(log.epoch(), entry));
        }
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** How many records of the log were written. */
    int written() {
        return written;
    }

    /** As a node reads it. */
    KeptState state() {
        return new KeptState(
                rows.stream()
                        .map(row -> new KeptBroadcast(row.epoch, ModelTable.broadcast(row.entry)))
                        .toList(),
                Map.copyOf(recalled),
                Map.of());
    }

    static Broadcast broadcast(ModelLog.Entry entry) {
        return new Broadcast(
                entry.app(), entry.offset(), entry.time(), entry.uid(), entry.data(), entry.inApp(), entry.recalls());
    }
}
