package dev.fanfare.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.Violation.Kind;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One change of a good command, and what the rules say then; without a field it is consent. */
record RuleRow(String name, String field, Kind kind, Consumer<ObjectNode> change) {

    static RuleRow accepts(String name, Consumer<ObjectNode> change) {
        return new RuleRow(name, null, null, change);
    }

    static RuleRow refuses(String field, Kind kind, Consumer<ObjectNode> change) {
        return new RuleRow(null, field, kind, change);
    }

    <C> void check(ObjectNode command, Class<C> type, Function<C, List<Violation>> rules) {
        // Given
        change.accept(command);

        // When
        List<Violation> found = rules.apply(Json.mapper().convertValue(command, type));

        // Then
        if (field == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).hasSize(1);
            assertThat(found.get(0).field()).isEqualTo(field);
            assertThat(found.get(0).kind()).isEqualTo(kind);
            assertThat(found.get(0).text()).startsWith(field).doesNotContain("xxx");
        }
    }

    @Override
    public String toString() {
        return field == null ? "accepts " + name : field + " is " + kind;
    }
}
