package dev.fanfare.standalone.installation;

/** The app that every standalone installation has. Everybody knows its secrets; no other mode accepts them. */
public final class DemoApp {

    public static final String KEY = "demo-app-key";
    public static final String SECRET = "demo-app-secret";
    public static final String NAME = "Demo";
    public static final String ZIM_APP_ID = "1234567890";
    public static final String ZIM_SERVER_SECRET = "00112233445566778899aabbccddeeff";

    private DemoApp() {}
}
