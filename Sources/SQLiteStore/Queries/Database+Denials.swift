import ConfigAccess
import ConfigModel
import ConfigStore
import GRDB

extension Database {
    /// One that cannot be read is no reason to let in what it refuses.
    func allDenials() throws -> [Denial] {
        try Row.fetchAll(self, sql: "SELECT * FROM denials ORDER BY created_at, id").map { row in
            do throws(RowFault) {
                return try Denial(row)
            } catch {
                throw StoreError.invalid("A denial in the embedded store is damaged: \(error.description).")
            }
        }
    }

    /// False when `limit` others count.
    func addDenial(_ denial: Denial, limit: Int) throws -> Bool {
        let (kind, subject) = denial.subject.stored
        let others = try Int64.fetchOne(
            self,
            sql: """
                SELECT count(*) FROM denials WHERE NOT (kind = ? AND subject = ?) AND (until IS NULL OR until > ?)
                """,
            arguments: [kind, AnyText(subject), denial.createdAt.milliseconds])
        guard others ?? 0 < Int64(limit) else { return false }
        try execute(
            sql: "DELETE FROM denials WHERE (kind = ? AND subject = ?) OR until < ?",
            arguments: [kind, AnyText(subject), denial.createdAt.milliseconds - AccessRetention.milliseconds])
        try execute(
            sql: "INSERT INTO denials (\(Denial.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)", arguments: denial.arguments)
        try raiseAccess()
        return true
    }

    /// False when it does not exist.
    func removeDenial(_ id: String) throws -> Bool {
        try execute(sql: "DELETE FROM denials WHERE id = ?", arguments: [id])
        let isRemoved = changesCount > 0
        try raiseAccess()
        return isRemoved
    }
}
