import ConfigModel
import ConfigRegistry
import GRDB

extension Database {
    func unannounced(olderThan age: Duration, at now: Int64, limit: Int) throws -> [StoredVersion] {
        let latest = age > .zero ? now - age.milliseconds : .max
        return try versions(
            where: "announced = 0 AND stored_at <= ? ORDER BY stored_at, rowid LIMIT ?", [latest, max(0, limit)])
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

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
