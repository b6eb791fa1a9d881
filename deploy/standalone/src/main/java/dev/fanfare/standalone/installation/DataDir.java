package dev.fanfare.standalone.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that keeps an installation's data, and what lies where in it. */
public record DataDir(Path root) {

    private static final List<String> OURS =
            List.of("kafka", "postgres", "redis", "services", "logs", "run", "secrets.properties");

    public DataDir {
        root = root.toAbsolutePath().normalize();
    }

    /** Where an installation is if nobody says otherwise. */
    public static DataDir usual(Path home) {
        return new DataDir(home.resolve(".fanfare"));
    }

    /**
     * Whether Fanfare may use the folder as its own: it is new, or empty, or an installation's. Somebody's home is not.
     */
    public boolean isUsable() throws IOException {
        if (!Files.exists(root) || Files.exists(lock())) {
            return true;
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Held by whoever runs the installation; the mark of a folder that is one. */
    public Path lock() {
        return run().resolve("launcher.lock");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path redis() {
        return root.resolve("redis");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Pid files, the lock, the endpoints: true only while the product runs. */
    public Path run() {
        return root.resolve("run");
    }

    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    public Path endpoints() {
        return run().resolve("endpoints.properties");
    }

    /** The working directory of a service. */
    public Path service(String name) {
        return root.resolve("services").resolve(name);
    }

    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    public Path pidFile(String part) {
        return run().resolve(part + ".pid");
    }

    /** Makes the folders that the parts expect. */
    public void create() throws IOException {
        Files.createDirectories(logs());
        Files.createDirectories(run());
    }

    /** Deletes what Fanfare has written, and nothing else that may lie in the folder; the lock stays. */
    public void clear() throws IOException {
        for (String name : OURS) {
            Path tree = root.resolve(name);
            if (Files.exists(tree)) {
                delete(tree, lock());
            }
        }
    }

    private static void delete(Path tree, Path except) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder())
                    .filter(path -> !except.startsWith(path))
                    .forEach(DataDir::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
