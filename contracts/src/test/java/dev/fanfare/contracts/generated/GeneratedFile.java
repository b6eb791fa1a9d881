package dev.fanfare.contracts.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document that is made from code and committed, so that people find it without building: a test compares the two.
 * {@value #HOW_TO_UPDATE} writes it anew.
 */
final class GeneratedFile {

    static final String HOW_TO_UPDATE = "mvn -pl contracts test -Ddocs.update=true";

    /** The tests of a module run in its folder. */
    private static final Path ROOT = Path.of("..");

    private GeneratedFile() {}

    static void check(String path, String expected) throws IOException {
        Path file = ROOT.resolve(path);
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as(
                        "%s is made from the code and no longer agrees with it; write it anew with: %s",
                        path, HOW_TO_UPDATE)
                .hasContent(expected);
    }
}
