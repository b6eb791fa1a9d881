package dev.fanfare.fakes;

import java.util.List;
import java.util.Map;

/** A push provider on loopback, with one account and as many devices as are asked for. Thread-safe. */
public interface FakeProvider extends AutoCloseable {

    /** The provider's name, as devices and credentials have it. */
    String name();

    /** The account's credential, by the names of the provider's settings, the address of this fake among them. */
    Map<String, String> credential();

    /** A device is installed: the provider takes pushes for this token from now on. */
    String newToken();

    /** The device's app is gone: from now on the provider says that the token is not valid, as it says that. */
    void invalidate(String token);

    /** The last 10,000 that it took, in the order in which they came; not what it refused. */
    List<ReceivedPush> received();

    /**
     * The next requests to send are answered with this error.
     *
     * @param error a name out of the vendor's table; see the class
     */
    void fail(String error, int times);

    /** From now on requests are read and not answered, until {@code false}: those that hang are then dropped. */
    void hang(boolean hang);

    @Override
    void close();
}
