import ConfigModel

/// A version in a history, beside the content that it was made of.
struct HistoryEntry {
    let record: VersionRecord
    /// The content of the version before: empty for a first version; nil when it cannot be read any more.
    let older: JSONObject?

    /// The places that it changed. Of a first version, a revival and a deletion that would be all of them.
    var changedPaths: [JSONPointer] {
        guard record.changeType == .updated, let older, let content = try? record.content.object else { return [] }
        return ContentChange.all(from: older, to: content).map(\.path)
    }

    /// Whether what is at a place, or inside of it, is not what it was before.
    func changes(_ place: ContentPath) -> Bool {
        guard let content = try? record.content.object else { return false }
        return place.value(in: .object(older ?? JSONObject())) != place.value(in: .object(content))
    }

    /// The record, with the places that it changed.
    var json: JSONValue {
        get throws {
            guard case .object(var object) = try record.json else { return try record.json }
            object["changed_paths"] = .array(changedPaths.map { .string($0.description) })
            return .object(object)
        }
    }
}
