package dev.fanfare.runtime.intake;

import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.topic.Topic;
import java.util.List;
import java.util.function.Function;

/** A kind of command: where it is written, what it is read as, what it must be like. */
public record CommandType<C>(Topic topic, Class<C> type, Function<C, List<Violation>> rules) {}
