package dev.fanfare.delivery.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.protocol.Codec.BadFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever bytes a stranger sends: commands, or a BadFrameException. */
class CodecFuzzTest {

    @Property(tries = 3000)
    void protobufReadsOrRefusesAnyBytes(@ForAll byte[] frame) {
        assertThat(readsOrRefuses(Codec.PROTOBUF, frame)).isTrue();
    }

    @Property(tries = 3000)
    void jsonReadsOrRefusesAnyBytes(@ForAll byte[] frame) {
        assertThat(readsOrRefuses(Codec.JSON, frame)).isTrue();
    }

    @Property(tries = 3000)
    void jsonReadsOrRefusesDamagedCommands(@ForAll("damaged") String frame) {
        assertThat(readsOrRefuses(Codec.JSON, frame.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Provide
    Arbitrary<String> damaged() {
        String whole =
                "{\"id\":1,\"connect\":{\"token\":\"T\",\"subs\":{\"broadcast\":{\"recover\":true,\"offset\":41}}}}";
        return Arbitraries.integers().between(0, whole.length() - 1).flatMap(at -> Arbitraries.strings()
                .withChars("{}[]\",:0a\n\\")
                .ofMaxLength(4)
                .map(noise -> whole.substring(0, at) + noise + whole.substring(Math.min(whole.length(), at + 2))));
    }

    private static boolean readsOrRefuses(Codec codec, byte[] frame) {
        try {
            List<ClientCommand> commands = codec.decode(frame);
            return commands != null;
        } catch (BadFrameException e) {
            return e.getCause() != null;
        }
    }
}
