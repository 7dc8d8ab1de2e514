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

    /// A row for each.
    static func table(_ entries: [HistoryEntry]) -> String {
        var table = TextTable(
            header: ["VERSION", "CHANGE", "WHEN", "BY", "PATHS", "COMMENT"], whole: ["VERSION", "WHEN"])
        for entry in entries {
            let record = entry.record
            table.add([
                "\(record.version)", record.changeType.rawValue + entry.notes, record.createdAt.description,
                record.createdBy, entry.paths, record.commentLine,
            ])
        }
        return table.text
    }

    /// Where the content is from, what was let pass, and with how many others it was published.
    private var notes: String {
        let notes = [
            record.restoredFrom.map { "content of \($0)" },
            record.overrides.map { "overrides \(OverrideList.words($0))" },
            record.changeSet.map { "one of \($0.members.count)" },
        ].compactMap(\.self)
        return notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
    }

    /// More paths than this are counted.
    private static let shownPaths = 3

    private var paths: String {
        let places = changedPaths.map(\.place)
        let more = places.count > Self.shownPaths ? ", \(places.count - Self.shownPaths) more" : ""
        return places.prefix(Self.shownPaths).joined(separator: ", ") + more
    }
}
