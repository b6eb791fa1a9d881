package dev.fanfare.standalone.installation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Only one launcher at a time works on a data folder. The operating system gives the lock back when a launcher dies. */
public final class InstallationLock implements AutoCloseable {

    private final FileChannel channel;

    private InstallationLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, or nothing if another launcher has it. */
    public static Optional<InstallationLock> tryTake(DataDir data) throws IOException {
        Files.createDirectories(data.run());
        FileChannel channel = FileChannel.open(
                data.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return Optional.of(new InstallationLock(channel));
    }

    /** The process id of whoever has the lock, for a message. */
    public static String holder(DataDir data) throws IOException {
        return Files.readString(data.lock()).trim();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
