public import ConfigModel

/// The versions that were published as one, as far as the caller may read them.
public struct ChangeSetVersions: Sendable, Equatable {
    /// `SIZE-HEX`, as each of the versions names it.
    public let id: String
    /// How many versions the set has.
    public let size: Int
    /// Those that the caller may read, in the order of service and environment.
    public let records: [VersionRecord]
    /// Those that the caller may read and that are not kept any more, as `service/environment@version`.
    public let pruned: [String]
    /// How many versions are left out because the caller may not read their documents.
    public let hidden: Int

    /// Puts a response together.
    package init(id: String, size: Int, records: [VersionRecord], pruned: [String] = [], hidden: Int) {
        self.id = id
        self.size = size
        self.records = records
        self.pruned = pruned
        self.hidden = hidden
    }
}

extension ChangeSetVersions {
    /// Reads a body; the hashes are recomputed, and that the versions are those of the set.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        let (size, entries) = try ResponseJSON.fields { () throws(JSONFieldError) in
            (try object.int64("changeset_size"), try object.array("records"))
        }
        id = try ResponseJSON.fields { () throws(JSONFieldError) in try object.string("changeset_id") }
        hidden = Int(clamping: try ResponseJSON.fields { () throws(JSONFieldError) in try object.int64("hidden") })
        var records: [VersionRecord] = []
        for entry in entries {
            guard case .object(let entry) = entry else { throw InvalidResponse("a record that is not an object") }
            let record = try ResponseJSON.record(entry)
            guard record.changeSet?.id == id else { throw InvalidResponse("a record of another change set") }
            records.append(record)
        }
        pruned = try ResponseJSON.fields { () throws(JSONFieldError) in try object.optionalStrings("pruned") ?? [] }
        self.size = Int(clamping: size)
        self.records = records
    }

    /// The body.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 1_024 * (records.count + 1))
        writer.object { body in
            body.member("changeset_id", id)
            body.member("changeset_size", size)
            body.array("members") { list in
                for record in records { list.element("\(record.key)@\(record.version)") }
            }
            body.array("pruned") { list in
                for member in pruned { list.element(member) }
            }
            body.member("hidden", hidden)
            body.array("records") { list in
                for record in records { record.appendJSON(to: &list) }
            }
        }
        return writer.bytes
    }
}
