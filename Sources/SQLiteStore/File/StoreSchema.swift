import ConfigModel
import ConfigStore
import GRDB

/// The tables of the file. `user_version` is the number of its format: it counts the steps that were taken. A step is never
/// changed once it was released.
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
        """
        ALTER TABLE epoch ADD COLUMN statement BLOB;
        CREATE TABLE settings (
            name TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) STRICT;
        """,
        """
        ALTER TABLE anchors ADD COLUMN owner TEXT;
        """,
        """
        CREATE TABLE tokens (
            id TEXT PRIMARY KEY NOT NULL,
            hash BLOB NOT NULL,
            name TEXT NOT NULL,
            grants TEXT NOT NULL,
            rights TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            created_by ANY NOT NULL,
            expires_at INTEGER,
            revoked_at INTEGER,
            revoked_by ANY,
            last_used_at INTEGER,
            comment ANY NOT NULL
        ) STRICT;
        CREATE TABLE token_names (
            name TEXT PRIMARY KEY NOT NULL,
            grants TEXT NOT NULL,
            rights TEXT NOT NULL
        ) STRICT;
        CREATE TABLE denials (
            id TEXT PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL,
            subject ANY NOT NULL,
            until INTEGER,
            created_at INTEGER NOT NULL,
            created_by ANY NOT NULL,
            comment ANY NOT NULL,
            UNIQUE (kind, subject)
        ) STRICT;
        CREATE TABLE access_log (
            number INTEGER PRIMARY KEY NOT NULL,
            position TEXT NOT NULL UNIQUE,
            at INTEGER NOT NULL,
            registry TEXT NOT NULL,
            kind TEXT NOT NULL,
            identity ANY,
            token_id TEXT,
            address TEXT,
            action TEXT NOT NULL,
            subject ANY,
            status INTEGER NOT NULL,
            type TEXT NOT NULL,
            count INTEGER NOT NULL
        ) STRICT;
        """,
        """
        ALTER TABLE versions ADD COLUMN changeset_members TEXT;
        CREATE INDEX versions_changeset ON versions (changeset_id) WHERE changeset_id IS NOT NULL;
        """,
        """
        CREATE TABLE pruned (
            service TEXT NOT NULL,
            environment TEXT NOT NULL,
            through INTEGER NOT NULL CHECK (through >= 1),
            record_hash TEXT NOT NULL,
            PRIMARY KEY (service, environment)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE INDEX versions_stored ON versions (stored_at);
        """,
    ]

    /// The format that this program writes.
    static var format: Int { steps.count }

    /// What the store's statements and its compare-and-set need; as the steps made them.
    private static let indexes = [
        "versions_number": "CREATE UNIQUE INDEX versions_number ON versions (service, environment, version)",
        "versions_change": "CREATE UNIQUE INDEX versions_change ON versions (service, environment, change_id)",
        "versions_document": "CREATE INDEX versions_document ON versions (environment, service) WHERE version = 1",
        "versions_unannounced": "CREATE INDEX versions_unannounced ON versions (stored_at) WHERE announced = 0",
        "versions_changeset":
            "CREATE INDEX versions_changeset ON versions (changeset_id) WHERE changeset_id IS NOT NULL",
        "versions_stored": "CREATE INDEX versions_stored ON versions (stored_at)",
    ]

    /// Brings a new or older file up to date and makes indexes again that are missing, in one transaction.
    ///
    /// - Parameter takesRestore: true when a file with a part of a backup is opened too.
    /// - Returns: the indexes that an existing file lacked, or had with another definition.
    static func migrate(_ database: Database, path: String, takesRestore: Bool = false) throws -> [String] {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
        guard application == applicationID || (application == 0 && isEmpty) else {
            throw StoreError.invalid("The file \(path) is a SQLite database of another program.")
        }
        guard version >= 0 else {
            throw StoreError.invalid(
                "The file \(path) has the user_version \(version), which no version of configbus wrote: restore it from a backup."
            )
        }
        guard version != StoreFormat.restoring else {
            // As it was when the restore began.
            guard takesRestore else { throw StoreError.invalid(RestoreMark.refusal("The file \(path)")) }
            return []
        }
        guard version <= format else {
            throw StoreError.invalid(
                StoreFormat.refusal("The file \(path)", stored: Int64(version), known: Int64(format)) + ".")
        }
        for step in steps[version...] { try database.execute(sql: step) }
        if version < format {
            try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(format)")
        }
        // A column that is missing is named here, and not with the first read.
        _ = try database.makeStatement(sql: "SELECT \(VersionRecord.columns), announced FROM versions")
        return try restoreIndexes(of: database, path: path)
    }

    private static func restoreIndexes(of database: Database, path: String) throws -> [String] {
        let rows = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'index'")
        let existing = Dictionary(
            try rows.map { (try $0.text("name"), try $0.optionalText("sql")) }, uniquingKeysWith: { first, _ in first })
        let wrong = indexes.filter { existing[$0.key] != $0.value }
        for (name, sql) in wrong.sorted(by: { $0.key < $1.key }) {
            do {
                // An index holds nothing of its own.
                try database.execute(sql: "DROP INDEX IF EXISTS \(name); \(sql)")
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw StoreError.invalid(
                    """
                    The file \(path) lacks the index \(name), and it cannot be made again because versions are there twice: \
                    restore the file from a backup.
                    """)
            }
        }
        return wrong.keys.sorted()
    }
}
