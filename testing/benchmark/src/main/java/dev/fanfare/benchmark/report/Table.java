package dev.fanfare.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Rows of words and numbers under a header, for the terminal and for Markdown. */
public record Table(List<String> header, List<List<String>> rows) {

    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("the header has " + header.size() + " columns, a row " + row);
            }
        }
    }

    /** As many digits as a figure of a benchmark deserves: three, and thousands apart. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1000) {
            double rounded = Math.round(value / unit(size)) * unit(size);
            return String.format(Locale.ROOT, "%,d", (long) rounded);
        }
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static double unit(double size) {
        return Math.pow(10, Math.floor(Math.log10(size)) - 2);
    }

    /** As Markdown has it. Also easy to read in a terminal, for the columns are aligned. */
    public String markdown() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] widths = new int[header.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder(line(header, widths));
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            rules.add(i == 0 ? "-".repeat(widths[i]) : "-".repeat(Math.max(1, widths[i] - 1)) + ":");
        }
        text.append(line(rules, widths));
        rows.forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private static String line(List<String> row, int[] widths) {
        StringJoiner cells = new StringJoiner(" | ", "| ", " |\n");
        for (int i = 0; i < widths.length; i++) {
            String padding =
                    String.join("", Collections.nCopies(widths[i] - row.get(i).length(), " "));
            cells.add(i == 0 ? row.get(i) + padding : padding + row.get(i));
        }
        return cells.toString();
    }
}
