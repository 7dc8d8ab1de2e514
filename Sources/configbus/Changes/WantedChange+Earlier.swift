import ConfigModel
import RegistryClient

extension WantedChange {
    /// Whether this change would have made such a version of the one before it.
    func made(_ record: VersionRecord, _ comment: String, _ client: RegistryClient) async throws -> Bool {
        guard record.comment == comment else { return false }
        switch operation {
        case .delete: return record.changeType == .deleted
        case .restore(let version): return record.restoredFrom == version
        case .content, .schema:
            let content = try operation.result(on: JSONObject())
            return record.changeType != .deleted && record.restoredFrom == nil && record.content == content
        case .edit, .patch:
            guard record.version > 1, record.changeType != .deleted else { return false }
            let before = try await client.version(record.version - 1, of: key).content.object
            return (try? operation.result(on: before)) == record.content
        }
    }

    /// The version that the document had at a moment, when this change would have made none of it; nil otherwise.
    func left(at moment: Timestamp, _ client: RegistryClient) async throws -> Int64? {
        let history = try await client.history(of: key, limit: 100)
        guard let record = history.first(where: { $0.createdAt <= moment }), record.changeType != .deleted else {
            return nil
        }
        let content: Content?
        if case .restore(let version) = operation {
            content = try await client.content(ofVersion: version, of: key).content
        } else {
            content = try? operation.result(on: record.content.object)
        }
        return content == record.content ? record.version : nil
    }
}
