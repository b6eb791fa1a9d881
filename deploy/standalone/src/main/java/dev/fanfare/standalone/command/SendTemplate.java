package dev.fanfare.standalone.command;

import dev.fanfare.standalone.client.TemplateMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code fanfare send template}: one text with placeholders, to each user with values of its own. */
@Command(
        name = "template",
        description = {
            "One text with placeholders, to up to 100 users, each with values of their own:",
            "  fanfare send template --text 'Hello {name}' --to u1 --value name=Anna --to u2 --value name=Ben"
        })
public final class SendTemplate implements Callable<Integer> {

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private MessageOptions message;

    @ArgGroup(exclusive = false, multiplicity = "1..*")
    private List<Recipient> recipients;

    @Option(names = "--push", paramLabel = "TEXT", description = "What a push notification says; has placeholders too.")
    private String push;

    static final class Recipient {

        @Option(names = "--to", paramLabel = "USER", required = true, description = "A user; may be repeated.")
        private String user;

        @Option(
                names = "--value",
                paramLabel = "NAME=TEXT",
                converter = Value.Parser.class,
                description = "What stands for {NAME} in the text to the user before; may be repeated.")
        private List<Value> values = new ArrayList<>();

        private TemplateMessage.Recipient get() {
            Map<String, String> texts = new LinkedHashMap<>();
            values.forEach(value -> texts.put(value.name, value.text));
            return new TemplateMessage.Recipient(user, texts);
        }
    }

    /** Taken apart here, because the parser would look for quotes in the text. */
    private record Value(String name, String text) {

        private static Value parse(String argument) {
            int end = argument.indexOf('=');
            if (end < 1) {
                throw new TypeConversionException("'" + argument + "' is not NAME=TEXT");
            }
            return new Value(argument.substring(0, end), argument.substring(end + 1));
        }

        static final class Parser implements ITypeConverter<Value> {

            @Override
            public Value convert(String argument) {
                return parse(argument);
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        List<TemplateMessage.Recipient> to =
                recipients.stream().map(Recipient::get).toList();
        TemplateMessage template =
                TemplateMessage.of(message.from(), message.objectName(), message.content(), to, push);
        return message.show(gateway.client().postJson(TemplateMessage.PATH, template));
    }
}
