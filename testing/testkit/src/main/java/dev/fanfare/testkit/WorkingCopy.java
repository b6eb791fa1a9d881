package dev.fanfare.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this working copy, whichever module's tests are running. */
public final class WorkingCopy {

    private WorkingCopy() {}

    /** @param path from its root, of something that is there */
    public static Path of(Path path) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(path))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("the tests run outside of a working copy: there is no " + path);
            }
        }
        return root.resolve(path);
    }
}
