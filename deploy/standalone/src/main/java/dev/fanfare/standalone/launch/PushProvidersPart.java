package dev.fanfare.standalone.launch;

import dev.fanfare.fakes.FakeProvider;
import dev.fanfare.fakes.FakeProviders;
import dev.fanfare.standalone.process.Part;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.StopSignal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The push providers of this machine, in this JVM: as strict as the vendors, so that what is pushed can be seen to arrive
 * without an account anywhere. They are made anew at each start, keys and tokens included.
 */
public final class PushProvidersPart implements Part {

    private final int pagePort;
    private volatile FakeProviders providers;

    /** @param pagePort where what they took can be looked at */
    public PushProvidersPart(int pagePort) {
        this.pagePort = pagePort;
    }

    @Override
    public String name() {
        return "push providers";
    }

    @Override
    public void start(StopSignal stop) throws PartFailedException {
        try {
            providers = FakeProviders.withPageOn(pagePort);
        } catch (CompletionException e) {
            throw new PartFailedException(name(), e);
        }
    }

    /** What an app shows each of them, by their names. */
    Map<String, Map<String, String>> credentials() {
        Map<String, Map<String, String>> credentials = new TreeMap<>();
        for (FakeProvider provider : providers.all()) {
            credentials.put(provider.name(), provider.credential());
        }
        return credentials;
    }

    /** Servers in this JVM end when they are stopped. */
    @Override
    public CompletableFuture<PartFailedException> ended() {
        return new CompletableFuture<>();
    }

    @Override
    public void stop() {
        if (providers != null) {
            providers.close();
        }
    }
}
