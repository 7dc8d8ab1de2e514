import ConfigRegistry
import GRDB

/// The tables of the file. `user_version` counts the steps that were taken; a step is never changed once it was released.
enum StoreSchema {
    /// Marks the file as one of this program: "CFGB".
    private static let applicationID = 0x4346_4742

    private static let steps = [
        """
        CREATE TABLE versions (
            service TEXT NOT NULL,
            environment TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version >= 1),
            change_type TEXT NOT NULL,
            config_data BLOB NOT NULL,
            content_hash TEXT NOT NULL,
            previous_hash TEXT,
            record_hash TEXT NOT NULL,
            epoch TEXT NOT NULL,
            change_id TEXT NOT NULL,
            correlation_id ANY,
            changeset_id ANY,
            created_at INTEGER NOT NULL,
            created_by ANY NOT NULL,
            comment ANY NOT NULL,
            restored_from INTEGER,
            overrides ANY,
            signature TEXT,
            key_id TEXT,
            announced INTEGER NOT NULL DEFAULT 0,
            stored_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX versions_number ON versions (service, environment, version);
        CREATE UNIQUE INDEX versions_change ON versions (service, environment, change_id);
        CREATE INDEX versions_document ON versions (environment, service) WHERE version = 1;
        CREATE INDEX versions_unannounced ON versions (stored_at) WHERE announced = 0;
        CREATE TABLE epoch (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            number INTEGER NOT NULL CHECK (number >= 1),
            identifier TEXT NOT NULL
        ) STRICT;
        """,
        """
        CREATE TABLE anchors (
            log TEXT PRIMARY KEY NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 1),
            checkpoint BLOB NOT NULL
        ) STRICT;
        """,
    ]

    /// Brings a new or older file up to date, in one transaction.
    static func migrate(_ database: Database, path: String) throws {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
        guard application == applicationID || (application == 0 && isEmpty) else {
            throw StoreError.invalid("The file \(path) is a SQLite database of another program.")
        }
        guard version <= steps.count else {
            throw StoreError.invalid("The file \(path) was written by a newer version of configbus: use that version.")
        }
        for step in steps[version...] { try database.execute(sql: step) }
        if version < steps.count {
            try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(steps.count)")
        }
    }
}
