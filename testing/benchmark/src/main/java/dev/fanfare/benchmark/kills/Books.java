package dev.fanfare.benchmark.kills;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.standalone.client.GatewayClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the product itself has written down: its inboxes, and its ledger as a back end asks for it. */
final class Books {

    private static final int CALLERS = 16;

    private static final String ROWS =
            "select message_uid, count(*) from delivery.inbox_message where app_key = ? group by message_uid";

    private Books() {}

    /**
     * What the ledger says of a message to one user with one device.
     *
     * @param stored whether the user's inbox has it
     * @param delivered whether the device has it
     * @param pushed whether the device was pushed to
     */
    record Entry(long stored, long delivered, long pushed) {}

    /** How often each message of an app stands in an inbox. */
    static Map<String, Long> inboxes(String jdbcUrl, String appKey) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement(ROWS)) {
            statement.setString(1, appKey);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.put(found.getString(1), found.getLong(2));
                }
            }
        }
        return rows;
    }

    /** The messages of which the ledger says something else than is expected, with what it says. */
    static Map<String, Entry> differing(GatewayClient backEnd, Map<String, Entry> expected)
            throws InterruptedException, IOException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Map.Entry<String, Entry>>> calls = new ArrayList<>();
            expected.keySet().forEach(uid -> calls.add(() -> Map.entry(uid, ask(backEnd, uid))));
            Map<String, Entry> differing = new HashMap<>();
            for (Future<Map.Entry<String, Entry>> call : callers.invokeAll(calls)) {
                Map.Entry<String, Entry> told = call.get();
                if (!told.getValue().equals(expected.get(told.getKey()))) {
                    differing.put(told.getKey(), told.getValue());
                }
            }
            return differing;
        } catch (ExecutionException e) {
            throw new IOException("the ledger does not answer", e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    /** How many devices were pushed to, by the ledger. */
    static long pushed(GatewayClient backEnd, String messageUid) throws IOException, InterruptedException {
        return ask(backEnd, messageUid).pushed();
    }

    private static Entry ask(GatewayClient backEnd, String messageUid) throws IOException, InterruptedException {
        JsonNode told = backEnd.get("/fanfare/v1/messages/" + messageUid).json();
        return new Entry(
                told.path("users").path("stored").asLong(),
                told.path("devices").path("delivered").asLong(),
                told.path("devices").path("pushed").asLong());
    }
}
