package dev.fanfare.standalone.command;

import dev.fanfare.contracts.Json;
import dev.fanfare.standalone.client.Form;
import dev.fanfare.standalone.client.Reply;
import dev.fanfare.standalone.launch.Console;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every message has, and how an answer is shown. */
final class MessageOptions {

    /** Headers that say something about the call; the rest is transport. */
    private static final List<String> SHOWN =
            List.of("ratelimit", "x-ratelimit", "retry-after", "x-request", "x-fanfare");

    @Option(names = "--from", paramLabel = "USER", description = "The sender (default: ${DEFAULT-VALUE}).")
    private String from = "system";

    @Option(names = "--object-name", paramLabel = "TYPE", description = "The type (default: ${DEFAULT-VALUE}).")
    private String objectName = "RC:TxtMsg";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Body body;

    static final class Body {

        @Option(names = "--text", required = true, description = "The text of a text message.")
        private String text;

        @Option(
                names = "--content",
                required = true,
                description = "The content as it is, JSON for the built-in types.")
        private String content;
    }

    String from() {
        return from;
    }

    String objectName() {
        return objectName;
    }

    String content() {
        return body.content != null
                ? body.content
                : new String(Json.write(Map.of("content", body.text)), StandardCharsets.UTF_8);
    }

    Form form() {
        return new Form()
                .with("fromUserId", from)
                .with("objectName", objectName)
                .with("content", content());
    }

    /** Prints status, headers of interest and body; the exit code says whether the call was accepted. */
    int show(Reply reply) {
        Console console = new Console(command.commandLine().getOut());
        console.line("HTTP " + reply.status());
        reply.headers().forEach((name, values) -> {
            if (SHOWN.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)) {
                console.line(name + ": " + String.join(", ", values));
            }
        });
        console.line(reply.body());
        return reply.ok() ? 0 : 1;
    }
}
