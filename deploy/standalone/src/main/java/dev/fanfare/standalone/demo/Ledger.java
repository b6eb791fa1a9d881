package dev.fanfare.standalone.demo;

import dev.fanfare.standalone.launch.Console;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who must have received what, as a table with a verdict. */
final class Ledger {

    private static final String ROW = "  %-17s  %-11s  %-13s  %s";
    private static final List<String> COLUMNS = List.of(Demo.BROADCAST, Demo.GROUP_STATUS, Demo.TEMPLATE);

    private final List<Expectation> expectations = new ArrayList<>();

    void add(Expectation expectation) {
        expectations.add(expectation);
    }

    boolean allMet() {
        return expectations.stream().allMatch(Expectation::met);
    }

    void print(Console console) {
        console.blank();
        console.line(String.format(ROW, "", COLUMNS.get(0), COLUMNS.get(1), COLUMNS.get(2)));
        Set<String> rows = new LinkedHashSet<>();
        expectations.forEach(expectation -> rows.add(expectation.who()));
        for (String who : rows) {
            console.line(String.format(
                    ROW, who, cell(who, COLUMNS.get(0)), cell(who, COLUMNS.get(1)), cell(who, COLUMNS.get(2))));
        }
        console.blank();
        expectations.stream()
                .flatMap(expectation -> expectation.complaint().stream())
                .forEach(complaint -> console.line("  ✘ " + complaint));
        console.line(allMet() ? "✔ every message is where it belongs" : "✘ not every message is where it belongs");
        console.blank();
    }

    private String cell(String who, String what) {
        Optional<Expectation> expectation = expectations.stream()
                .filter(candidate ->
                        candidate.who().equals(who) && candidate.what().equals(what))
                .findFirst();
        return expectation.map(Expectation::cell).orElse("");
    }
}
