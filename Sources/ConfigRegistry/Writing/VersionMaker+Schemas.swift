import AsyncSupport
import ConfigModel
import ConfigStore

extension VersionMaker {
    /// Puts a version of a schema in force that the store has: here at once, at every other registry as soon as it reads the
    /// store's number for schemas.
    ///
    /// - Throws: `.outcomeUnknown` when the number may not have risen, so that the others read it half a minute later.
    func putInForce(_ record: VersionRecord, _ limits: WriteLimits) async throws(RegistryError) {
        guard record.key.isSchema else { return }
        schemas.table.learn(record)
        var pause = Backoff(from: .milliseconds(50), upTo: .milliseconds(500))
        while true {
            do {
                return try await schemas.noteChange()
            } catch {
                guard await limits.allow(pause.next()) else {
                    throw .outcomeUnknown("\(error)", changeID: record.changeID)
                }
            }
        }
    }
}
