package dev.fanfare.delivery.edge;

/**
 * In which header a proxy names the client. Only one is read: a proxy that writes one of them passes the other on as the
 * client sent it.
 */
public enum ForwardedHeader {
    X_FORWARDED_FOR("X-Forwarded-For") {
        @Override
        String addressIn(String entry) {
            return entry;
        }
    },
    /** RFC 7239. */
    FORWARDED("Forwarded") {
        @Override
        String addressIn(String entry) {
            for (String parameter : entry.split(";")) {
                String pair = parameter.strip();
                if (pair.regionMatches(true, 0, FOR, 0, FOR.length())) {
                    return pair.substring(FOR.length()).replace("\"", "");
                }
            }
            return "";
        }
    };

    private static final String FOR = "for=";

    private final String headerName;

    ForwardedHeader(String headerName) {
        this.headerName = headerName;
    }

    String headerName() {
        return headerName;
    }

    /** The address, with or without a port, in one of the header's entries. */
    abstract String addressIn(String entry);
}
