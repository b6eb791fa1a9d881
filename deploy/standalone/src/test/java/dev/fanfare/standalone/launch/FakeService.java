package dev.fanfare.standalone.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fanfare.standalone.installation.DemoApp;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stands in for a service: reads its configuration as Quarkus does, and is ready at once. */
final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        Properties config = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("config/application.properties"))) {
            config.load(reader);
        }
        if (config.containsKey("fanfare.edge.port")) {
            new ServerSocket(Integer.parseInt(config.getProperty("fanfare.edge.port")), 50, loopback());
        }
        int port = Integer.parseInt(config.getProperty("quarkus.http.port"));
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), port), 0);
        server.createContext("/q/health/ready", FakeService::answer);
        server.createContext("/admin/v1/apps/" + DemoApp.KEY + "/push/", FakeService::answer);
        server.start();
        System.out.println("the fake listens on " + port);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** A jar that runs this class from where it was compiled. */
    static void writeJar(Path jar) throws IOException {
        URL classes = FakeService.class.getProtectionDomain().getCodeSource().getLocation();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classes.toString());
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
