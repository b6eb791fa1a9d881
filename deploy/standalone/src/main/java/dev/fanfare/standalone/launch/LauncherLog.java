package dev.fanfare.standalone.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.LogManager;

/** Keeps what Kafka and the libraries in this JVM log away from the console. */
public final class LauncherLog {

    private LauncherLog() {}

    public static void silent() throws IOException {
        configure(new Properties());
    }

    static void to(Path file) throws IOException {
        Properties logging = new Properties();
        logging.setProperty("handlers", "java.util.logging.FileHandler");
        logging.setProperty(".level", "INFO");
        logging.setProperty(
                "java.util.logging.FileHandler.pattern", file.toString().replace("%", "%%"));
        logging.setProperty("java.util.logging.FileHandler.formatter", "java.util.logging.SimpleFormatter");
        logging.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$-7s [%3$s] %5$s%6$s%n");
        configure(logging);
    }

    private static void configure(Properties logging) throws IOException {
        StringWriter text = new StringWriter();
        logging.store(text, null);
        try (InputStream in = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.ISO_8859_1))) {
            LogManager.getLogManager().readConfiguration(in);
        }
    }
}
