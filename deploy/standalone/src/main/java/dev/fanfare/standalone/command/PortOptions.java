package dev.fanfare.standalone.command;

import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Adds an option for every {@link PortName} to a command, and reads what was given. */
final class PortOptions implements IModelTransformer {

    private static final int HIGHEST = 65_535;

    @Override
    public CommandSpec transform(CommandSpec command) {
        for (PortName name : PortName.values()) {
            command.addOption(OptionSpec.builder(name.option())
                    .type(Integer.class)
                    .converters(PortOptions::port)
                    .paramLabel("PORT")
                    .description("For " + name.part() + " (default: " + name.defaultPort() + ").")
                    .build());
        }
        return command;
    }

    /** @param free whether what was not given is any free port, or the default */
    static Ports in(CommandSpec command, boolean free, int nodes) {
        Map<PortName, Integer> chosen = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            Integer port = command.findOption(name.option()).getValue();
            if (port != null) {
                chosen.put(name, port);
            }
        }
        return free ? Ports.free(chosen, nodes) : new Ports(chosen, nodes, List.of());
    }

    private static Integer port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= HIGHEST) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no port");
        }
        throw new TypeConversionException("a port is between 1 and " + HIGHEST + ", not " + text);
    }
}
