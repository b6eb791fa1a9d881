package dev.fanfare.template;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.intake.CommandIntake;
import dev.fanfare.runtime.intake.CommandType;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads template commands and writes one delivery per recipient. At least once, in the order of the commands and, within
 * one, of its recipients; keyed by user, so that a user's messages stay in order.
 */
@ApplicationScoped
class TemplateCommands {

    private static final CommandType<TemplateCommand> TYPE =
            new CommandType<>(Topic.TEMPLATE_COMMAND, TemplateCommand.class, CommandRules::check);

    private final CommandIntake intake;

    TemplateCommands(CommandIntake intake) {
        this.intake = intake;
    }

    @Incoming("commands")
    Uni<Void> expand(Message<List<byte[]>> batch) {
        return intake.expandEach(TYPE, batch, received -> TemplateExpander.expand(received).stream()
                .map(TemplateCommands::record)
                .toList());
    }

    private static OutRecord record(DirectDelivery delivery) {
        String userId = delivery.userIds().get(0);
        return OutRecord.of(Topic.DELIVERY_DIRECT, RecordKey.ofUser(delivery.appKey(), userId), delivery);
    }
}
