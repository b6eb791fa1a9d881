package dev.fanfare.standalone.doctor;

import dev.fanfare.standalone.installation.ServiceName;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The schemas of the services, and the newest migration of each that this working copy has. */
public final class Migrations {

    private static final Pattern FILE = Pattern.compile("V(\\d+)__.*\\.sql");
    private static final String SCHEMA = "quarkus.flyway.default-schema";

    private Migrations() {}

    /** @param home the working copy; there are none where it has no sources */
    public static Map<String, Integer> newest(Path home) throws IOException {
        Map<String, Integer> newest = new TreeMap<>();
        for (ServiceName service : ServiceName.values()) {
            Path resources = home.resolve(service.module()).resolve("src/main/resources");
            Path settings = resources.resolve("application.properties");
            if (Files.exists(settings)) {
                Properties properties = new Properties();
                try (Reader reader = Files.newBufferedReader(settings)) {
                    properties.load(reader);
                }
                if (properties.containsKey(SCHEMA)) {
                    newest.put(properties.getProperty(SCHEMA), newestIn(resources.resolve("db")));
                }
            }
        }
        return newest;
    }

    private static int newestIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElse(0);
        }
    }
}
