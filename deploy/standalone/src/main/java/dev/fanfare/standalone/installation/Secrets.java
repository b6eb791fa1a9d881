package dev.fanfare.standalone.installation;

import dev.fanfare.contracts.Secret;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The secrets by which the parts of one installation trust each other: made at random when the installation is, kept in
 * a file that only its owner reads, the same after every restart.
 *
 * @param signing signs the gateway's commands
 * @param tokenKey signs user tokens
 * @param internalKey opens the services' internal HTTP
 * @param adminToken opens the gateway's admin API
 * @param producer signs the commands of the producer {@value #PRODUCER}, who may speak for the demo app
 * @param credentialKey encrypts the credentials of push providers: 32 bytes, hexadecimal
 * @param settingsKey encrypts secrets of apps on their way from the gateway to the delivery service: the same
 */
public record Secrets(
        Secret signing,
        Secret tokenKey,
        Secret internalKey,
        Secret adminToken,
        Secret producer,
        Secret credentialKey,
        Secret settingsKey) {

    /** A producer beside the gateway, to try the Kafka interface with. */
    public static final String PRODUCER = "demo-producer";

    /** The property with which the file names the admin token. */
    public static final String ADMIN_TOKEN = "admin.token";

    private static final String SIGNING = "gateway.signing.secret";
    private static final String TOKEN_KEY = "token.key";
    private static final String INTERNAL_KEY = "internal.key";
    private static final String PRODUCER_SECRET = PRODUCER + ".secret";
    private static final String CREDENTIAL_KEY = "push.credential.key";
    private static final String SETTINGS_KEY = "settings.secret-key";
    private static final int BYTES = 32;

    /** Reads the file; what it lacks is made and written. */
    public static Secrets keptIn(Path file) throws IOException {
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
        }
        int before = kept.size();
        Secrets secrets = new Secrets(
                keptOrNew(kept, SIGNING),
                keptOrNew(kept, TOKEN_KEY),
                keptOrNew(kept, INTERNAL_KEY),
                keptOrNew(kept, ADMIN_TOKEN),
                keptOrNew(kept, PRODUCER_SECRET),
                keptOrNew(kept, CREDENTIAL_KEY),
                keptOrNew(kept, SETTINGS_KEY));
        if (kept.size() > before) {
            writePrivately(kept, file, "Made at random for this installation. Keep them to yourself.");
        }
        return secrets;
    }

    /** Writes properties that only the owner may read, all or nothing. */
    static void writePrivately(Properties properties, Path file, String comment) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(draft)) {
            properties.store(writer, comment);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Secret keptOrNew(Properties kept, String name) {
        return Secret.of((String) kept.computeIfAbsent(name, missing -> random()));
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
