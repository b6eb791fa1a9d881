package dev.fanfare.standalone.launch;

import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.embedded.LocalRedis;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.process.Leftover;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Ends what a launcher left running on a data folder when it was killed. Only for whoever has the installation's lock. */
final class Leftovers {

    /** Redis hides its arguments, and the executable may be the machine's own. */
    private static final String REDIS = "redis";

    private final List<Leftover> services;
    private final List<Leftover> infrastructure;

    Leftovers(Path home, DataDir data) {
        services = Services.leftovers(home, data);
        infrastructure = List.of(
                new Leftover(
                        "PostgreSQL",
                        LocalPostgres.pidFile(data.postgres()),
                        data.postgres().toString()),
                new Leftover("Redis", LocalRedis.pidFile(data.redis()), REDIS));
    }

    /** The names of those that run. */
    List<String> names() {
        return Stream.concat(services.stream(), infrastructure.stream())
                .filter(Leftover::runs)
                .map(Leftover::part)
                .toList();
    }

    /** Ends them, the services first. */
    void stop() throws InterruptedException {
        Leftover.stopAll(services);
        Leftover.stopAll(infrastructure);
    }
}
