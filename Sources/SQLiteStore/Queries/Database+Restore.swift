import ConfigAccess
import ConfigModel
import ConfigStore
import Foundation
import GRDB

/// The mark of a restore is the setting `restore`, which becomes `restored` at its end, and the number of the format is out of reach of
/// every program meanwhile.
extension Database {
    func restoreMark(_ name: String = "restore") throws -> RestoreMark? {
        guard let text = try setting(name) else { return nil }
        guard let mark = RestoreMark(text: text) else {
            throw StoreError.invalid("It says '\(name): \(text)', which no version of configbus wrote.")
        }
        return mark
    }

    /// False when there is anything but an epoch and rules.
    func isEmpty() throws -> Bool {
        try ["versions", "pruned", "anchors", "tokens", "token_names", "denials"].allSatisfy { table in
            try Int.fetchOne(self, sql: "SELECT 1 FROM \(table) LIMIT 1") == nil
        }
    }

    func beginRestore(_ mark: RestoreMark, after finished: RestoreMark?) throws -> Bool {
        if let found = try restoreMark() { return found == mark }
        guard try restoreMark("restored") == finished else { return false }
        let format = try Int64.fetchOne(self, sql: "PRAGMA user_version") ?? 0
        try set("restore_format", to: String(format))
        try set("restore", to: mark.text)
        try execute(sql: "PRAGMA user_version = \(StoreFormat.restoring)")
        return true
    }

    func lastVersion() throws -> VersionIdentity? {
        let row = try Row.fetchOne(
            self,
            sql: """
                SELECT service, environment, version FROM versions
                ORDER BY service DESC, environment DESC, version DESC LIMIT 1
                """)
        guard let row else { return nil }
        switch VersionIdentity.reading(row) {
        case .success(let version): return version
        case .failure(let damage): throw StoreError.damaged(damage)
        }
    }

    func restore(_ records: [VersionRecord], at now: Int64) throws {
        // A content that is not kept has no bytes, which are bound as NULL.
        let placeholders = VersionRecord.columns.split(separator: ", ").map {
            $0 == "config_data" ? "coalesce(?, x'')" : "?"
        }
        let statement = try cachedStatement(
            sql: """
                INSERT INTO versions (\(VersionRecord.columns), announced)
                VALUES (\(placeholders.joined(separator: ", ")), 1)
                """)
        for record in records { try statement.execute(arguments: record.arguments(storedAt: now)) }
    }

    func restore(_ mark: PruneMark, first: VersionRecord, at now: Int64) throws {
        let isThere = try Int.fetchOne(
            self, sql: "SELECT 1 FROM versions WHERE service = ? AND environment = ? AND version = 1",
            arguments: [mark.key.service, mark.key.environment])
        if isThere == nil { try restore([first], at: now) }
        try raise(mark)
    }

    func restore(_ anchors: [AuditAnchor]) throws {
        for anchor in anchors {
            try execute(
                sql: "INSERT OR REPLACE INTO anchors (log, count, checkpoint, owner) VALUES (?, ?, ?, ?)",
                arguments: [anchor.log, anchor.count, Data(anchor.checkpoint), anchor.owner])
        }
    }

    func restore(_ access: RestoredAccess) throws {
        for name in access.names {
            try execute(
                sql: "INSERT OR REPLACE INTO token_names (name, grants, rights) VALUES (?, ?, ?)",
                arguments: [name.name, name.binding.grantsText, name.binding.rightsText])
        }
        for token in access.tokens {
            try execute(
                sql: """
                    INSERT OR REPLACE INTO tokens (\(AccessToken.columns), revoked_at, revoked_by, last_used_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: token.arguments + [
                    token.revokedAt?.milliseconds, token.revokedBy.map { AnyText($0) }, token.lastUsedAt?.milliseconds,
                ])
        }
        for denial in access.denials {
            try execute(
                sql: "INSERT OR REPLACE INTO denials (\(Denial.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: denial.arguments)
        }
    }

    func versionCount() throws -> Int64 { try Int64.fetchOne(self, sql: "SELECT count(*) FROM versions") ?? 0 }

    func finishRestore(_ mark: RestoreMark, _ state: StoreState) throws -> Bool {
        guard try restoreMark() == mark, let format = try setting("restore_format").flatMap({ Int64($0) }) else {
            return try restoreMark("restored") == mark && storedState()?.epoch == state.epoch
        }
        try execute(sql: "DELETE FROM epoch")
        try execute(
            sql: "INSERT INTO epoch (only_one, number, identifier, statement) VALUES (1, ?, ?, ?)",
            arguments: [state.epoch.number, state.epoch.identifier, state.statement.map { Data($0.jsonBytes) }])
        try setSigning(state.signing)
        try raiseAccess(state.authentication)
        try raiseSchemaNumber()
        try execute(sql: "PRAGMA user_version = \(format)")
        try execute(sql: "UPDATE OR REPLACE settings SET name = 'restored' WHERE name = 'restore'")
        try execute(sql: "DELETE FROM settings WHERE name = 'restore_format'")
        return true
    }
}
