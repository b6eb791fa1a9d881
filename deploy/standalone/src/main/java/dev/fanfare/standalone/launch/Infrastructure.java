package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import dev.fanfare.standalone.process.Part;
import java.util.List;

/** What the services need, started before and stopped after them. */
final class Infrastructure {

    private Infrastructure() {}

    static List<Part> of(DataDir data, Ports ports) {
        return List.of(
                new KafkaPart(data.kafka(), ports.of(PortName.KAFKA), data.log("kafka")),
                new PostgresPart(data.postgres(), ports.of(PortName.POSTGRES), data.log("postgres")),
                new RedisPart(data.redis(), ports.of(PortName.REDIS)));
    }
}
