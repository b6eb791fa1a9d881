package dev.fanfare.standalone.doctor;

import dev.fanfare.contracts.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks Redis for its clock. */
public final class RedisExamination implements Examination {

    private static final String PART = "Redis";
    private static final int PATIENCE_MILLIS = 5_000;

    private final InetSocketAddress address;
    private final Optional<Secret> password;
    private final Clock clock;

    public RedisExamination(InetSocketAddress address, Optional<Secret> password, Clock clock) {
        this.address = address;
        this.password = password;
        this.clock = clock;
    }

    @Override
    public List<Finding> examine() {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            if (password.isPresent()) {
                ask(socket, "AUTH", password.get().reveal());
                expect("+OK", answers.readLine());
            }
            ask(socket, "TIME");
            // An array of two bulk strings: seconds since 1970, and microseconds.
            expect("*2", answers.readLine());
            answers.readLine();
            Instant now = Instant.ofEpochSecond(Long.parseLong(answers.readLine()));
            answers.readLine();
            now = now.plusNanos(Long.parseLong(answers.readLine()) * 1_000);
            return List.of(ClockRule.judge(PART, Duration.between(clock.instant(), now)));
        } catch (IOException e) {
            return List.of(Finding.wrong(
                    PART,
                    "cannot be asked on " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage(),
                    "Start it, or correct address and password"));
        }
    }

    private static void ask(Socket socket, String... words) throws IOException {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void expect(String wanted, String found) throws IOException {
        if (!wanted.equals(found)) {
            throw new IOException(found == null ? "it hung up" : found);
        }
    }
}
