package dev.fanfare.runtime.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * A log record as one line of JSON: {@code timestamp}, {@code level}, {@code logger}, {@code thread}, {@code message}, and
 * where there are any {@code exception} with its stack, {@code traceId} and {@code spanId}. Ids that stand in the message as
 * {@code name=value} ({@code messageUid}, {@code app}, {@code topic}, ...) are fields of their own, too, so that one can look
 * for them. Thread-safe.
 */
final class JsonLines extends ExtFormatter {

    private static final Pattern IDS =
            Pattern.compile("\\b(messageUid|app|userId|requestId|topic|partition|offset|outcome|reason)=([^\\s,;]+)");

    @Override
    public String format(ExtLogRecord record) {
        String message = formatMessage(record);
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("timestamp", record.getInstant().toString());
        line.put("level", record.getLevel().getName());
        line.put("logger", record.getLoggerName());
        line.put("thread", record.getThreadName());
        line.put("message", message);
        IDS.matcher(message).results().forEach(id -> line.put(id.group(1), id.group(2)));
        record.getMdcCopy().forEach(line::put);
        if (record.getThrown() != null) {
            line.put("exception", stackOf(record.getThrown()));
        }
        return new String(Json.write(line), StandardCharsets.UTF_8) + "\n";
    }

    private static String stackOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
