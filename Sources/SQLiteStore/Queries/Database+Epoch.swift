import ConfigModel
import ConfigRegistry
import GRDB

extension Database {
    /// Nil before the first use.
    func storedEpoch() throws -> Epoch? {
        guard let row = try Row.fetchOne(self, sql: "SELECT number, identifier FROM epoch") else { return nil }
        let text =
            "\(try row.decode(Int64.self, forColumn: "number"))-\(try row.decode(String.self, forColumn: "identifier"))"
        guard let epoch = Epoch(parsing: text) else {
            throw StoreError.invalid("The epoch in the embedded store is damaged: '\(text)' is not <number>-<uuid>.")
        }
        return epoch
    }

    /// Puts a new epoch in the place of the one that is there.
    func replaceEpoch(number: Int64) throws -> Epoch {
        let epoch = Epoch(number: number, identifier: UUIDText.random())
        try execute(
            sql: "INSERT OR REPLACE INTO epoch (only_one, number, identifier) VALUES (1, ?, ?)",
            arguments: [epoch.number, epoch.identifier])
        return epoch
    }
}
