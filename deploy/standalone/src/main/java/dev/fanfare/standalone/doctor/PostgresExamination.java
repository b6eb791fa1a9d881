package dev.fanfare.standalone.doctor;

import dev.fanfare.contracts.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Asks PostgreSQL for its clock and for the migrations that it has had. */
public final class PostgresExamination implements Examination {

    private static final String PART = "PostgreSQL";
    private static final String ENCODING = "UTF8";
    /** SQLSTATE: no such table, or no such schema. */
    private static final List<String> NOT_THERE = List.of("42P01", "3F000");

    private final String jdbcUrl;
    private final String user;
    private final Secret password;
    private final Map<String, Integer> newest;
    private final Clock clock;

    /**
     * @param newest the schemas and the newest migration of each that the services at hand have; 0 if that is not known
     */
    public PostgresExamination(String jdbcUrl, String user, Secret password, Map<String, Integer> newest, Clock clock) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.newest = newest;
        this.clock = clock;
    }

    @Override
    public List<Finding> examine() {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password.reveal());
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "5");
        try (Connection connection = DriverManager.getConnection(jdbcUrl, login);
                Statement statement = connection.createStatement()) {
            List<Finding> findings = new ArrayList<>();
            findings.add(clock(statement));
            findings.add(encoding(statement));
            for (var schema : newest.entrySet()) {
                findings.add(schema(statement, schema.getKey(), schema.getValue()));
            }
            return findings;
        } catch (SQLException e) {
            return List.of(Finding.wrong(
                    PART,
                    "cannot be asked on " + jdbcUrl + ": "
                            + e.getMessage().lines().findFirst().orElse(""),
                    "Start it, or correct address, user and password"));
        }
    }

    private Finding clock(Statement statement) throws SQLException {
        try (ResultSet now = statement.executeQuery("select clock_timestamp()")) {
            now.next();
            return ClockRule.judge(
                    PART,
                    Duration.between(
                            clock.instant(),
                            now.getObject(1, OffsetDateTime.class).toInstant()));
        }
    }

    /** In another one letters may be counted as bytes, and what is within Fanfare's limits does not fit. */
    private static Finding encoding(Statement statement) throws SQLException {
        try (ResultSet encoding = statement.executeQuery("show server_encoding")) {
            encoding.next();
            String name = encoding.getString(1);
            return name.equals(ENCODING)
                    ? Finding.well(PART, "keeps texts in " + ENCODING)
                    : Finding.wrong(
                            PART,
                            "keeps texts in " + name,
                            "Create the database anew: create database fanfare template template0 encoding '" + ENCODING
                                    + "'");
        }
    }

    private static Finding schema(Statement statement, String schema, int newest) throws SQLException {
        String history = "select coalesce(max(version::int) filter (where success), 0),"
                + " count(*) filter (where not success) from " + schema
                + ".flyway_schema_history where version is not null";
        try (ResultSet versions = statement.executeQuery(history)) {
            versions.next();
            return SchemaRule.judge(PART, schema, versions.getInt(1), versions.getInt(2), newest);
        } catch (SQLException e) {
            if (NOT_THERE.contains(e.getSQLState())) {
                return SchemaRule.missing(PART, schema);
            }
            throw e;
        }
    }
}
