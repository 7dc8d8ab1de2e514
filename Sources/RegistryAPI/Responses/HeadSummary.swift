public import ConfigModel

/// A document's newest version without its content.
public struct HeadSummary: Sendable, Equatable {
    /// Which document.
    public let key: DocumentKey
    /// Its version.
    public let version: Int64
    /// What the version did; `deleted` for a tombstone.
    public let changeType: ChangeType
    /// The hash of the content.
    public let contentHash: String
    /// The hash of the whole record.
    public let recordHash: String
    /// The history that the version belongs to.
    public let epoch: Epoch
    /// When it was made.
    public let createdAt: Timestamp
    /// Who made it.
    public let createdBy: String
    /// Why it was made.
    public let comment: String
}

extension HeadSummary {
    /// Reads an entry of a list without contents.
    package init(json object: JSONObject) throws(JSONFieldError) {
        self.init(
            key: try object.namedKey(), version: try object.int64("version"),
            changeType: try object.parsed("change_type") { ChangeType(rawValue: $0) },
            contentHash: try object.string("content_hash"), recordHash: try object.string("record_hash"),
            epoch: try object.parsed("epoch") { Epoch(parsing: $0) },
            createdAt: try object.parsed("created_at") { Timestamp(parsing: $0) },
            createdBy: try object.string("created_by"), comment: try object.string("comment"))
    }

    /// Reads a list without contents.
    package static func list(_ body: [UInt8]) throws(InvalidResponse) -> [HeadSummary] {
        var summaries: [HeadSummary] = []
        for object in try ResponseJSON.objects(body) {
            summaries.append(try ResponseJSON.fields { () throws(JSONFieldError) in try HeadSummary(json: object) })
        }
        return summaries
    }

    /// Writes a list without contents.
    package static func jsonBytes(_ outlines: [RecordOutline]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { list in
            for outline in outlines { outline.appendJSON(to: &list) }
        }
        return writer.bytes
    }
}
