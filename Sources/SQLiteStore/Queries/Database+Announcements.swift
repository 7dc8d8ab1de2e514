import ConfigModel
import ConfigStore
import GRDB

extension Database {
    func unannounced(limit: Int) throws -> UnannouncedVersions {
        let rows = try cachedStatement(
            sql: """
                SELECT service, environment, version FROM versions
                WHERE announced = 0 ORDER BY stored_at, rowid LIMIT ?
                """)
        return UnannouncedVersions(try Row.fetchAll(rows, arguments: [max(0, limit)]).map(VersionIdentity.reading))
    }

    /// Doing it again changes nothing.
    func markAnnounced(_ identities: [VersionIdentity]) throws {
        let statement = try cachedStatement(
            sql: """
                UPDATE versions SET announced = 1
                WHERE service = ? AND environment = ? AND version = ? AND announced = 0
                """)
        for identity in identities {
            try statement.execute(arguments: [identity.key.service, identity.key.environment, identity.version])
        }
    }
}
