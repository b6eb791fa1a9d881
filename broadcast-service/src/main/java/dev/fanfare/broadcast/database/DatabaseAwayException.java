package dev.fanfare.broadcast.database;

/** The database did not do what it was asked, or not in time. Nothing was changed, or its answer was lost. */
public final class DatabaseAwayException extends RuntimeException {

    DatabaseAwayException(Throwable cause) {
        super("the database does not answer", cause);
    }
}
