import ConfigModel
import ConfigStore
import Foundation
import GRDB

extension Database {
    /// Nil before the first use.
    func storedState() throws -> StoreState? {
        guard let row = try Row.fetchOne(self, sql: "SELECT number, identifier, statement FROM epoch") else {
            return nil
        }
        let text =
            "\(try row.decode(Int64.self, forColumn: "number"))-\(try row.decode(String.self, forColumn: "identifier"))"
        guard let epoch = Epoch(parsing: text) else {
            throw StoreError.invalid("The epoch in the embedded store is damaged: '\(text)' is not <number>-<uuid>.")
        }
        // One that cannot be read is none: a watcher with trusted keys refuses the epoch then.
        let statement = try row.decode(Data?.self, forColumn: "statement").flatMap { EpochStatement(json: Array($0)) }
        return StoreState(
            epoch: epoch, statement: statement, signing: try signingRule(), authentication: try authenticationRule(),
            access: try accessNumber(), schemas: try schemaNumber(), isRestoring: try setting("restore") != nil)
    }

    /// Makes the first epoch.
    func makeEpoch() throws -> Epoch {
        let epoch = Epoch(number: 1, identifier: UUIDText.random())
        try execute(
            sql: "INSERT INTO epoch (only_one, number, identifier) VALUES (1, ?, ?)",
            arguments: [epoch.number, epoch.identifier])
        return epoch
    }

    /// False when another epoch is the present one.
    func replaceEpoch(_ current: Epoch, by next: Epoch, statement: EpochStatement?) throws -> Bool {
        guard let stored = try storedState()?.epoch, stored == current || stored == next else { return false }
        try execute(
            sql: "UPDATE epoch SET number = ?, identifier = ?, statement = ?",
            arguments: [next.number, next.identifier, statement.map { Data($0.jsonBytes) }])
        return true
    }

    /// Whether unsigned versions are taken.
    func signingRule() throws -> SigningRule {
        try SigningRule(stored: try setting("signing"))
    }

    func setSigning(_ rule: SigningRule) throws { try set("signing", to: rule.rawValue) }

    /// How often a schema was changed.
    func schemaNumber() throws -> Int64 {
        guard let text = try setting("schemas") else { return 0 }
        guard let number = Int64(text), number >= 0 else {
            throw StoreError.invalid("It says 'schemas: \(text)', which is no number; restore the file from a backup.")
        }
        return number
    }

    func raiseSchemaNumber() throws { try set("schemas", to: String(try schemaNumber() + 1)) }

    /// What the store says about itself under a name; nil when nothing was decided.
    func setting(_ name: String) throws -> String? {
        try String.fetchOne(self, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name])
    }

    func set(_ name: String, to value: String) throws {
        try execute(
            sql: """
                INSERT INTO settings (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
            arguments: [name, value])
    }
}
