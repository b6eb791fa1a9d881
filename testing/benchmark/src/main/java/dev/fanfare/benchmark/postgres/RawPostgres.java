package dev.fanfare.benchmark.postgres;

import dev.fanfare.contracts.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL with nothing around it: the rows that the product has written for an app, written again by one connection
 * into tables with the same columns and indexes, {@value #BATCH} rows a statement and a commit. Argument: a JDBC URL.
 * Commands on stdin, each answered by one line of JSON:
 *
 * <pre>
 * read APP TABLE...    takes the app's rows of these tables into memory
 * write                writes them, into tables that are empty
 * quit
 * </pre>
 */
public final class RawPostgres {

    private static final int BATCH = 500;

    private final Connection connection;
    private final List<Rows> all = new ArrayList<>();

    private RawPostgres(Connection connection) {
        this.connection = connection;
    }

    /** @param columns quoted, with commas between them */
    private record Rows(String table, String columns, List<Object[]> values) {

        String copy() {
            return "benchmark." + table;
        }

        String insert(int count) {
            String row = "(" + String.join(", ", Collections.nCopies(values.get(0).length, "?")) + ")";
            return "insert into " + copy() + " (" + columns + ") values "
                    + String.join(", ", Collections.nCopies(count, row));
        }
    }

    /** Serves until stdin ends. */
    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            RawPostgres postgres = new RawPostgres(connection);
            say(Map.of("event", "ready"));
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "read" -> say(postgres.read(words[1], Arrays.copyOfRange(words, 2, words.length)));
                    case "write" -> say(postgres.write());
                    default -> {
                        return;
                    }
                }
            }
        }
    }

    private static void say(Map<String, ?> answer) {
        System.out.println(new String(Json.write(answer), StandardCharsets.UTF_8));
    }

    private Map<String, Object> read(String app, String... tables) throws SQLException {
        all.clear();
        connection.setAutoCommit(true);
        int rows = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists benchmark");
            for (String table : tables) {
                statement.execute("drop table if exists benchmark." + table);
                statement.execute("create table benchmark." + table + " (like delivery." + table
                        + " including defaults including indexes)");
                Rows read = read(app, table);
                all.add(read);
                rows += read.values().size();
            }
        }
        return Map.of("event", "read", "rows", rows);
    }

    private Rows read(String app, String table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select * from delivery." + table + " where app_key = ?")) {
            query.setString(1, app);
            try (ResultSet found = query.executeQuery()) {
                int width = found.getMetaData().getColumnCount();
                List<String> names = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    names.add('"' + found.getMetaData().getColumnName(i) + '"');
                }
                List<Object[]> values = new ArrayList<>();
                while (found.next()) {
                    Object[] row = new Object[width];
                    for (int i = 0; i < width; i++) {
                        row[i] = found.getObject(i + 1);
                    }
                    values.add(row);
                }
                return new Rows(table, String.join(", ", names), values);
            }
        }
    }

    private Map<String, Object> write() throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            for (Rows rows : all) {
                statement.execute("truncate " + rows.copy());
            }
        }
        connection.setAutoCommit(false);
        long begin = System.nanoTime();
        for (Rows rows : all) {
            int count = rows.values().size();
            for (int from = 0; from < count; from += BATCH) {
                write(rows, from, Math.min(count, from + BATCH));
                connection.commit();
            }
        }
        return Map.of("event", "written", "ns", System.nanoTime() - begin);
    }

    private void write(Rows rows, int from, int to) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(rows.insert(to - from))) {
            int at = 1;
            for (Object[] row : rows.values().subList(from, to)) {
                for (Object value : row) {
                    insert.setObject(at++, value);
                }
            }
            insert.executeUpdate();
        }
    }
}
