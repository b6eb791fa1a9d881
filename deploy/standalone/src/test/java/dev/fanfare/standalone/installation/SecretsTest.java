package dev.fanfare.standalone.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void setUp() {
        file = dir.resolve("secrets.properties");
    }

    @Test
    void areReadableByTheOwnerOnly() throws Exception {
        // When
        Secrets.keptIn(file);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void areTheSameAfterARestart() throws Exception {
        // Given
        Secrets first = Secrets.keptIn(file);

        // When
        Secrets second = Secrets.keptIn(file);

        // Then
        assertThat(revealed(second)).isEqualTo(revealed(first));
    }

    @Test
    void areLongAndRandomAndNeverTheSameTwice() throws Exception {
        // When
        List<String> all = Stream.of(Secrets.keptIn(file), Secrets.keptIn(dir.resolve("other.properties")))
                .flatMap(secrets -> revealed(secrets).stream())
                .toList();

        // Then
        assertThat(all).hasSize(14).doesNotHaveDuplicates().allMatch(secret -> secret.matches("[0-9a-f]{64}"));
    }

    @Test
    void keepWhatIsThereAndMakeWhatIsMissing() throws Exception {
        // Given
        Files.writeString(file, Secrets.ADMIN_TOKEN + "=mine\n");

        // When
        Secrets secrets = Secrets.keptIn(file);

        // Then
        assertThat(secrets.adminToken().reveal()).isEqualTo("mine");
        assertThat(secrets.signing().reveal()).hasSize(64);
        assertThat(revealed(Secrets.keptIn(file))).isEqualTo(revealed(secrets));
    }

    @Test
    void areNotToldByToString() throws Exception {
        // Given
        Secrets secrets = Secrets.keptIn(file);

        // When
        String text = secrets.toString();

        // Then
        assertThat(text).doesNotContain(revealed(secrets));
    }

    private static List<String> revealed(Secrets secrets) {
        return Stream.of(
                        secrets.signing(),
                        secrets.tokenKey(),
                        secrets.internalKey(),
                        secrets.adminToken(),
                        secrets.producer(),
                        secrets.credentialKey(),
                        secrets.settingsKey())
                .map(Secret::reveal)
                .toList();
    }
}
