package dev.fanfare.standalone.doctor;

/** Whether a schema is as the services need it. */
final class SchemaRule {

    private SchemaRule() {}

    /**
     * @param version the newest migration that succeeded
     * @param failed how many did not
     * @param newest the newest that the services have; 0 if that is not known
     */
    static Finding judge(String part, String schema, int version, int failed, int newest) {
        String found = "schema " + schema + " is at version " + version;
        if (failed > 0) {
            return Finding.wrong(
                    part,
                    found + ", and a migration failed",
                    "Correct what the service's log says of it, remove the failed row with flyway repair, start again");
        }
        if (newest > 0 && version < newest) {
            return Finding.wrong(
                    part, found + ", the services need " + newest, "Start the service that owns it: it migrates");
        }
        if (newest > 0 && version > newest) {
            return Finding.wrong(
                    part, found + ", the services here know only " + newest, "Bring the services to the newer version");
        }
        return Finding.well(part, found);
    }

    static Finding missing(String part, String schema) {
        return Finding.wrong(
                part,
                "schema " + schema + " has never been migrated",
                "Start the service that owns it: it migrates. Is this the right database?");
    }
}
