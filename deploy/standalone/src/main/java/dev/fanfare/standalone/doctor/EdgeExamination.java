package dev.fanfare.standalone.doctor;

import dev.fanfare.standalone.process.PortProbe;
import java.util.List;

/** Whether clients could connect on this machine. */
public final class EdgeExamination implements Examination {

    private final int port;

    public EdgeExamination(int port) {
        this.port = port;
    }

    @Override
    public List<Finding> examine() {
        return List.of(Finding.of(
                "client edge",
                new PortProbe(port),
                "See what delivery-service says: it opens the port when it is ready"));
    }
}
