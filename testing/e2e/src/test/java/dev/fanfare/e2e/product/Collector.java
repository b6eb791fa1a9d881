package dev.fanfare.e2e.product;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A collector of traces: takes OTLP over HTTP (opentelemetry/proto/collector/trace/v1) and remembers of each span what tests
 * ask for. As strict as its own reading: what is no such message is answered with 400.
 */
public final class Collector implements AutoCloseable {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private Collector(HttpServer server) {
        this.server = server;
    }

    /** @param attributes texts and numbers only */
    public record Span(
            String service, String traceId, String id, String parentId, String name, Map<String, String> attributes) {}

    static Collector start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Collector collector = new Collector(server);
        server.createContext("/v1/traces", collector::take);
        server.start();
        return collector;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Span> spansOf(String traceId) {
        return spans.stream().filter(span -> span.traceId.equals(traceId)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        int status = OK;
        try {
            read(exchange.getRequestBody().readAllBytes());
        } catch (IOException e) {
            status = BAD_REQUEST;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void read(byte[] request) throws IOException {
        for (Field resourceSpans : fields(request)) {
            List<Field> parts = fields(resourceSpans.bytes);
            Map<String, String> resource = new TreeMap<>();
            for (Field part : parts) {
                if (part.number == 1) {
                    resource.putAll(attributes(fields(part.bytes), 1));
                }
            }
            for (Field scopeSpans : parts) {
                if (scopeSpans.number == 2) {
                    for (Field span : fields(scopeSpans.bytes)) {
                        if (span.number == 2) {
                            spans.add(span(resource.get("service.name"), fields(span.bytes)));
                        }
                    }
                }
            }
        }
    }

    private static Span span(String service, List<Field> fields) throws IOException {
        return new Span(
                service,
                HexFormat.of().formatHex(bytes(fields, 1)),
                HexFormat.of().formatHex(bytes(fields, 2)),
                HexFormat.of().formatHex(bytes(fields, 4)),
                new String(bytes(fields, 5), StandardCharsets.UTF_8),
                attributes(fields, 9));
    }

    private static Map<String, String> attributes(List<Field> fields, int number) throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        for (Field attribute : fields) {
            if (attribute.number == number) {
                List<Field> keyAndValue = fields(attribute.bytes);
                for (Field value : fields(bytes(keyAndValue, 2))) {
                    attributes.put(new String(bytes(keyAndValue, 1), StandardCharsets.UTF_8), value.text());
                }
            }
        }
        return attributes;
    }

    private static byte[] bytes(List<Field> fields, int number) {
        return fields.stream()
                .filter(field -> field.number == number)
                .findFirst()
                .map(Field::bytes)
                .orElse(new byte[0]);
    }

    /** @param bytes null for a number */
    private record Field(int number, byte[] bytes, long value) {

        String text() {
            return bytes == null ? Long.toString(value) : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static List<Field> fields(byte[] message) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(message);
        List<Field> fields = new ArrayList<>();
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> fields.add(new Field(number, input.readByteArray(), 0));
                case WireFormat.WIRETYPE_VARINT -> fields.add(new Field(number, null, input.readRawVarint64()));
                case WireFormat.WIRETYPE_FIXED64 -> fields.add(new Field(number, null, input.readRawLittleEndian64()));
                case WireFormat.WIRETYPE_FIXED32 -> fields.add(new Field(number, null, input.readRawLittleEndian32()));
                default -> throw new IOException("not a message of protobuf: tag " + tag);
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
