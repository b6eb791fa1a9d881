package dev.fanfare.gateway.zim;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query of a call: the common parameters, and for an action with GET all others too. Lists are repeated keys with
 * brackets, {@code UserId[]=a&UserId[]=b}. Escapes that are broken or no UTF-8 are refused, never replaced.
 */
public final class ZimQuery {

    private static final int MAX_PARAMETERS = 1_000;

    private final Map<String, List<String>> values;

    private ZimQuery(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * @param query as it came, without the question mark; null is none
     * @return empty: it cannot be read
     */
    public static Optional<ZimQuery> read(String query) {
        try {
            return Optional.of(new ZimQuery(decode(query == null ? "" : query)));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** One byte is one character to the decoder, which would replace what is no UTF-8; what comes out is read as UTF-8. */
    private static Map<String, List<String>> decode(String query) throws CharacterCodingException {
        if (query.chars().filter(c -> c == '&').count() >= MAX_PARAMETERS) {
            throw new IllegalArgumentException("more than " + MAX_PARAMETERS + " parameters");
        }
        String bytes = new String(query.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var decoder = new QueryStringDecoder(bytes, StandardCharsets.ISO_8859_1, false, MAX_PARAMETERS, true);
        Map<String, List<String>> decoded = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : decoder.parameters().entrySet()) {
            List<String> texts = new ArrayList<>();
            for (String value : parameter.getValue()) {
                texts.add(utf8(value));
            }
            decoded.put(utf8(parameter.getKey()), texts);
        }
        return decoded;
    }

    private static String utf8(String bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
    }

    /** The first value of a parameter; null where it is absent or empty. */
    public String text(String name) {
        List<String> given = values.get(name);
        return given == null || given.get(0).isEmpty() ? null : given.get(0);
    }

    /** All values of {@code name[]}, and of {@code name} alone, as some HTTP clients write a list; empty where there is none. */
    public List<String> texts(String name) {
        return values.getOrDefault(name + "[]", values.getOrDefault(name, List.of()));
    }
}
