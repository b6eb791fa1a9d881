package dev.fanfare.standalone.doctor;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether an installation of this machine has what it starts with, and keeps its secrets to itself. */
public final class ConfigurationExamination implements Examination {

    private static final String PART = "configuration";
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final DataDir data;

    public ConfigurationExamination(DataDir data) {
        this.data = data;
    }

    @Override
    public List<Finding> examine() {
        if (!Files.exists(data.secrets())) {
            return List.of(Finding.wrong(
                    PART,
                    data.root() + " is no installation",
                    "Make one with ./fanfare up, or give its folder with --data"));
        }
        List<Finding> findings = new ArrayList<>();
        look(data.secrets(), findings);
        for (ServiceName service : ServiceName.values()) {
            look(data.service(service.module()).resolve("config/application.properties"), findings);
        }
        if (!Files.exists(data.endpoints())) {
            findings.add(Finding.wrong(PART, "the installation is not running", "./fanfare up"));
        }
        return findings.isEmpty() ? List.of(Finding.well(PART, "present, in " + data.root())) : findings;
    }

    private static void look(Path file, List<Finding> findings) {
        try {
            if (!Files.exists(file)) {
                findings.add(Finding.wrong(PART, file + " is missing", "./fanfare up writes it"));
            } else if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                findings.add(Finding.wrong(PART, file + " can be read by others", "chmod 600 " + file));
            }
        } catch (IOException e) {
            findings.add(Finding.wrong(PART, file + " cannot be looked at", "Run as who has started the installation"));
        }
    }
}
